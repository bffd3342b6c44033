"""Set up the course and start it, with nothing but a bare Python 3.11, 3.12 or 3.13.

In: requirements.txt (the exact list of packages) and pyproject.toml, both beside this file.
Out: a virtual environment `.venv` that holds those packages; then JupyterLab, the demo or the tests run in it.
"""

# An older Python must be able to read this whole file to say that it is too old: no syntax newer than Python 3.6.
import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

USAGE = """\
python start.py                      set up, then open JupyterLab on the first lesson
python start.py lab [arguments]      the same, with arguments for JupyterLab, such as --no-browser
python start.py check NOTEBOOK       set up, then run the visible checks on a notebook, or on a week's folder
python start.py check-library FOLDER set up, then check the deep-learning library that you wrote
python start.py demo [arguments]     set up, then grade a sample class from end to end
python start.py test [arguments]     set up, then run the tests, with arguments for pytest

Set-up makes the folder .venv beside this file and installs what requirements.txt names, once. Later starts need
no network. To begin anew, delete the folder .venv."""

SUPPORTED = ("3.11", "3.12", "3.13")
RUNNING, VERSION = (".".join(map(str, sys.version_info[:count])) for count in (2, 3))
WINDOWS = os.name == "nt"
HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "groundup-stamp"
LOCK, PROJECT = HERE / "requirements.txt", HERE / "pyproject.toml"

COMMANDS = {
    "lab": ["-m", "jupyterlab", "--ServerApp.root_dir=.", "week00/01_perceptron.ipynb"],  # its root shows all weeks
    **{word: ["-m", "groundup", word] for word in ("check", "check-library", "demo")},
    "test": ["-m", "pytest"],
}
if not (HERE / "tests").is_dir():  # what students get has neither tests nor a class to grade
    COMMANDS = {word: COMMANDS[word] for word in ("lab", "check", "check-library")}
    USAGE = re.sub(r"python start.py (demo|test) .*\n", "", USAGE)

# What an installer prints when it fails -> what happened and what to do next. The first match counts.
TROUBLES = {
    r"No space left|not enough space|Disk quota exceeded|\b(os error|Errno) 28\b|\bos error 112\b": (
        "the disk is full. Make room (8 GB on Linux, 3 GB elsewhere; uv keeps its downloads in your cache folder)"
    ),
    r"No module named '?ensurepip|ensurepip is (not available|disabled)": (
        "this Python comes without ensurepip. On Debian and Ubuntu install it with: sudo apt install python3-venv; "
        "elsewhere get Python at https://www.python.org/downloads/"
    ),
    r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer": (
        "the package index showed a certificate that is not trusted, as some company and school networks cause. "
        "Set SSL_CERT_FILE to the certificate file of your network, or use another network"
    ),
    r"name resolution|Name or service not known|getaddrinfo failed|nodename nor servname|dns error"
    r"|Connection refused|Connection reset|timed out|unreachable|ProxyError|407 Proxy"
    r"|error sending request|NewConnectionError|client error \(Connect\)": (
        "no network: the package index (PyPI, or the one that your pip and uv settings name) did not answer. "
        "Connect, or set HTTPS_PROXY if your network asks for a proxy"
    ),
    r"Permission denied|Access is denied|Read-only file system|being used by another process"
    r"|\bos error (5|13|32)\b": (
        "permission denied. See to it that you may write to what is named below and to the course's folder, and close "
        "programs that still use its .venv"
    ),
}


# Checked here, above the rest: an older Python can read the annotations below but not evaluate them.
if RUNNING not in SUPPORTED:
    sys.exit(
        f"Ground Up needs Python 3.11, 3.12 or 3.13; this is {VERSION} at {sys.executable}. Get one at "
        f"https://www.python.org/downloads/ and run: {'py -3.13' if WINDOWS else 'python3.13'} {' '.join(sys.argv)}"
    )


class Trouble(Exception):
    """Something the person at the keyboard has to know: what happened, to what, what to do next."""


class Broken(Exception):
    """Why `.venv` cannot be used as it is."""


def say(sentence: str) -> None:
    """Print one sentence on standard error, so that standard output is the command's own."""
    print(sentence, file=sys.stderr, flush=True)


