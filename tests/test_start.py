"""start.py through its front door: what a person sees who has an old Python, no network or half a `.venv`.

Nothing here needs the internet: stand-ins for ensurepip, pip and uv note how they were called and do nothing more.
"""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_course import ROOT, WINDOWS, Course

SENTENCE_ABOUT_PYTHON = "Ground Up needs Python 3.11, 3.12 or 3.13; this is "


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


@pytest.fixture
def ready(course: Course) -> Course:
    """A course whose set-up is done."""
    assert course.start("demo").returncode == 0
    course.calls_file.write_text("")
    return course


def old_pythons() -> list[str]:
    """Interpreters on PATH, and beside the one in use where versions are kept side by side, that are too old."""
    on_path = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    beside = Path(sys.base_prefix).parent.glob("3.*/bin/python3.*")
    return [found for found in [*on_path, *map(str, beside)] if found and re.search(r"python3\.([6-9]|10)$", found)]


def test_too_old_a_python_gets_one_clear_sentence() -> None:
    tried = 0
    for python in old_pythons():
        version = subprocess.run(
            [python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"], capture_output=True, text=True
        )
        if version.returncode:  # a shim of a version manager without that version behind it
            continue
        told = subprocess.run([python, str(ROOT / "start.py"), "demo"], capture_output=True, text=True)
        assert told.returncode == 1
        assert told.stderr.startswith(SENTENCE_ABOUT_PYTHON + version.stdout.strip())
        assert told.stderr.count("\n") == 1
        tried += 1
    if not tried:
        pytest.skip("no Python from 3.6 to 3.10 on this machine; the next test pretends to be one")


@pytest.mark.parametrize("version", ["(3, 8, 18)", "(3, 10, 13)", "(3, 14, 0)"])
def test_a_python_out_of_range_gets_one_clear_sentence(version: str) -> None:
    pretend = f"import runpy, sys; sys.version_info = {version}; sys.argv = ['start.py', 'demo']"
    run = f"runpy.run_path({str(ROOT / 'start.py')!r}, run_name='__main__')"
    told = subprocess.run([sys.executable, "-c", f"{pretend}; {run}"], capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr.startswith(SENTENCE_ABOUT_PYTHON + ".".join(re.findall(r"\d+", version)))
    assert "https://www.python.org/downloads/ and run: " in told.stderr
    assert told.stderr.count("\n") == 1


def test_the_syntax_is_old_enough_for_an_old_python_to_read() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_help_prints_the_usage_and_sets_nothing_up(course: Course) -> None:
    told = course.start("--help")
    assert told.returncode == 0
    assert "python start.py test [arguments]" in told.stdout
    assert not course.venv.exists()


def test_an_unknown_word_prints_the_usage_and_exits_with_2(course: Course) -> None:
    told = course.start("deom")
    assert told.returncode == 2
    assert "does not know 'deom'" in told.stderr
    assert "python start.py demo" in told.stderr
    assert not course.venv.exists()


def test_what_students_get_knows_neither_demo_nor_tests(course: Course) -> None:
    (course.folder / "tests").rmdir()
    told = course.start("--help")
    assert told.returncode == 0 and "python start.py check NOTEBOOK" in told.stdout
    assert "demo" not in told.stdout and "test" not in told.stdout
    assert course.start("test").returncode == 2


def test_check_hands_over_what_to_check(ready: Course) -> None:
    told = ready.start("check", "week00/01_perceptron.ipynb")
    assert told.stdout == "groundup check week00/01_perceptron.ipynb\n"


def test_set_up_from_nothing_installs_and_hands_over(course: Course) -> None:
    told = course.start("demo", "--quick")
    assert told.returncode == 0, told.stderr
    assert told.stdout == "groundup demo --quick\n"
    assert course.calls() == ["ensurepip", "pip", "uv", "uv"]
    pin = re.search(r"^uv==\S+", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pin is not None
    assert pin.group() in course.calls_file.read_text()
    assert re.fullmatch(r"[0-9a-f]{64}\n", course.stamp.read_text())


def test_without_a_word_jupyterlab_opens_the_first_lesson_in_sight_of_all_weeks(ready: Course) -> None:
    (ready.stand_ins / "jupyterlab.py").write_text("import sys\nprint(*sys.argv[1:])\n")
    assert ready.start().stdout == "--ServerApp.root_dir=. week00/01_perceptron.ipynb\n"
    assert ready.start("lab", "--no-browser").stdout.endswith("01_perceptron.ipynb --no-browser\n")


def test_a_right_stamp_means_that_nothing_is_installed(ready: Course) -> None:
    told = ready.start("demo")
    assert (told.returncode, told.stdout, told.stderr) == (0, "groundup demo\n", "")
    assert ready.calls() == []


def test_the_exit_code_is_that_of_the_command(ready: Course) -> None:
    assert ready.start("demo", "seven").returncode == 7


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_list_of_packages_is_noticed(ready: Course, name: str) -> None:
    with (ready.folder / name).open("a") as file:
        file.write("# changed\n")
    told = ready.start("demo")
    assert told.returncode == 0
    assert "has changed since the last start" in told.stderr
    assert ready.calls() == ["uv", "uv"]


def test_a_set_up_that_did_not_end_goes_on_without_a_new_venv(ready: Course) -> None:
    ready.stamp.unlink()
    witness = ready.venv / "witness"
    witness.touch()
    told = ready.start("demo")
    assert told.returncode == 0
    assert "has not come to its end" in told.stderr
    assert witness.exists()


def test_a_package_installed_by_half_is_forgotten_so_that_it_is_installed_again(ready: Course) -> None:
    (whole,) = ready.venv.glob("**/pip-1.dist-info")
    half = whole.with_name("half-1.0.dist-info")
    half.mkdir()
    (half / "METADATA").write_text("Name: half\nVersion: 1.0\n")
    ready.stamp.unlink()
    assert ready.start("demo").returncode == 0
    assert whole.exists()
    assert not half.exists()


def lose_the_notes(course: Course) -> None:
    (course.venv / "pyvenv.cfg").unlink()


def lose_the_python(course: Course) -> None:
    course.python.unlink()


def spoil_the_python(course: Course) -> None:
    course.python.unlink()
    course.python.write_text("not a program")
    course.python.chmod(0o755)


def upgrade_the_system(course: Course) -> None:
    notes = course.venv / "pyvenv.cfg"
    notes.write_text(re.sub(r"version = [\d.]+", "version = 3.9.1", notes.read_text()))


def move_the_folder(course: Course) -> None:
    notes = course.venv / "pyvenv.cfg"
    notes.write_text(notes.read_text().replace(f"{course.folder.name}{os.sep}.venv", f"elsewhere{os.sep}.venv"))


@pytest.mark.parametrize(
    "harm", [lose_the_notes, lose_the_python, spoil_the_python, upgrade_the_system, move_the_folder]
)
def test_a_broken_venv_is_made_anew(ready: Course, harm: Callable[[Course], None]) -> None:
    harm(ready)
    told = ready.start("demo")
    assert told.returncode == 0, told.stderr
    assert "The folder .venv cannot be used: " in told.stderr
    assert ready.calls() == ["ensurepip", "pip", "uv", "uv"]
    assert ready.start("demo").stderr == ""


@pytest.mark.parametrize(
    ("stand_in", "last_words", "sentence"),
    [
        ("ensurepip", "No module named ensurepip", "sudo apt install python3-venv"),
        ("pip", "[Errno -3] Temporary failure in name resolution", "no network"),
        ("uv", "client error (Connect): tcp connect error: Connection refused (os error 111)", "no network"),
        ("uv", "failed to write: No space left on device (os error 28)", "the disk is full"),
        ("uv", "failed to create directory: Permission denied (os error 13)", "permission denied"),
        ("uv", "invalid peer certificate: UnknownIssuer", "a certificate that is not trusted"),
        ("uv", "the moon is in the wrong phase", "The last words were:\nthe moon is in the wrong phase"),
    ],
)
def test_a_failed_installer_is_explained(course: Course, stand_in: str, last_words: str, sentence: str) -> None:
    told = course.start("demo", FAILS=stand_in, FAILS_WITH=last_words)
    assert told.returncode == 1
    assert told.stdout == ""
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr
    assert not course.stamp.exists()


def test_no_network_gets_a_clear_sentence_from_the_real_installers(course: Course) -> None:
    shutil.rmtree(course.stand_ins)
    nowhere = "http://127.0.0.1:9"
    pip = {"PIP_INDEX_URL": nowhere, "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
    uv = {"UV_DEFAULT_INDEX": nowhere, "UV_INDEX_URL": nowhere, "UV_HTTP_RETRIES": "0"}
    told = course.start("demo", PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1", **pip, **uv)
    assert told.returncode == 1
    assert "stopped while installing uv into .venv: no network" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(WINDOWS, reason="Windows has no way to send Ctrl-C to one process alone")
def test_an_interrupted_set_up_says_that_the_next_start_goes_on(course: Course) -> None:
    first = course.begin("demo", TAKES="30")
    course.wait_for("uv")
    first.send_signal(signal.SIGINT)
    _, errors = first.communicate(timeout=10)
    assert first.returncode == 130
    assert "The next start goes on where this one ended." in errors
    assert "Traceback" not in errors
    assert course.start("demo").stdout == "groundup demo\n"


def test_a_second_start_waits_for_the_set_up_of_the_first(course: Course) -> None:
    first = course.begin("demo", TAKES="0.7")
    course.wait_for("uv")
    second = course.start("demo")
    assert first.wait(timeout=20) == 0
    first.communicate()
    assert second.returncode == 0
    assert "Another start is setting up this folder" in second.stderr
    assert course.calls().count("uv") == 2


def test_a_killed_set_up_blocks_nobody(course: Course) -> None:
    first = course.begin("demo", TAKES="3")
    course.wait_for("uv")
    first.kill()
    first.wait()
    second = course.start("demo")
    assert second.returncode == 0
    assert "Another start" not in second.stderr
    first.communicate()
