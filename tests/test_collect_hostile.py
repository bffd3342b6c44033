"""Hostile and damaged downloads: each is a sentence in the report, and takes nobody else's work."""

from __future__ import annotations

import os
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from test_collect import LESSON, collect, course, notebook, pack, packed, put, submitted

from groundup.lessons.course import Course

__all__ = ["course"]
GOOD = f"s09/{LESSON}"


def refused(course: Course, *files: Path) -> dict[str, str]:
    """What was refused, and why; whatever else happens, the honest student's work is taken."""
    report = collect(course, list(files))
    assert submitted(course)[f"s09/week00/{LESSON}"] == notebook("honest")
    written = {path for path in course.root.parent.rglob("*") if path.is_file() and path.read_bytes()[:6] == b"escape"}
    assert not written
    assert all(item.why.endswith(".") for item in report if item.state == "refused")
    return {item.source: item.why for item in report if item.state == "refused"}


@pytest.mark.parametrize(
    "name", ["../up.ipynb", "/abs.ipynb", "C:/x.ipynb", "C:x.ipynb", "s01\\..\\x.ipynb", "s01/../x"]
)
def test_a_name_that_leads_out_is_refused(course: Course, tmp_path: Path, name: str) -> None:
    download = pack(tmp_path / "class.zip", {GOOD: notebook("honest"), name: b"escape"})
    inner = packed({name: b"escape"}, tmp_path)
    second = pack(tmp_path / "b" / "class.zip", {"s02/in.zip": inner})
    found = refused(course, download, second)
    assert len(found) == 2 and all("leads out of its zip" in why for why in found.values())


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_a_zip_are_refused(course: Course, tmp_path: Path, kind: int) -> None:
    path = pack(tmp_path / "class.zip", {GOOD: notebook("honest")})
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo(f"s01/{LESSON}")
        info.create_system, info.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "link or a device" in refused(course, path)[f"class.zip/s01/{LESSON}"]


