"""The real MNIST, CIFAR-10 and PneumoniaMNIST, through the public loaders, with no network.

The files are looked for in the folder of the environment variable GROUNDUP_DATA, then in ../shared/data
beside the checkout, and are only read there: what a test damages is a copy.
"""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pooch
import pytest

from groundup import datasets
from groundup.datasets.catalog import CATALOG

FOLDER = Path(os.environ.get("GROUNDUP_DATA") or Path(__file__).parents[2] / "shared" / "data").resolve()
WANTED = [file.place for key, file in CATALOG.items() if key != "cifar10"]
SMALLEST = CATALOG["mnist test labels"].place
PNEUMONIA = CATALOG["pneumonia"].place
SUBSET = CATALOG["cifar10 subset"].place
LOADERS = {SMALLEST: datasets.mnist, PNEUMONIA: datasets.pneumonia, SUBSET: datasets.cifar10}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch, unused_address):
    """An empty cache, no GROUNDUP_DATA, and no address that answers."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(pooch, "os_cache", lambda name: folder)
    monkeypatch.delenv("GROUNDUP_DATA", raising=False)
    monkeypatch.setattr("groundup.datasets.locate.PAUSE_SECONDS", 0.0)
    for key, file in list(CATALOG.items()):
        monkeypatch.setitem(CATALOG, key, replace(file, urls=(unused_address,) if file.urls else ()))
    return folder


@pytest.fixture
def unused_address(monkeypatch):
    """An address on this machine where nothing listens: asking it fails at once."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return "http://127.0.0.1:9/nothing"


@pytest.fixture(scope="module")
def real_data():
    """The folder with the real files; never written to."""
    if not all((FOLDER / place).is_file() for place in WANTED):
        pytest.skip("no real data here: set GROUNDUP_DATA to a folder with the files of groundup.datasets.catalog")
    return FOLDER


@pytest.fixture
def given(real_data, tmp_path, monkeypatch):
    """An empty folder of this test's own, named by GROUNDUP_DATA."""
    folder = tmp_path / "given"
    folder.mkdir()
    monkeypatch.setenv("GROUNDUP_DATA", str(folder))
    return folder


def bring(place, folder, change=bytes):
    """Copy a real file to the same place in `folder`, changed on the way; return where it lies."""
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(change((FOLDER / place).read_bytes()))
    return target


def bring_mnist(folder):
    for place in WANTED:
        if place.startswith("MNIST"):
            bring(place, folder)


def truncated(content):
    return content[:-100]


def bit_flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def emptied(content):
    return b""


def test_mnist_has_its_shapes_and_known_labels(real_data, monkeypatch):
    monkeypatch.setenv("GROUNDUP_DATA", str(real_data))
    X_train, y_train, X_test, y_test = datasets.mnist()
    assert (X_train.shape, X_test.shape) == ((60_000, 28, 28), (10_000, 28, 28))
    assert (y_train.shape, y_test.shape) == ((60_000,), (10_000,))
    assert {X_train.dtype, X_test.dtype} == {np.dtype(np.uint8)}
    assert {y_train.dtype, y_test.dtype} == {np.dtype(np.int64)}
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9] and y_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert np.bincount(y_train).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert X_train.mean() / 255 == pytest.approx(0.1307, abs=1e-4)
    assert X_train.flags.writeable and y_train.flags.writeable


def test_pneumonia_has_its_shapes_and_known_labels(real_data, monkeypatch):
    monkeypatch.setenv("GROUNDUP_DATA", str(real_data))
    parts = datasets.pneumonia()
    assert [part.shape for part in parts[::2]] == [(4708, 28, 28), (524, 28, 28), (624, 28, 28)]
    assert [part.dtype for part in parts] == [np.uint8, np.int64] * 3
    assert [np.bincount(y).tolist() for y in parts[1::2]] == [[1214, 3494], [135, 389], [234, 390]]
    assert datasets.PNEUMONIA_CLASSES[1] == "pneumonia"


def test_the_cifar10_part_says_aloud_that_it_is_a_part(given, capsys):
    bring(SUBSET, given)
    X_train, y_train, X_test, y_test = datasets.cifar10()
    said = capsys.readouterr().out
    assert "10,000 of 50,000 training images" in said and "1,000 of 10,000 test images" in said
    assert (X_train.shape, X_test.shape) == ((10_000, 32, 32, 3), (1_000, 32, 32, 3))
    assert [part.dtype for part in (X_train, y_train, X_test, y_test)] == [np.uint8, np.int64] * 2
    assert [datasets.CIFAR10_CLASSES[k] for k in y_train[:3]] == ["frog", "truck", "truck"]
    assert [datasets.CIFAR10_CLASSES[k] for k in y_test[:3]] == ["cat", "ship", "ship"]


