"""`groundup collect`, from what a platform hands out to grading/submitted: who, which lesson, which version."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from conftest import write_tiny_course
from nbgrader.utils import parse_utc

from groundup.grading.reading.collect import Taken, collect
from groundup.lessons.course import Course, CourseError

LESSON = "01_tiny.ipynb"
NOON = (2026, 11, 25, 12, 0, 0)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return write_tiny_course(tmp_path / "course")


def notebook(text: str = "1 + 1", first: str = "# Mine") -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": first}, {"cell_type": "code", "source": text}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def pack(path: Path, files: dict[str, bytes], when: tuple[int, int, int, int, int, int] = NOON) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, when)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def packed(files: dict[str, bytes], folder: Path) -> bytes:
    return pack(folder / "made" / "inner.zip", files).read_bytes()


def put(path: Path, data: bytes, when: tuple[int, int, int, int, int, int] = NOON) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = datetime(*when).timestamp()
    os.utime(path, (seconds, seconds))
    return path


def states(report: list[Taken]) -> dict[str, str]:
    return {item.source: item.state for item in report}


def submitted(course: Course) -> dict[str, bytes]:
    """All notebooks in grading/submitted, by STUDENT/WEEK/LESSON."""
    folder = course.root / "grading" / "submitted"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.ipynb"))}


def whole(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_moodle_download_gives_every_student_their_notebook(course: Course, tmp_path: Path) -> None:
    inner = packed({"work/01_tiny (1).ipynb": notebook("cy")}, tmp_path)
    download = pack(
        tmp_path / "CS101-Week 0-4711.zip",
        {
            "Ann Lee_101_assignsubmission_file_/01_tiny.ipynb": notebook("ann"),
            "Bob Ray_102_assignsubmission_file_01_tiny.ipynb": notebook("bob"),
            "Cy Orr_103_assignsubmission_file_/mine.zip": inner,
        },
    )
    report = collect(course, [download])
    assert {item.state for item in report} == {"taken"}
    assert submitted(course) == {
        f"Ann-Lee/week00/{LESSON}": notebook("ann"),
        f"Bob-Ray/week00/{LESSON}": notebook("bob"),
        f"Cy-Orr/week00/{LESSON}": notebook("cy"),
    }
    assert any("'Ann Lee_101' is called Ann-Lee here" in item.why for item in report)


def test_of_a_canvas_download_the_newest_version_counts(course: Course, tmp_path: Path) -> None:
    files = {
        "leeann_LATE_12_902_01_tiny-2.ipynb": notebook("last"),
        "leeann_12_900_01_tiny.ipynb": notebook("first"),
        "leeann_12_901_01_tiny-1.ipynb": notebook("second"),
        "raybob_13_903_01_tiny.ipynb": notebook("bob"),
    }
    report = collect(course, [pack(tmp_path / "submissions.zip", files)])
    assert submitted(course) == {
        f"leeann_12/week00/{LESSON}": notebook("last"),
        f"raybob_13/week00/{LESSON}": notebook("bob"),
    }
    assert [item.state for item in report].count("older") == 2
    assert all("leeann_LATE_12_902" in item.why for item in report if item.state == "older")


def test_plain_folders_zips_and_notebooks_name_their_student(course: Course, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put(inbox / "s01" / "week00" / LESSON, notebook("1"))
    put(inbox / "s02" / LESSON, notebook("2"))
    pack(inbox / "s03.zip", {f"week00/{LESSON}": notebook("3")})
    pack(inbox / "s04" / "anything.zip", {LESSON: notebook("4")})
    alone = put(tmp_path / "mail" / "s05" / LESSON, notebook("5"))
    pack(tmp_path / "class.zip", {f"s06/week00/{LESSON}": notebook("6"), f"s07/{LESSON}": notebook("7")})
    mine = put(tmp_path / "s08" / "week00" / LESSON, notebook("8")).parents[1]
    report = collect(course, [inbox, alone, tmp_path / "class.zip", mine])
    assert {item.state for item in report} == {"taken"}
    assert submitted(course) == {f"s0{n}/week00/{LESSON}": notebook(str(n)) for n in range(1, 9)}


def test_a_students_own_zip_never_names_another_student(course: Course, tmp_path: Path) -> None:
    pack(tmp_path / "s01.zip", {f"s05/{LESSON}": notebook("mine")})
    put(tmp_path / "inbox" / "s02" / "Ann_9_assignsubmission_file_" / LESSON, notebook("forged"))
    evil = packed({f"Ann_9_assignsubmission_file_/{LESSON}": notebook("forged")}, tmp_path)
    pack(tmp_path / "submissions.zip", {"Eve_1_assignsubmission_file_/x.zip": evil})
    forged = {f"Ann_{n}_assignsubmission_file_/{LESSON}": notebook("forged") for n in (1, 2)}
    doubtful = pack(tmp_path / "s04.zip", forged)
    report = collect(course, [tmp_path / "s01.zip", tmp_path / "inbox", tmp_path / "submissions.zip", doubtful])
    assert list(submitted(course)) == [f"Eve/week00/{LESSON}", f"s01/week00/{LESSON}"]
    assert "Rename a download to submissions.zip" in next(item.why for item in report if "s04" in item.source)


def test_a_renamed_notebook_is_known_by_its_first_cell_and_others_are_named(course: Course, tmp_path: Path) -> None:
    first = "<!-- Made from solutions/week00/01_tiny.py by `groundup build`. -->"
    files = {"s01/final.ipynb": notebook("a", first), "s01/other.ipynb": notebook(), "s01/report.pdf": b"%PDF"}
    report = collect(course, [pack(tmp_path / "class.zip", files)])
    assert list(submitted(course)) == [f"s01/week00/{LESSON}"]
    found = states(report)
    assert found["class.zip/s01/other.ipynb"] == found["class.zip/s01/report.pdf"] == "refused"
    assert any("There are: week00/01_tiny" in item.why for item in report)


def test_people_whose_names_become_the_same_stay_apart_in_every_run(course: Course, tmp_path: Path) -> None:
    names = ["Jürgen", "Jurgen", "李雷", "韩梅", "Ann Lee", "Ann-Lee", ".hidden", "hidden", "ann lee", "CON"]
    inbox = tmp_path / "inbox"
    for name in names:
        if not (inbox / name).exists():
            put(inbox / name / LESSON, notebook(name))
    collect(course, [inbox])
    first = submitted(course)
    assert sorted(first.values()) == sorted(path.read_bytes() for path in inbox.rglob("*.ipynb"))
    assert first[f"Jurgen/week00/{LESSON}"] == notebook("Jurgen") and f"Ann-Lee/week00/{LESSON}" in first
    students = {key.split("/")[0] for key in first}
    assert all(name.isascii() and name[0] not in ".-" and " " not in name for name in students)
    before = whole(course.root / "grading")
    assert {item.state for item in collect(course, [inbox / "Ann Lee", inbox])} == {"unchanged"}
    assert whole(course.root / "grading") == before


def test_two_people_of_one_name_do_not_overwrite_each_other(course: Course, tmp_path: Path) -> None:
    name = "Ann Lee_{}_assignsubmission_file_/" + LESSON
    both = pack(tmp_path / "moodle.zip", {name.format(1): notebook("one"), name.format(2): notebook("two")})
    collect(course, [both])
    assert sorted(submitted(course).values()) == [notebook("one"), notebook("two")]
    third = pack(tmp_path / "b" / "moodle.zip", {name.format(3): notebook("three")})
    fourth = pack(tmp_path / "c" / "moodle.zip", {name.format(4): notebook("four")})
    assert [item.state for item in collect(course, [third, fourth], tmp_path / "fresh")] == ["refused", "refused"]


def test_collecting_again_changes_nothing_and_a_newer_version_keeps_the_old_one(course: Course, tmp_path: Path) -> None:
    old = pack(tmp_path / "a" / "submissions.zip", {f"s01/{LESSON}": notebook("old")})
    new = pack(tmp_path / "b" / "submissions.zip", {f"s01/{LESSON}": notebook("new")}, (2026, 11, 26, 8, 0, 0))
    assert [item.state for item in collect(course, [old])] == ["taken"]
    before = whole(course.root / "grading")
    assert [item.state for item in collect(course, [old])] == ["unchanged"]
    assert whole(course.root / "grading") == before
    assert [item.state for item in collect(course, [new])] == ["replaced"]
    assert [item.state for item in collect(course, [old])] == ["older"]
    assert submitted(course) == {f"s01/week00/{LESSON}": notebook("new")}
    kept = course.root / "grading" / "submitted-before" / "s01" / "week00" / f"{LESSON}.before-1"
    assert kept.read_bytes() == notebook("old")


def test_what_the_instructor_repaired_is_not_undone(course: Course, tmp_path: Path) -> None:
    download = pack(tmp_path / "submissions.zip", {f"s01/{LESSON}": b"broken"})
    assert "grading will refuse it" in collect(course, [download])[0].why
    put(course.root / "grading" / "submitted" / "s01" / "week00" / LESSON, notebook("repaired"))
    again = collect(course, [download])[0]
    assert again.state == "unchanged" and "changed by hand" in again.why
    assert submitted(course) == {f"s01/week00/{LESSON}": notebook("repaired")}


def test_the_time_of_handing_in_is_the_platforms_in_nbgraders_form(course: Course, tmp_path: Path) -> None:
    early = packed({LESSON: notebook()}, tmp_path)
    collect(course, [pack(tmp_path / "submissions.zip", {"s01/work.zip": early}, (2026, 12, 1, 9, 30, 0))])
    stamp = (course.root / "grading" / "submitted" / "s01" / "week00" / "timestamp.txt").read_text(encoding="utf-8")
    assert stamp.endswith(" UTC\n")
    local = datetime(2026, 12, 1, 9, 30).astimezone()
    assert parse_utc(stamp.strip()) == (local - local.utcoffset()).replace(tzinfo=None)


def test_a_damaged_list_of_names_is_said_before_anything_is_written(course: Course, tmp_path: Path) -> None:
    put(course.root / "grading" / "submitted.json", b"[")
    with pytest.raises(CourseError, match="it is damaged"):
        collect(course, [pack(tmp_path / "submissions.zip", {f"s01/{LESSON}": notebook()})])
    assert submitted(course) == {}


def test_nothing_found_is_an_empty_report(course: Course, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert collect(course, [tmp_path / "empty"]) == []
    missing = collect(course, [tmp_path / "missing.zip"])
    assert [item.state for item in missing] == ["refused"] and "cannot be found" in missing[0].why
