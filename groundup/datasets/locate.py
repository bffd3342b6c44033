"""Find a file of the catalog: in GROUNDUP_DATA, then in the cache, then from the network.

In: a `DataFile`. Out: its bytes, after the size and the SHA-256 sum have held; nothing else is ever used.
A damaged copy is named and passed over. When there is no good copy, `DataError` says what to do.
"""

import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path
from textwrap import indent

from groundup.datasets.catalog import DataFile

VARIABLE = "GROUNDUP_DATA"
ROUNDS = 2
PAUSE_SECONDS = 0.5
# Seconds to wait for a connection, and then for the next bytes.
PATIENCE = (10, 60)

# What a failed download means in plain words, by the name of the exception `requests` raises.
PLAIN_WORDS = {
    "ConnectTimeout": "the server did not answer in time",
    "ReadTimeout": "the server stopped sending",
    "SSLError": "the secure connection could not be set up",
    "ProxyError": "the proxy could not be reached",
    "ChunkedEncodingError": "the transfer broke off",
    "ConnectionError": "no connection to the server",
}


class DataError(RuntimeError):
    """A data file is not to be had, or not usable; the message says which one and what to do."""


class DamagedFileError(Exception):
    """A file is not the one the catalog describes; the message names it."""


def data_folder() -> Path:
    """Return the folder to give to `torchvision.datasets` as `root`.

    It is the folder that the environment variable GROUNDUP_DATA names, and without it the per-user cache
    folder (which may not exist yet). Raises DataError when GROUNDUP_DATA is set to what is not a folder.
    """
    return given_folder() or cache_folder()


def given_folder() -> Path | None:
    """Return the folder in GROUNDUP_DATA, None when it is unset or empty; DataError when it is no folder."""
    value = os.environ.get(VARIABLE, "")
    if not value:
        return None
    folder = Path(value).expanduser()
    if not folder.is_dir():
        problem = "which is not a folder" if folder.exists() else "which does not exist"
        raise DataError(
            f"The environment variable {VARIABLE} is set to {value!r}, {problem}.\n"
            "Set it to the folder that holds the data, or unset it to use the cache and the network."
        )
    return folder


def cache_folder() -> Path:
    """Return the per-user cache folder of the course; it may not exist yet."""
    import pooch

    return Path(pooch.os_cache("groundup"))


def obtain(file: DataFile, *stand_ins: DataFile) -> tuple[DataFile, bytes]:
    """Return the first good copy, as the `DataFile` it is and its bytes.

    Looked for in this order: `file` in GROUNDUP_DATA, each of `stand_ins` in GROUNDUP_DATA, `file` in the
    cache, `file` from the network (kept in the cache). Damaged copies are named on stdout and passed over.
    Raises DataError when there is no good copy.
    """
    complaints: list[str] = []
    folder, cache = given_folder(), cache_folder()
    if folder is not None:
        for candidate in (file, *stand_ins):
            content = take(folder / candidate.place, candidate, complaints)
            if content is not None:
                return candidate, content
    content = take(cache / file.place, file, complaints)
    if content is None:
        content = download(file, cache / file.place, complaints)
    if content is None:
        raise DataError(no_copy_message(file, folder, cache, complaints))
    return file, content


def checked_bytes(path: Path, file: DataFile) -> bytes:
    """Read `path` and return its bytes if size and SHA-256 hold: the one place where files are checked.

    Raises DamagedFileError, naming the file, what was found and what was wanted.
    """
    if path.is_dir():
        raise DamagedFileError(f"{path} is a folder, where a file of {file.size:,} bytes was wanted.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedFileError(f"{path} cannot be read: {error.strerror or error}.") from None
    found = hashlib.sha256(content).hexdigest()
    if len(content) == file.size and found == file.sha256:
        return content
    raise DamagedFileError(
        f"{path} is damaged: {len(content):,} bytes found, {file.size:,} wanted;\n"
        f"  SHA-256 found  {found}\n"
        f"  SHA-256 wanted {file.sha256}"
    )


def take(path: Path, file: DataFile, complaints: list[str]) -> bytes | None:
    """Return the bytes of a good copy at `path`; None when there is nothing, or what is there is damaged.

    A damaged copy is named on stdout and in `complaints`.
    """
    if not os.path.lexists(path):
        return None
    try:
        return checked_bytes(path, file)
    except DamagedFileError as damage:
        complaints.append(str(damage))
        print(f"Not used: {damage}")
        return None


def download(file: DataFile, target: Path, complaints: list[str]) -> bytes | None:
    """Try each address of `file` in order, twice over; keep the first good copy at `target`.

    Returns its bytes, or None when no address gave a good copy; the reasons are added to `complaints`.
    """
    reasons: list[str] = []
    for attempt in range(ROUNDS):
        if attempt and file.urls:
            time.sleep(PAUSE_SECONDS)
        for url in file.urls:
            try:
                return download_from(url, file, target)
            except DamagedFileError as damage:
                reason = str(damage)
            except OSError as error:
                reason = f"{url}: {in_plain_words(error)}."
            if reason not in reasons:
                reasons.append(reason)
                print(f"Did not work: {reason}")
    complaints.extend(reasons)
    return None


def download_from(url: str, file: DataFile, target: Path) -> bytes:
    """Download `url` under a temporary name beside `target`; move it to `target` once it has been checked.

    Returns the bytes. Raises DamagedFileError when other bytes came than were wanted, OSError when the
    transfer or the disk failed; either way nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        transfer(url, file, part)
        try:
            content = checked_bytes(part, file)
        except DamagedFileError as damage:
            # The temporary name means nothing to a reader; the address does.
            raise DamagedFileError(f"{url}: " + str(damage).replace(str(part), "what came")) from None
        if target.is_dir():
            target.rename(target.with_name(f"{target.name}.damaged"))
        part.replace(target)
        print(f"Fetched {file.name} ({file.size:,} bytes) from {url}\nand kept it in {target.parent}.")
        return content
    finally:
        part.unlink(missing_ok=True)


def transfer(url: str, file: DataFile, part: Path) -> None:
    """Download `url` to the path `part` with a progress bar on stdout."""
    import pooch
    from tqdm import tqdm

    # The bar clears itself, so that a dead mirror leaves one line with the reason and no stray bar.
    with tqdm(total=file.size, desc=file.name, unit="B", unit_scale=True, file=sys.stdout, leave=False) as bar:
        fetch = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=PATIENCE)
        fetch(url, str(part), None)


def in_plain_words(error: OSError) -> str:
    """Say in a few words why a download failed."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    return next((PLAIN_WORDS[kind] for kind in kinds if kind in PLAIN_WORDS), str(error))


def no_copy_message(file: DataFile, folder: Path | None, cache: Path, complaints: list[str]) -> str:
    """Say which file is missing, where it was looked for, what went wrong, and how to bring it by hand."""
    given = f"({VARIABLE} is not set)" if folder is None else str(folder / file.place)
    lines = [
        f"There is no usable copy of {file.name} ({file.size:,} bytes).",
        "Looked for at:",
        f"  {given}",
        f"  {cache / file.place}",
        "What went wrong:",
        *(indent(complaint, "  ") for complaint in complaints or ["there is no copy and no address to try."]),
        "It can be had from:",
        *(f"  {url}" for url in file.urls),
        "To bring it by hand, download it in a browser, on any machine, and put it here:",
        f"  {cache / file.place}",
        f"or into a folder of your own, as {file.place},",
        f"and set the environment variable {VARIABLE} to that folder. Then run this again.",
    ]
    return "\n".join(lines)