def test_a_set_in_the_given_folder_is_used_in_silence(given, cache, capsys):
    bring(PNEUMONIA, given)
    datasets.pneumonia()
    assert capsys.readouterr().out == "" and not cache.exists()


def test_a_set_in_the_cache_is_used_without_a_given_folder(real_data, cache, capsys):
    bring(PNEUMONIA, cache)
    assert datasets.pneumonia()[0].shape == (4708, 28, 28)
    assert capsys.readouterr().out == ""


def test_the_given_folder_comes_before_the_cache(given, cache, capsys):
    bring(PNEUMONIA, given)
    bring(PNEUMONIA, cache, bit_flipped)
    datasets.pneumonia()
    assert "damaged" not in capsys.readouterr().out


def test_the_cifar10_part_is_not_used_from_the_cache(real_data, cache):
    bring(SUBSET, cache)
    with pytest.raises(datasets.DataError, match=r"cifar-10-python\.tar\.gz \(170,498,071 bytes\)"):
        datasets.cifar10()


@pytest.mark.parametrize("change", [truncated, bit_flipped, emptied])
@pytest.mark.parametrize("place", LOADERS)
def test_a_damaged_file_is_refused_by_name(given, place, change, capsys):
    if place == SMALLEST:
        bring_mnist(given)
    damaged = bring(place, given, change)
    with pytest.raises(datasets.DataError) as refusal:
        LOADERS[place]()
    wanted = next(file for file in CATALOG.values() if file.place == place)
    assert f"Not used: {damaged} is damaged" in capsys.readouterr().out
    for named in (f"{damaged} is damaged", f"{damaged.stat().st_size:,} bytes found", f"{wanted.size:,} wanted"):
        assert named in str(refusal.value)
    sums = re.findall(r"\b[0-9a-f]{64}\b", str(refusal.value))
    assert sums[1] == wanted.sha256 != sums[0]


def test_a_folder_in_the_place_of_a_file_is_refused_by_name(given):
    (given / PNEUMONIA).mkdir()
    with pytest.raises(datasets.DataError, match="is a folder, where a file of"):
        datasets.pneumonia()


def test_a_link_to_nowhere_is_refused_by_name(given):
    try:
        (given / PNEUMONIA).symlink_to(given / "gone")
    except OSError:
        pytest.skip("this machine does not let us make links")
    with pytest.raises(datasets.DataError, match=f"{re.escape(PNEUMONIA)} cannot be read"):
        datasets.pneumonia()


def test_a_good_copy_in_the_cache_stands_in_for_a_damaged_given_one(given, cache, capsys):
    damaged = bring(PNEUMONIA, given, bit_flipped)
    bring(PNEUMONIA, cache)
    assert datasets.pneumonia()[0].shape == (4708, 28, 28)
    assert str(damaged) in capsys.readouterr().out


def test_a_damaged_full_cifar10_is_named_and_the_part_is_used(given, capsys):
    damaged = given / "cifar-10-python.tar.gz"
    damaged.write_bytes(b"half of it")
    bring(SUBSET, given)
    assert len(datasets.cifar10()[0]) == 10_000
    said = capsys.readouterr().out
    assert str(damaged) in said and "10,000 of 50,000" in said


def test_nothing_to_find_says_where_it_looked_and_how_to_bring_it(cache, unused_address):
    with pytest.raises(datasets.DataError) as refusal:
        datasets.mnist()
    message = str(refusal.value)
    place = Path("MNIST", "raw", "train-images-idx3-ubyte.gz")
    for named in ("9,912,422 bytes", str(cache / place), unused_address, "GROUNDUP_DATA", "no connection"):
        assert named in message
    assert refusal.value.__cause__ is None and refusal.value.__context__ is None
    assert len(message.splitlines()) < 20


def test_a_given_folder_that_does_not_exist_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path / "typo"))
    for ask in (datasets.mnist, datasets.data_folder):
        with pytest.raises(datasets.DataError, match=r"GROUNDUP_DATA.*typo.*does not exist"):
            ask()


def test_a_given_folder_that_is_a_file_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path / "file"))
    with pytest.raises(datasets.DataError, match="is not a folder"):
        datasets.pneumonia()


def test_data_folder_is_the_given_folder_and_else_the_cache(monkeypatch, tmp_path, cache):
    assert datasets.data_folder() == cache
    monkeypatch.setenv("GROUNDUP_DATA", "")
    assert datasets.data_folder() == cache
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path))
    assert datasets.data_folder() == tmp_path


def test_loading_writes_nothing_into_the_given_folder(given):
    shutil.copy(FOLDER / PNEUMONIA, given / PNEUMONIA)
    datasets.pneumonia()
    assert [path.name for path in given.iterdir()] == [PNEUMONIA]
