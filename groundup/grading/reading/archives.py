"""Look into folders and zip files that strangers made, without unpacking anything to the disk.

In: the path of a folder or file, or the bytes of a zip. Out: a `Member` for each file in it; what must not be read
has a `fault`, a sentence, and nothing in one member keeps the others from being read.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from groundup.selfcheck.reading import LARGEST

PER_STUDENT = 200_000_000
"""Bytes that one student's zips may unpack to, together."""
MEMBERS = 2_000
"""Files and folders in one student's zips, together."""
IN_A_CLASS = 200_000
"""Files in a folder, or in the download of a whole class."""
RATIO = 200
"""A notebook packs 5 to 30 times smaller. Only a bomb of more than a megabyte packs better than this."""
DEEPEST = 2
"""A zip in a zip is still opened; one more inside is not."""
LONGEST = 255
"""Characters of a name; no file system takes longer ones."""

_LITTER = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini"}
_DIRECTORY_ENTRY = b"PK\x01\x02"


class RefusedError(Exception):
    """Something that is not taken; the text says why."""


@dataclass(frozen=True)
class Member:
    """One file, in a folder or in a zip."""

    parts: tuple[str, ...]
    """Its path; empty where its name is not to be believed."""
    where: str
    """Its path as a person may read it, from the outermost file on."""
    handed_in: datetime
    """Time of the outermost file that it lies in: what lies inside a student's own zip has times the student chose."""
    changed: datetime
    """Its own time."""
    content: Callable[[int], bytes]
    """Reads up to that many bytes."""
    fault: str | None = None

    def read(self, limit: int) -> bytes:
        """All of it. Raises RefusedError for a fault, for damage, and for more than `limit` bytes."""
        if self.fault:
            raise RefusedError(self.fault)
        data = self.content(limit + 1)
        if len(data) > limit:
            raise RefusedError(f"is larger than the {limit / 1e6:.0f} MB that are left to it. Clear its outputs.")
        return data

    @property
    def is_zip(self) -> bool:
        """Whether its name says that it is a zip."""
        return bool(self.parts) and self.parts[-1].lower().endswith(".zip")


@dataclass
class Allowance:
    """What one student may still unpack."""

    size: int = PER_STUDENT
    members: int = MEMBERS

    def read(self, member: Member, limit: int) -> bytes:
        """The member's bytes, counted."""
        if self.size <= 0:
            raise RefusedError(f"is not read: this student's files are more than {PER_STUDENT / 1e6:.0f} MB already.")
        limit = min(limit, self.size)
        try:
            data = member.read(limit)
        except RefusedError:
            self.size -= 0 if member.fault else limit  # to try costs time too
            raise
        self.size -= len(data)
        return data


def shown(name: str) -> str:
    """A stranger's name on one line, short, without control characters."""
    plain = "".join(mark if unicodedata.category(mark)[0] not in "CZ" or mark == " " else "?" for mark in name)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-40:]}"


def unpack(member: Member, allowance: Allowance, depth: int = 0) -> Iterator[Member]:
    """The member itself, or, where it is a zip, the files in it. Read each before asking for the next."""
    if not member.is_zip:
        yield member
        return
    try:
        if depth == DEEPEST:
            raise RefusedError(f"is a zip more than {DEEPEST} deep. Unpack it by hand, or ask for the notebooks alone.")
        packed = allowance.read(member, PER_STUDENT)
        with zipped(packed, member.where, member.handed_in) as inside:
            allowance.members -= len(inside)
            if allowance.members < 0:
                raise RefusedError(f"holds more than {MEMBERS} files with what this student handed in besides.")
            for inner in inside:
                yield from unpack(inner, allowance, depth + 1)
    except RefusedError as error:
        yield replace(member, fault=str(error))


def single(path: Path) -> Member:
    """The file at `path`, which must be a plain one: nothing else is opened."""
    try:
        status = path.lstat()
    except OSError as error:
        return _unread(path, f"cannot be found or looked at: {error.strerror}.")
    when = datetime.fromtimestamp(status.st_mtime, UTC)
    fault = None
    if stat.S_ISLNK(status.st_mode):
        fault = "is a link, and links are not followed. Put the file itself there."
    elif not stat.S_ISREG(status.st_mode):
        fault = "is not a plain file, so it is not opened."

    def content(limit: int) -> bytes:
        try:
            with path.open("rb") as stream:
                return stream.read(limit)
        except OSError as error:
            raise RefusedError(f"cannot be read: {error.strerror}.") from None

    return Member((path.name,), shown(path.name), when, when, content, fault)


