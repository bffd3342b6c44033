"""The data of the course, as plain NumPy arrays with documented shapes and dtypes.

Made:    `gates`, `moons`, `spirals`, `sine` (randomness only through the generator you pass in).
Bundled: `digits`, `digits_split`, `digits_network`, `breast_cancer` (no network needed).
Fetched: `mnist`, `cifar10`, `pneumonia` (found or downloaded once, checked, kept in a cache).
"""

from groundup.datasets.bundled import breast_cancer, digits, digits_network, digits_split
from groundup.datasets.fetched import CIFAR10_CLASSES, PNEUMONIA_CLASSES, cifar10, mnist, pneumonia
from groundup.datasets.locate import DataError, data_folder
from groundup.datasets.made import gates, moons, sine, spirals

__all__ = [
    "CIFAR10_CLASSES",
    "PNEUMONIA_CLASSES",
    "DataError",
    "breast_cancer",
    "cifar10",
    "data_folder",
    "digits",
    "digits_network",
    "digits_split",
    "gates",
    "mnist",
    "moons",
    "pneumonia",
    "sine",
    "spirals",
]
