"""`groundup publish`: what students get holds no secret and works by itself; what others changed there stays."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, run_module

from groundup.grading.proof.bank import answers
from groundup.lessons.course import Course, CourseError
from groundup.lessons.edition import build
from groundup.lessons.leaks import MARKERS, library_secrets, secret_lines, visible_checks
from groundup.lessons.publish import LIST, TOP, publish
from groundup.lessons.quizzes import quizzes, secret_texts


def silent(sentence: str) -> None:
    pass


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course, published with the command. It is published only if the edition is what the sources make."""
    target = tmp_path_factory.mktemp("publish") / "for students"
    result = run_module("groundup", "publish", str(target), cwd=ROOT, timeout=600)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{sum(path.is_file() for path in target.rglob('*'))} files are published" in result.stdout
    return target


def texts(folder: Path) -> dict[str, str]:
    """Every file as text without blanks; of notebooks what a reader can find in them."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes().decode("utf-8", errors="replace")
            parts = json.loads(raw)["cells"] if path.suffix == ".ipynb" else []
            whole = raw + "\n".join("".join(cell["source"]) for cell in parts)
            found[path.relative_to(folder).as_posix()] = "".join(whole.split())
    return found


def test_no_solution_hidden_test_quiz_answer_or_bank_is_in_what_students_get(published: Path) -> None:
    course = Course(ROOT)
    found = texts(published)
    assert not [
        name for name in found if re.search(r"(^|/)(solutions|answers|library)/|^tests/|quiz\.yml|CONTRIBUTING", name)
    ]
    idioms = visible_checks(course)
    secrets = [line for lesson in course.lessons() for line in secret_lines(lesson, idioms)]
    secrets += [text for quiz in quizzes(course) for text in secret_texts(quiz)]
    assert len(secrets) > 300
    assert len(library_secrets(course)) > 300 and "week07/my_nn_library/my_nn_library/layers.py" in found
    secrets += library_secrets(course)
    for name, text in found.items():
        assert not [secret for secret in secrets if "".join(secret.split()) in text], name
        assert not [marker for marker in MARKERS if "".join(marker.split()) in text], name


def test_wrong_answers_of_the_bank_are_not_in_it_either(published: Path) -> None:
    course = Course(ROOT)
    found = texts(published)
    whole = {"".join(each.source.split()) for lesson in course.lessons() for each in answers(course, lesson)}
    given = "".join(found.values())
    assert not [source for source in whole if len(source) > 80 and source in given]


def test_a_student_can_check_a_notebook_with_what_was_published(published: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(published, mine)

    def groundup(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "groundup", *arguments],
            cwd=mine, env=dict(os.environ, PYTHONPATH=str(mine)), capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip

    told = groundup("check", "week00/01_perceptron.ipynb")
    assert told.returncode == 1 and "not started" in told.stdout, told.stdout + told.stderr
    help_text = groundup("--help").stdout
    assert "check" in help_text and "publish" not in help_text and "prove" not in help_text
    lessons = [path for path in sorted(mine.glob("week*/*.ipynb")) if "torch" not in path.read_text("utf-8")]
    assert lessons
    imports = "import groundup.checks, groundup.datasets, groundup.plots, groundup.quiz, groundup.selfcheck.report"
    told = subprocess.run(
        [sys.executable, "-P", "-c", f"{imports}; print(groundup.__file__)"],
        env=dict(os.environ, PYTHONPATH=str(mine)), capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert Path(told.stdout.strip()).is_relative_to(mine), told.stderr


def test_every_link_in_the_pages_of_students_leads_somewhere(published: Path) -> None:
    pages = sorted(published.rglob("*.md"))
    assert published / "README.md" in pages and published / "week00" / "README.md" in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "instructors -->" not in text
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            assert link.startswith(("https://", "http://")) or (page.parent / link).exists(), f"{page}: {link}"


def test_start_py_offers_students_only_what_they_have(published: Path) -> None:
    told = subprocess.run(
        [sys.executable, str(published / "start.py"), "--help"], capture_output=True, text=True, check=True
    )
    assert "start.py check" in told.stdout and "start.py demo" not in told.stdout


@pytest.fixture
def small(tiny_course: Course) -> Course:
    """The tiny course with the files that stand at the top of every course."""
    for name in ("README.md", *TOP):
        target = tiny_course.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    (tiny_course.root / "groundup" / "grading").mkdir(parents=True)
    (tiny_course.root / "groundup" / "__init__.py").write_text("")
    (tiny_course.root / "groundup" / "grading" / "secret.py").write_text("")
    (tiny_course.root / "groundup" / "old.py").write_text("")
    assert build(tiny_course, check=False, say=silent) == []
    return tiny_course


def test_publishing_again_brings_up_to_date_and_keeps_what_others_put_there(small: Course, tmp_path: Path) -> None:
    target = tmp_path / "out"
    (target / ".git").mkdir(parents=True)  # a new repository, waiting for its first commit
    publish(small, target, silent)
    assert (target / "groundup" / "old.py").exists() and not (target / "groundup" / "grading").exists()
    (target / "forum.md").write_text("where we talk", encoding="utf-8")
    (small.root / "groundup" / "old.py").unlink()
    (small.root / "groundup" / "new.py").write_text("")
    publish(small, target, silent)
    assert not (target / "groundup" / "old.py").exists() and (target / "groundup" / "new.py").exists()
    assert (target / "forum.md").read_text("utf-8") == "where we talk"
    assert (target / ".git").is_dir()


def test_nothing_is_written_over_what_somebody_changed_or_put_there(small: Course, tmp_path: Path) -> None:
    target = tmp_path / "out"
    publish(small, target, silent)
    readme = target / "README.md"
    readme.write_bytes(readme.read_bytes().replace(b"\n", b"\r\n"))  # what git may do on Windows is no change
    publish(small, target, silent)
    readme.write_text("mine now", encoding="utf-8")
    with pytest.raises(CourseError, match=r"changed after they were published: README\.md"):
        publish(small, target, silent)
    assert readme.read_text("utf-8") == "mine now"
    shutil.copy(small.root / "README.md", readme)
    (target / LIST).unlink()
    with pytest.raises(CourseError, match="not made by `groundup publish`"):
        publish(small, target, silent)
    with pytest.raises(CourseError, match="holds the course itself"):
        publish(small, small.root, silent)


def test_a_leak_or_an_edition_that_is_out_of_date_stops_it_with_nothing_written(small: Course, tmp_path: Path) -> None:
    target = tmp_path / "out"
    (small.root / "groundup" / "notes.py").write_text('# return x + x + 0 * len("only a teacher writes this")')
    with pytest.raises(CourseError, match=r"groundup/notes\.py gives away a line"):
        publish(small, target, silent)
    (small.root / "groundup" / "notes.py").unlink()
    notebook = small.root / "week00" / "01_tiny.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("tiny lesson", "tiny  lesson"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"01_tiny\.ipynb differs: run `groundup build`"):
        publish(small, target, silent)
    assert not target.exists()