def explain(step: str, output: str) -> Trouble:
    """Turn what a failed step printed into a sentence that says what to do next."""
    for pattern, reason in TROUBLES.items():
        words = re.search(f".*({pattern}).*", output, re.IGNORECASE)
        if words:
            return Trouble(
                f"Ground Up stopped while {step}: {reason}, then start again; it goes on where this ended.\n"
                f"(What failed said: {words.group().strip()})"
            )
    last_words = "\n".join(output.strip().splitlines()[-8:])
    advice = "Start again, and if it stops at the same place, delete the folder .venv and start once more."
    return Trouble(f"Ground Up stopped while {step}. The last words were:\n{last_words}\n{advice}")


def child_environment() -> dict[str, str]:
    """Return the user's own environment (proxies, pip and uv settings) as the activated `.venv` would change it."""
    environment = dict(os.environ, PYTHONUTF8="1", VIRTUAL_ENV=str(VENV))
    environment["PATH"] = str(SCRIPTS) + os.pathsep + environment.get("PATH", os.defpath)
    environment.pop("PYTHONHOME", None)
    return environment


def run(step: str, *command: object) -> None:
    """Run one installer with its output shown as it comes; raise Trouble with a clear sentence if it fails."""
    tail: deque[str] = deque(maxlen=60)
    words, env = [str(part) for part in command], child_environment()
    with subprocess.Popen(
        words, cwd=HERE, env=env, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, encoding="utf-8", errors="replace"
    ) as installer:
        try:
            for line in installer.stdout or ():
                say(line.rstrip())
                tail.append(line)
        except BaseException:
            installer.terminate()
            installer.wait()
            raise
    if installer.returncode:
        raise explain(step, "".join(tail))