def test_links_in_a_folder_are_not_followed_and_fifos_not_opened(course: Course, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put(inbox / GOOD, notebook("honest"))
    secret = put(tmp_path / "secret" / LESSON, notebook("secret"))
    try:
        (inbox / "s01").symlink_to(secret.parent)
        (inbox / "s02").mkdir()
        (inbox / "s02" / LESSON).symlink_to(secret)
    except OSError:
        pytest.skip("this system lets nobody make links")
    wanted = {"inbox/s01": "is a link", f"inbox/s02/{LESSON}": "is a link"}
    if hasattr(os, "mkfifo"):
        (inbox / "s03").mkdir()
        os.mkfifo(inbox / "s03" / LESSON)
        wanted[f"inbox/s03/{LESSON}"] = "is not a plain file"
    found = refused(course, inbox)
    assert found.keys() == wanted.keys()
    assert all(wanted[source] in why for source, why in found.items())


def test_locked_members_are_refused(course: Course, tmp_path: Path) -> None:
    path = pack(tmp_path / "class.zip", {f"s01/{LESSON}": notebook(), GOOD: notebook("honest")})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "password" in refused(course, path)[f"class.zip/s01/{LESSON}"]


def test_bombs_are_refused(course: Course, tmp_path: Path) -> None:
    zeros = packed({LESSON: b"0" * 15_000_000}, tmp_path)
    noise = os.urandom(21_000_000).hex().encode()[:21_000_000]
    deep = packed({LESSON: notebook()}, tmp_path)
    for _ in range(2):
        deep = packed({"deeper.zip": deep}, tmp_path)
    files = {
        GOOD: notebook("honest"),
        "s01/zeros.zip": zeros,
        "s02/many.zip": packed({f"{n}.txt": b"" for n in range(2_100)}, tmp_path),
        "s03/crowd.zip": packed({f"{n}.txt": b"" for n in range(9_000)}, tmp_path),
        "s04/deep.zip": deep,
        f"s05/{LESSON}": noise,
    }
    found = refused(course, pack(tmp_path / "class.zip", files))
    assert "200 times" in found[f"class.zip/s01/zeros.zip/{LESSON}"]
    assert "2100 files" in found["class.zip/s02/many.zip"] and "2000 files" in found["class.zip/s03/crowd.zip"]
    assert "more than 2 deep" in found["class.zip/s04/deep.zip/deeper.zip/deeper.zip"]
    assert "20 MB is the limit" in found[f"class.zip/s05/{LESSON}"]
    assert len(found) == 5


def test_a_student_may_unpack_two_hundred_megabytes_in_all(course: Course, tmp_path: Path) -> None:
    block = b"".join(os.urandom(150) + b"0" * 19_850 for _ in range(950))  # 19 MB, packed 110 times smaller
    put(tmp_path / "inbox" / GOOD, notebook("honest"))
    pack(tmp_path / "inbox" / "s01.zip", {f"01_tiny-{n:02d}.ipynb": block for n in range(12)})
    found = refused(course, tmp_path / "inbox")
    assert "that are left to it" in found["inbox/s01.zip/01_tiny-10.ipynb"]
    assert "more than 200 MB already" in found["inbox/s01.zip/01_tiny-11.ipynb"]
    assert len(found) == 2


def test_a_name_that_is_twice_in_a_zip_is_refused(course: Course, tmp_path: Path) -> None:
    path = pack(tmp_path / "class.zip", {GOOD: notebook("honest"), f"s01/{LESSON}": notebook("a")})
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(f"s01/{LESSON}", notebook("b"))
    assert "twice" in refused(course, path)[f"class.zip/s01/{LESSON}"]


def test_odd_and_huge_names_are_read_or_refused(course: Course, tmp_path: Path) -> None:
    files = {GOOD: notebook("honest"), "s01/" + "x" * 300 + ".ipynb": b"{}", "s02/\x1b[31mred.ipynb": notebook()}
    path = pack(tmp_path / "class.zip", {**files, f"Jxrgen/{LESSON}": notebook("j")})
    path.write_bytes(path.read_bytes().replace(b"Jxrgen", b"J\xfcrgen"))  # neither cp437 nor UTF-8
    found = refused(course, path)
    assert len(found) == 2 and all("\x1b" not in source and len(source) < 130 for source in found)
    assert notebook("j") in submitted(course).values()


def test_a_name_in_utf8_that_does_not_say_so_is_read(course: Course, tmp_path: Path) -> None:
    path = pack(tmp_path / "class.zip", {GOOD: notebook("honest"), f"Jxxrgen/{LESSON}": notebook("j")})
    path.write_bytes(path.read_bytes().replace(b"Jxxrgen", "Jürgen".encode()))
    assert refused(course, path) == {}
    assert any(key.startswith("Jurgen") for key in submitted(course))


def test_damaged_zips_take_nobody_elses_work(course: Course, tmp_path: Path) -> None:
    cut = pack(tmp_path / "a" / "submissions.zip", {GOOD: notebook("x")})
    cut.write_bytes(cut.read_bytes()[:60])
    inner = packed({LESSON: notebook("a" * 500)}, tmp_path)
    files = {GOOD: notebook("honest"), "s01/cut.zip": inner[:-30], "s02/text.zip": b"no zip", "s03/empty.zip": b""}
    flipped = bytearray(inner)
    flipped[60] ^= 0xFF
    whole = pack(tmp_path / "b" / "submissions.zip", {**files, "s04/flipped.zip": bytes(flipped)})
    found = refused(course, cut, whole)
    assert len(found) == 5 and all("damaged" in why for why in found.values())


def test_an_empty_or_broken_notebook_is_taken_and_named(course: Course, tmp_path: Path) -> None:
    files = {GOOD: notebook("honest"), f"s01/{LESSON}": b"", f"s02/{LESSON}": b"[" * 100_000}
    report = collect(course, [pack(tmp_path / "class.zip", files)])
    assert [item.state for item in report] == ["taken"] * 3
    assert sum("grading will refuse it" in item.why for item in report) == 2


def test_a_link_in_the_place_of_a_submission_is_not_written_through(course: Course, tmp_path: Path) -> None:
    precious = put(tmp_path / "precious.ipynb", notebook("precious"))
    place = course.root / "grading" / "submitted" / "s01" / "week00" / LESSON
    place.parent.mkdir(parents=True)
    try:
        place.symlink_to(precious)
    except OSError:
        pytest.skip("this system lets nobody make links")
    files = {GOOD: notebook("honest"), f"s01/{LESSON}": notebook("new")}
    assert "not a plain file" in refused(course, pack(tmp_path / "class.zip", files))[f"class.zip/s01/{LESSON}"]
    assert precious.read_bytes() == notebook("precious")
