"""Downloads, against a small server on this machine that serves stand-ins of the right shape.

The stand-ins are made here, and the catalog's entries are replaced by their sizes and sums, so these tests
need neither the network nor the real data.
"""

import gzip
import hashlib
import io
import pickle
import struct
import tarfile
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest

from groundup import datasets
from groundup.datasets.catalog import CATALOG

NOWHERE = "http://127.0.0.1:9/nothing"
PLACE = CATALOG["pneumonia"].place


class Server:
    """Serves `pages`, a table from path to (bytes, length to announce), and notes what was asked for."""

    def __init__(self):
        self.pages, self.asked = {}, []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                if self.path not in server.pages:
                    return self.send_error(404)
                content, length = server.pages[self.path]
                self.send_response(200)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def serve(self, path, content, length=None):
        """Offer `content` and return its address; another `length` than its own breaks the transfer off."""
        self.pages[path] = content, len(content) if length is None else length
        return f"http://127.0.0.1:{self.http.server_port}{path}"


@pytest.fixture
def server():
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache and no GROUNDUP_DATA."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(pooch, "os_cache", lambda name: folder)
    monkeypatch.delenv("GROUNDUP_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("groundup.datasets.locate.PAUSE_SECONDS", 0.0)
    return folder


@pytest.fixture
def expect(monkeypatch):
    """A way to tell the catalog which bytes a file must be and where they are offered."""

    def change(key, content, *urls):
        sha256 = hashlib.sha256(content).hexdigest()
        entry = replace(CATALOG[key], size=len(content), sha256=sha256, urls=urls)
        monkeypatch.setitem(CATALOG, key, entry)

    return change


@pytest.fixture(scope="module")
def xrays():
    """The bytes of an npz with the arrays of PneumoniaMNIST, all zeros but the labels."""
    arrays = {}
    for part, size in (("train", 4708), ("val", 524), ("test", 624)):
        arrays[f"{part}_images"] = np.zeros((size, 28, 28), dtype=np.uint8)
        arrays[f"{part}_labels"] = np.ones((size, 1), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


@pytest.fixture(scope="module")
def pictures():
    """The bytes of an archive with the six CIFAR-10 batches in the official layout, and their content.

    Each picture has one color: red is the batch's number, green the place in the batch modulo 256, blue 0.
    """
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
        for number, name in enumerate(["test_batch", *(f"data_batch_{k}" for k in (5, 4, 3, 2, 1))]):
            data = np.zeros((10_000, 3, 1024), dtype=np.uint8)
            data[:, 0] = 6 - number
            data[:, 1] = (np.arange(10_000) % 256)[:, None]
            batch = {b"data": data.reshape(10_000, 3072), b"labels": [6 - number] * 10_000}
            content = pickle.dumps(batch, protocol=2)
            member = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def idx(array, kind=0x08):
    head = struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape)
    return gzip.compress(head + array.tobytes(), compresslevel=1)


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_download_is_kept_and_not_asked_for_again(server, expect, cache, xrays):
    expect("pneumonia", xrays, server.serve("/xrays", xrays))
    first, second = datasets.pneumonia(), datasets.pneumonia()
    assert server.asked == ["/xrays"]
    assert (cache / PLACE).read_bytes() == xrays and names(cache) == [PLACE]
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_download_says_what_it_fetches_and_where_it_keeps_it(server, expect, cache, xrays, capsys):
    url = server.serve("/xrays", xrays)
    expect("pneumonia", xrays, url)
    datasets.pneumonia()
    said = capsys.readouterr().out
    assert f"{PLACE}:   0%" in said
    assert f"Fetched {PLACE} ({len(xrays):,} bytes) from {url}" in said and str(cache) in said


def test_the_second_mirror_is_used_when_the_first_is_dead(server, expect, xrays, capsys):
    expect("pneumonia", xrays, NOWHERE, server.serve("/xrays", xrays))
    assert len(datasets.pneumonia()[0]) == 4708
    assert f"{NOWHERE}: no connection" in capsys.readouterr().out


def test_the_second_mirror_is_used_when_the_first_has_no_such_file(server, expect, xrays):
    good = server.serve("/xrays", xrays)
    expect("pneumonia", xrays, good + "-moved", good)
    datasets.pneumonia()
    assert server.asked == ["/xrays-moved", "/xrays"]


def test_a_mirror_that_fails_once_is_asked_again(server, expect, xrays, monkeypatch):
    url = server.serve("/xrays", xrays)
    expect("pneumonia", xrays, url)
    page = server.pages.pop("/xrays")
    monkeypatch.setattr("groundup.datasets.locate.time.sleep", lambda _: server.pages.update({"/xrays": page}))
    datasets.pneumonia()
    assert server.asked == ["/xrays", "/xrays"]


def test_damaged_bytes_from_a_server_are_refused_by_name(server, expect, cache, xrays):
    url = server.serve("/xrays", xrays[:-1] + bytes([xrays[-1] ^ 1]))
    expect("pneumonia", xrays, url)
    with pytest.raises(datasets.DataError) as refusal:
        datasets.pneumonia()
    assert f"{url}: what came is damaged" in str(refusal.value)
    assert hashlib.sha256(xrays).hexdigest() in str(refusal.value)
    assert names(cache) == []


def test_a_broken_transfer_leaves_nothing_behind(server, expect, cache, xrays):
    expect("pneumonia", xrays, server.serve("/xrays", xrays[:500], length=len(xrays)))
    with pytest.raises(datasets.DataError, match="the transfer broke off"):
        datasets.pneumonia()
    assert names(cache) == []


def test_an_interrupted_download_leaves_nothing_behind(server, expect, cache, xrays, monkeypatch):
    expect("pneumonia", xrays, server.serve("/xrays", xrays))

    def interrupt(self, url, output_file, pooch, check_only=False):
        Path(output_file).write_bytes(xrays[:100])
        raise KeyboardInterrupt

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", interrupt)
    with pytest.raises(KeyboardInterrupt):
        datasets.pneumonia()
    assert names(cache) == []


def test_a_damaged_file_in_the_cache_is_named_and_fetched_again(server, expect, cache, xrays, capsys):
    cache.mkdir()
    (cache / PLACE).write_bytes(xrays[:-1])
    expect("pneumonia", xrays, server.serve("/xrays", xrays))
    datasets.pneumonia()
    assert f"{cache / PLACE} is damaged" in capsys.readouterr().out
    assert (cache / PLACE).read_bytes() == xrays


def test_a_folder_in_the_place_of_a_cached_file_is_moved_aside(server, expect, cache, xrays):
    (cache / PLACE / "kept").mkdir(parents=True)
    expect("pneumonia", xrays, server.serve("/xrays", xrays))
    datasets.pneumonia()
    assert (cache / PLACE).read_bytes() == xrays and (cache / f"{PLACE}.damaged" / "kept").is_dir()


def test_a_damaged_given_file_is_left_alone_and_a_good_one_downloaded(
    server, expect, cache, xrays, tmp_path, monkeypatch
):
    (tmp_path / PLACE).write_bytes(b"")
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path))
    expect("pneumonia", xrays, server.serve("/xrays", xrays))
    datasets.pneumonia()
    assert (tmp_path / PLACE).read_bytes() == b"" and (cache / PLACE).read_bytes() == xrays


