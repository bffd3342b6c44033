"""MNIST, CIFAR-10 and PneumoniaMNIST as NumPy arrays: found or downloaded once, checked, cached.

In: the bytes that `locate.obtain` has verified. Out: uint8 images, int64 labels, in the official order.
Each format (IDX, the CIFAR pickles, npz) is read here and nowhere else.
"""

import gzip
import io
import math
import pickle
import struct
import tarfile
import zipfile
import zlib

import numpy as np
from numpy.typing import NDArray

from groundup.datasets.catalog import CATALOG, DataFile
from groundup.datasets.locate import DataError, obtain

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]

CIFAR10_CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
PNEUMONIA_CLASSES = ("normal", "pneumonia")

CIFAR10_TRAIN = tuple(f"cifar-10-batches-py/data_batch_{number}" for number in range(1, 6))
CIFAR10_TEST = ("cifar-10-batches-py/test_batch",)
CIFAR10_BATCH = 10_000

# What a file must hold once it is unpacked.
MNIST_SHAPES: dict[str, tuple[int, ...]] = {
    "mnist train images": (60_000, 28, 28),
    "mnist train labels": (60_000,),
    "mnist test images": (10_000, 28, 28),
    "mnist test labels": (10_000,),
}
PNEUMONIA_SIZES = {"train": 4_708, "val": 524, "test": 624}
SUBSET_SIZES = {"train": 10_000, "test": 1_000}


def mnist() -> tuple[Images, Labels, Images, Labels]:
    """Return MNIST: handwritten digits, 28 x 28 pixels, 0 is paper and 255 full ink.

    Returns `X_train (60000, 28, 28)` uint8, `y_train (60000,)` int64, `X_test (10000, 28, 28)` uint8,
    `y_test (10000,)` int64. Raises DataError when there is no usable copy and none can be downloaded.
    Source: LeCun, Bottou, Bengio, Haffner, Proc. IEEE 86(11), 1998.
    """
    X_train, y_train, X_test, y_test = [mnist_part(key, shape) for key, shape in MNIST_SHAPES.items()]
    return X_train, y_train.astype(np.int64), X_test, y_test.astype(np.int64)


def cifar10() -> tuple[Images, Labels, Images, Labels]:
    """Return CIFAR-10: color pictures of ten kinds of things, 32 x 32 pixels, red, green, blue last.

    Returns `X_train (50000, 32, 32, 3)` uint8, `y_train (50000,)` int64, `X_test (10000, 32, 32, 3)` uint8,
    `y_test (10000,)` int64; label `k` means `CIFAR10_CLASSES[k]`.

    When GROUNDUP_DATA holds no full set but holds `cifar10-subset.npz`, that part is used, and a line on
    stdout says so: 10,000 training images and 1,000 test images.
    Raises DataError when there is no usable copy and none can be downloaded.
    Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
    """
    full, subset = CATALOG["cifar10"], CATALOG["cifar10 subset"]
    found, content = obtain(full, subset)
    if found is full:
        return read_cifar10_archive(content, full)
    print(
        f"CIFAR-10: this is a part, from {subset.name}: 10,000 of 50,000 training images and "
        "1,000 of 10,000 test images.\nExpect lower scores than with the full set."
    )
    X_train, X_test = (read_npz(content, subset, f"x_{part}", (size, 32, 32, 3)) for part, size in SUBSET_SIZES.items())
    y_train, y_test = (
        read_npz(content, subset, f"y_{part}", (size,)).astype(np.int64) for part, size in SUBSET_SIZES.items()
    )
    return X_train, y_train, X_test, y_test