def inspect_venv() -> str:
    """Ask the Python in `.venv` for its version; raise Broken if it, or what was noted of it, is not right."""
    try:
        notes = (VENV / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
        command = [str(PYTHON), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        env = child_environment()
        version = subprocess.check_output(command, env=env, stdin=DEVNULL, stderr=DEVNULL, timeout=20).decode().strip()
    except FileNotFoundError:
        raise Broken("parts of it are missing") from None
    except (OSError, subprocess.SubprocessError, UnicodeError):
        raise Broken("its Python does not run") from None
    made_with = re.search(r"^version(?:_info)? *= *(\d+\.\d+)", notes, re.MULTILINE)
    if made_with is None or made_with.group(1) != version or version not in SUPPORTED:
        raise Broken(f"its Python is {version}, not the one that it was made with or not one that the course runs on")
    # Scripts and the path to groundup hold the folder's full name: in a moved folder some things work, some do not.
    made_in = re.search(r"^command = .* -m venv (?:--\S+ )*(.+)$", notes, re.MULTILINE)
    if made_in and not (Path(made_in.group(1)).is_dir() and VENV.samefile(made_in.group(1))):
        raise Broken(f"it was made for {made_in.group(1)}")
    return version


def fingerprint(version: str) -> str:
    """Return the SHA-256 of all that decides what is installed: the lock, the project file, the Python version."""
    parts = (LOCK.read_bytes(), PROJECT.read_bytes(), version.encode())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def find_ready_venv() -> str | None:
    """Return the Python version of `.venv` if it works and its stamp says that nothing is to install, else None."""
    with contextlib.suppress(Broken, FileNotFoundError):
        version = inspect_venv()
        if STAMP.read_text(encoding="utf-8").strip() == fingerprint(version):
            return version
    return None


def lock(descriptor: int) -> bool:
    """Take the lock on an open file; False means that another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # past the end: on Windows nobody else can read locked bytes
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Any other error means a file system without locks: go on without one.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def make_or_keep_venv() -> str:
    """Make sure that there is a `.venv` whose Python works, making it anew if need be; return its Python version."""
    try:
        version = inspect_venv()
    except Broken as reason:
        if VENV.exists():
            say(f"The folder .venv cannot be used: {reason}. Making it anew.")
        else:
            say("Setting up Ground Up in the folder .venv, once; it takes some minutes.")
        say("On Linux this needs a download of 3 GB and 7 GB of disk, elsewhere far less.")
        # The base Python: this one may lie in the .venv that is cleared. Without pip: its own step shows why it fails.
        python = getattr(sys, "_base_executable", sys.executable)
        run("making the folder .venv", python, "-m", "venv", "--clear", "--without-pip", VENV)
        return inspect_venv()
    if STAMP.exists():
        say("The list of packages has changed since the last start; installing what differs.")
    else:
        say("The set-up of .venv has not come to its end yet; going on with it.")
    return version


def install_uv(packages: Path) -> None:
    """Install uv, the fast installer, into `.venv` in the version that the lock names, if it is not there."""
    pin = re.search(r"^uv==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if pin is None:
        raise Trouble("requirements.txt does not name a version of uv; get a fresh copy of that file.")
    if (packages / f"uv-{pin.group(1)}.dist-info").exists():
        return
    if not any(packages.glob("pip-*.dist-info")):
        run("installing pip into .venv", PYTHON, "-m", "ensurepip", "--default-pip")
    options = ("--no-user", "--disable-pip-version-check")
    run("installing uv into .venv", PYTHON, "-m", "pip", "install", *options, f"uv=={pin.group(1)}")


def install() -> str:
    """Bring `.venv` to what the lock says, from whatever state it is in; return its Python version."""
    version = make_or_keep_venv()
    wanted = fingerprint(version)  # taken before installing: the lock may be edited meanwhile
    STAMP.unlink(missing_ok=True)
    packages = VENV / "Lib/site-packages" if WINDOWS else VENV / f"lib/python{version}/site-packages"
    # pip and uv write the file INSTALLER after a package's own files: where it is missing, so may be others.
    for record in packages.glob("*.dist-info"):
        if not (record / "INSTALLER").exists():
            shutil.rmtree(record)
    install_uv(packages)
    # Not `uv pip sync`: it would remove what the lock does not name: pip, groundup, the user's own additions.
    command = (PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON)
    run("installing the packages of requirements.txt", *command, "--compile-bytecode", "-r", LOCK)
    run("installing the groundup package", *command, "--no-deps", "-e", HERE)
    unfinished = STAMP.with_suffix(".new")  # renamed when whole: a stamp is there or not, never half
    unfinished.write_text(wanted + "\n", encoding="utf-8")
    unfinished.replace(STAMP)
    say("Set-up is done.")
    return version


def set_up() -> str:
    """Make `.venv` ready, doing nothing if it is; return its Python version."""
    version = find_ready_venv()
    if version:
        return version
    # The lock lies on this very file and the system drops it with its process: nothing is left that could block.
    with Path(__file__).open("rb") as file:
        if not lock(file.fileno()):
            say("Another start is setting up this folder; waiting for it to end.")
            while not lock(file.fileno()):
                time.sleep(0.3)
        return find_ready_venv() or install()  # the other start may have done the work


def hand_over(arguments: list[str]) -> int:
    """Run the Python of `.venv` with these arguments in the course's folder; its exit code is ours."""
    command = [str(PYTHON), *arguments]
    if not WINDOWS:
        os.chdir(HERE)
        os.execve(command[0], command, child_environment())
    with subprocess.Popen(command, cwd=HERE, env=child_environment()) as child:
        while True:
            # Ctrl-C reaches the child as well, which decides what to do about it; this process only waits.
            with contextlib.suppress(KeyboardInterrupt):
                return child.wait()


def main(arguments: list[str]) -> int:
    """Read the command line, set up, hand over; return the exit code."""
    word, *rest = arguments or ["lab"]
    if word in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if word not in COMMANDS:
        say(f"start.py does not know {word!r}.\n\n{USAGE}")
        return 2
    try:
        version = set_up()
    except KeyboardInterrupt:
        say("\nSet-up was interrupted. The next start goes on where this one ended.")
        return 130
    except (Trouble, Broken, OSError) as error:
        say(f"\n{error if isinstance(error, Trouble) else explain('setting up .venv', str(error))}")
        return 1
    if version != RUNNING:
        say(f"Using Python {version}, which .venv was made with; to change to {RUNNING}, delete the folder .venv.")
    return hand_over(COMMANDS[word] + rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
