"""How a class's work lies in what an instructor downloads: by Moodle, by Canvas, or in folders named after students.

In: the path of a zip, a folder or a notebook. Out: the files in it, each with its `Owner`, or None where nothing that
the platform or the instructor named says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from groundup.grading.reading.archives import Allowance, Member, RefusedError, in_folder, shown, single, zipped
from groundup.grading.reading.owners import (
    Owner,
    from_platform,
    in_a_class,
    is_week,
    named_by_moodle,
    says_class,
    zip_stem,
)


def look_into(file: Path) -> Iterator[tuple[Owner | None, Member]]:
    """The files that `file` holds, each with its owner."""
    try:
        if file.is_dir():
            yield from _folder(file)
        elif zip_stem(file.name) and not from_platform((file.name,)):
            yield from _zip(file)
        else:
            yield _file_owner(file), single(file)
    except RefusedError as error:
        yield None, replace(single(file), where=shown(str(file)), fault=str(error))


def _file_owner(file: Path) -> Owner | None:
    platform = from_platform((file.name,))
    folders = [name for name in file.parts[:-1] if name not in (file.anchor, "..", ".")]
    while folders and is_week(folders[-1]):
        folders.pop()
    if platform or not folders:
        return platform
    return in_a_class((folders[-1], file.parent.name, file.name))


def _folder(folder: Path) -> Iterator[tuple[Owner | None, Member]]:
    """A folder named by a platform, of one student (weeks and notebooks stand in it), or of a class."""
    name = folder.resolve().name
    members = in_folder(folder)
    weeks = {member.parts[0] for member in members if len(member.parts) > 1 and is_week(member.parts[0])}
    loose = [member for member in members if len(member.parts) == 1 and member.parts[0].lower().endswith(".ipynb")]
    others = [member for member in members if in_a_class(member.parts) or (len(member.parts) == 1 and member.is_zip)]
    platform = from_platform((name, ""))
    if weeks and others and not platform:
        raise RefusedError(
            f"holds {min(weeks)} and also {shown(others[0].parts[0])}, so it is neither the folder of one student "
            "nor of a class. Name the folder that holds the students' folders."
        )
    one_student = platform or (Owner(name) if (weeks or loose) and not others else None)
    for member in members:
        yield (replace(one_student, parts=member.parts) if one_student else in_a_class(member.parts)), member


def _zip(file: Path) -> Iterator[tuple[Owner | None, Member]]:
    """The download of a class where the name of the zip says so; else the zip of the student whose name it has."""
    outer = single(file)
    stem = zip_stem(file.name) or ""
    if outer.fault or not (says_class(stem) or named_by_moodle(stem)):
        yield from _student_zip(stem, outer)
        return
    with zipped(file, shown(file.name)) as members:
        from_moodle = all(from_platform(member.parts) for member in members if not member.fault)
        if not says_class(stem) and not from_moodle:
            yield from _student_zip(stem, outer)
            return
        if all(len(member.parts) > 1 and member.parts[0] == stem for member in members if not member.fault):
            members = [replace(member, parts=member.parts[1:]) for member in members]  # a class's folder, zipped
        for member in members:
            yield in_a_class(member.parts), member


def _student_zip(stem: str, outer: Member) -> Iterator[tuple[Owner | None, Member]]:
    """One student's zip, unless what is in it looks like a class: then nobody knows, and only its name may decide."""
    with zipped(Allowance().read(outer, Allowance().size), outer.where) as members:
        tops = {member.parts[0] for member in members if len(member.parts) > 1 and not is_week(member.parts[0])}
        of_platform = [member for member in members if from_platform(member.parts)]
        if len(of_platform) > 1 or len(tops) > 1:
            raise RefusedError(
                "may be the download of a class or one student's zip. Rename a download to submissions.zip; put a "
                "student's zip into a folder with the student's name, and collect the folder around that."
            )
    yield Owner(stem, parts=(outer.parts[-1],)), outer