def pneumonia() -> tuple[Images, Labels, Images, Labels, Images, Labels]:
    """Return PneumoniaMNIST: chest X-rays of children, 28 x 28 pixels; a teaching set, not for clinical use.

    Returns `X_train (4708, 28, 28)`, `y_train (4708,)`, `X_val (524, 28, 28)`, `y_val (524,)`,
    `X_test (624, 28, 28)`, `y_test (624,)`; images uint8, labels int64, label `k` means
    `PNEUMONIA_CLASSES[k]`. The classes are unbalanced: 62.5 % of the test part is pneumonia.
    Raises DataError when there is no usable copy and none can be downloaded.
    Source: MedMNIST v2; Yang et al., Scientific Data, 2023.
    """
    file, content = obtain(CATALOG["pneumonia"])
    X_train, X_val, X_test = (
        read_npz(content, file, f"{part}_images", (size, 28, 28)) for part, size in PNEUMONIA_SIZES.items()
    )
    y_train, y_val, y_test = (
        read_npz(content, file, f"{part}_labels", (size, 1)).reshape(size).astype(np.int64)
        for part, size in PNEUMONIA_SIZES.items()
    )
    return X_train, y_train, X_val, y_val, X_test, y_test


def mnist_part(key: str, shape: tuple[int, ...]) -> Images:
    """Return one of MNIST's four arrays, uint8 in the given shape."""
    file, content = obtain(CATALOG[key])
    try:
        return read_idx(content, shape)
    except (OSError, EOFError, struct.error, ValueError, zlib.error) as error:
        raise DataError(f"{file.name} cannot be read as IDX: {error}.") from None


def read_idx(packed: bytes, shape: tuple[int, ...]) -> Images:
    """Unpack a gzipped IDX file of unsigned bytes into an array of the given shape.

    The format: two zero bytes, a byte for the type (0x08: unsigned byte), a byte for the number of
    dimensions, each dimension as four bytes, big end first, then the values. Raises ValueError when the
    header says anything but `shape`, or the number of values differs from it.
    """
    raw = gzip.decompress(packed)
    zeros, kind, ndim = struct.unpack_from(">HBB", raw)
    if (zeros, kind) != (0, 0x08):
        raise ValueError(f"it starts with {raw[:4].hex()}, which is not IDX of unsigned bytes")
    dimensions = struct.unpack_from(f">{ndim}I", raw, 4)
    values = np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * ndim)
    if dimensions != shape or values.size != math.prod(shape):
        raise ValueError(f"it holds {values.size:,} values in shape {dimensions}, wanted {shape}")
    return values.reshape(shape).copy()


def read_npz(content: bytes, file: DataFile, key: str, shape: tuple[int, ...]) -> Images:
    """Return one uint8 array of an npz, never unpickling; DataError when it is not there in that shape."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as saved:
            array = np.asarray(saved[key])
    except (KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise DataError(f"{file.name} cannot be read: {error}.") from None
    if array.shape != shape or array.dtype != np.uint8:
        raise DataError(f"{file.name} holds {key} as {array.dtype} {array.shape}, wanted uint8 {shape}.")
    return array


def read_cifar10_archive(content: bytes, file: DataFile) -> tuple[Images, Labels, Images, Labels]:
    """Read the six batches straight from the official archive, in its own order, unpacking nothing to disk."""
    batches: dict[str, tuple[Images, Labels]] = {}
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive:
            if member.name in CIFAR10_TRAIN + CIFAR10_TEST and (stream := archive.extractfile(member)):
                # Unpickling runs code that the file chooses. It is done only here, and only because
                # `obtain` has compared the whole archive with the SHA-256 sum of the official one.
                batch = pickle.load(stream, encoding="bytes")
                planes = batch[b"data"].reshape(CIFAR10_BATCH, 3, 32, 32)
                batches[member.name] = planes, np.array(batch[b"labels"], dtype=np.int64)
    missing = [name for name in CIFAR10_TRAIN + CIFAR10_TEST if name not in batches]
    if missing:
        raise DataError(f"{file.name} does not hold {', '.join(missing)}.")
    return *join_batches(batches, CIFAR10_TRAIN), *join_batches(batches, CIFAR10_TEST)


def join_batches(batches: dict[str, tuple[Images, Labels]], names: tuple[str, ...]) -> tuple[Images, Labels]:
    """Put the named batches one after another: images `(n, 32, 32, 3)` uint8, labels `(n,)` int64."""
    X = np.empty((len(names) * CIFAR10_BATCH, 32, 32, 3), dtype=np.uint8)
    for index, name in enumerate(names):
        X[index * CIFAR10_BATCH : (index + 1) * CIFAR10_BATCH] = batches[name][0].transpose(0, 2, 3, 1)
    return X, np.concatenate([batches[name][1] for name in names])