def test_a_cache_that_cannot_be_made_is_named(server, expect, cache, xrays):
    cache.write_text("a file where the folder should be")
    expect("pneumonia", xrays, server.serve("/xrays", xrays))
    with pytest.raises(datasets.DataError, match=r"exists.*cache"):
        datasets.pneumonia()


def test_mnist_comes_together_from_four_files(server, expect):
    shapes = {"train images": (60_000, 28, 28), "train labels": (60_000,)}
    shapes |= {"test images": (10_000, 28, 28), "test labels": (10_000,)}
    for value, (part, shape) in enumerate(shapes.items()):
        content = idx(np.full(shape, value, dtype=np.uint8))
        expect(f"mnist {part}", content, server.serve(f"/{value}", content))
    parts = datasets.mnist()
    assert [part.shape for part in parts] == list(shapes.values())
    assert [int(part.max()) for part in parts] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (idx(np.zeros((9, 28, 28), dtype=np.uint8)), "wanted \\(60000, 28, 28\\)"),
        (idx(np.zeros((60_000, 28, 28), dtype=np.uint8), kind=0x0D), "not IDX of unsigned bytes"),
        (gzip.compress(b"\0"), "cannot be read as IDX"),
        (b"not gzip at all", "cannot be read as IDX"),
    ],
    ids=["other shape", "other type", "too short", "not gzip"],
)
def test_a_file_that_is_not_the_idx_wanted_is_named(server, expect, content, named):
    expect("mnist train images", content, server.serve("/images", content))
    with pytest.raises(datasets.DataError, match=f"train-images-idx3-ubyte.gz.*{named}"):
        datasets.mnist()


def test_the_full_cifar10_is_read_in_official_order(server, expect, pictures, cache, capsys):
    expect("cifar10", pictures, server.serve("/pictures", pictures))
    X_train, y_train, X_test, y_test = datasets.cifar10()
    assert (X_train.shape, X_train.dtype) == ((50_000, 32, 32, 3), np.uint8)
    assert (X_test.shape, y_test.dtype) == ((10_000, 32, 32, 3), np.int64)
    assert y_train[::10_000].tolist() == [1, 2, 3, 4, 5] and y_test[0] == 6
    assert X_train[20_007, 31, 0].tolist() == [3, 7, 0] and X_test[300, 0, 31].tolist() == [6, 44, 0]
    assert "of 50,000" not in capsys.readouterr().out
    assert names(cache) == ["cifar-10-python.tar.gz"]


def test_a_pickle_in_an_npz_is_never_opened(server, expect):
    stream = io.BytesIO()
    np.savez(stream, train_images=np.array([print], dtype=object))
    expect("pneumonia", stream.getvalue(), server.serve("/pickle", stream.getvalue()))
    with pytest.raises(datasets.DataError, match=r"pneumoniamnist\.npz cannot be read"):
        datasets.pneumonia()