def _unread(path: Path, fault: str) -> Member:
    return Member((path.name,), shown(str(path)), _NEVER, _NEVER, lambda limit: b"", fault)


def in_folder(folder: Path) -> list[Member]:
    """All files below `folder`, in order. Raises RefusedError when there are too many."""
    found: list[Member] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        inner = here.relative_to(folder).parts
        try:
            entries = sorted(here.iterdir())
        except OSError as error:
            found.append(replace(_unread(here, f"cannot be looked into: {error.strerror}."), parts=inner))
            continue
        for path in entries:
            if path.name in _LITTER or path.name.startswith("._"):
                continue
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
                continue
            parts = (*inner, path.name)
            found.append(replace(single(path), parts=parts, where=shown("/".join((folder.name, *parts)))))
        if len(found) > IN_A_CLASS:
            raise RefusedError(f"holds more than {IN_A_CLASS} files. Name the folder of the submissions alone.")
    return sorted(found, key=lambda member: member.parts)


@contextmanager
def zipped(file: Path | bytes, where: str, handed_in: datetime | None = None) -> Iterator[list[Member]]:
    """The files in a zip, readable within the `with`.

    Bytes are a student's zip, all of it handed in at `handed_in`; a path is a download, where each file has its time.
    Raises RefusedError when it is damaged, or has more entries than a person packs.
    """
    if isinstance(file, bytes) and file.count(_DIRECTORY_ENTRY) > 2 * MEMBERS:  # before a list of them is made
        raise RefusedError(f"is a zip of more than {MEMBERS} files.")
    fallback = handed_in or (datetime.fromtimestamp(file.stat().st_mtime, UTC) if isinstance(file, Path) else _NEVER)
    try:
        archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, OverflowError):
        raise RefusedError("is not a zip, or a damaged one. Download it again, or ask for it again.") from None
    with archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
        if len(archive.infolist()) > (MEMBERS if isinstance(file, bytes) else IN_A_CLASS):
            raise RefusedError(f"is a zip of {len(archive.infolist())} files.")
        names = Counter(_parts(info) for info in entries)
        yield [
            _member(archive, info, f"{where}/{_name(info)}", handed_in, fallback, names[_parts(info)] > 1)
            for info in entries
            if not any(part in _LITTER or part.startswith("._") for part in _parts(info))
        ]


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    where: str,
    handed_in: datetime | None,
    other: datetime,
    twice: bool,
) -> Member:
    def content(limit: int) -> bytes:
        try:
            with archive.open(info) as stream:
                return stream.read(limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            raise RefusedError("is damaged inside its zip. Ask for it again.") from None

    unsafe = _unsafe(info)
    changed = _time(info) or other
    parts = () if unsafe else _parts(info)
    fault = unsafe or _unwanted(info) or ("is in its zip twice, so nobody knows which one counts." if twice else None)
    return Member(parts, shown(where), handed_in or changed, changed, content, fault)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: many programs write UTF-8 without saying so, and zipfile then reads cp437."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    return tuple(part for part in _name(info).split("/") if part not in ("", "."))


def _unsafe(info: zipfile.ZipInfo) -> str | None:
    """What is wrong with a member's name, in a sentence."""
    name, parts = _name(info), _parts(info)
    if name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name) or ".." in parts or "\0" in name:
        return "has a name that leads out of its zip, so it is not read."
    if not parts or any(len(part) > LONGEST for part in parts) or len(name) > 4 * LONGEST:
        return "has a name that is empty or longer than any file's."
    return None


def _unwanted(info: zipfile.ZipInfo) -> str | None:
    """Why a member must not be read, in a sentence."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device, not a plain file."
    if info.flag_bits & 0x1:
        return "is locked with a password. Ask for it without one."
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in an unusual way. Pack it again with the computer's own zip."
    if info.file_size > 1_000_000 and info.file_size > RATIO * max(info.compress_size, 1):
        return f"would unpack to more than {RATIO} times its size, which no notebook does."
    if info.file_size > LARGEST and not _name(info).lower().endswith(".zip"):
        return f"is {info.file_size / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} MB is the limit. Clear its outputs."
    return None


def _time(info: zipfile.ZipInfo) -> datetime | None:
    """Zips hold local time. 1980, their first year, stands for no time at all."""
    try:
        return datetime(*info.date_time).astimezone(UTC) if info.date_time[0] > 1980 else None
    except (ValueError, OverflowError, OSError):
        return None


_NEVER = datetime.fromtimestamp(0, UTC)
