"""nbgrader's settings: solutions/ → weekNN/ → grading/. Plain `nbgrader ...` commands read this file.

generate_assignment   nbgrader generate_assignment week00 --force
validate              nbgrader validate week00/01_perceptron.ipynb
autograde             nbgrader autograde week00        (submissions: grading/submitted/STUDENT/week00/)
generate_feedback     nbgrader generate_feedback week00
export                nbgrader export --to grading/grades.csv
"""

import os
import sys
import warnings
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

from groundup.grading.nbgrader_parts.cleaning import SanitizeFeedback, clean_markdown
from groundup.grading.nbgrader_parts.hiding import HideHiddenTests
from groundup.lessons.course import Course
from groundup.lessons.source import write_notebooks

c = get_config()  # noqa: F821  (traitlets provides it)

here = Path(__file__).resolve().parent
grading = here / "grading"
grading.mkdir(exist_ok=True)  # nbgrader opens the gradebook in it before anything else

# nbgrader starts `alembic` by name; it lies beside this Python even where the environment is not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# nbgrader reads notebooks; the lessons are written as .py. On a fresh checkout this makes the notebooks.
write_notebooks(Course(here))

# PyTorch takes all cores for every notebook; where several are graded side by side, that makes each of them slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# SQLAlchemy warns about a habit of nbgrader's at every first submission; nobody here can act on it.
warnings.filterwarnings("ignore", module=r"nbgrader\.api")

c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "groundup"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "."  # generate_assignment has the student ".", so week00 lands in ./week00
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.CourseDirectory.solution_directory = "grading/solution"
c.CourseDirectory.source_with_tests_directory = "grading/source_with_tests"
c.CourseDirectory.db_url = f"sqlite:///{(grading / 'gradebook.db').as_posix()}"
# Lesson sources hold the solutions: never copied to students. quiz.yml holds the right answers, library the reference.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "[0-9][0-9]_*.py", "quiz.yml", "library"]

c.ZipCollectApp.downloaded_directory = "grading/downloaded"
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[A-Za-z0-9_.-]+)/(?P<file_id>[A-Za-z0-9_]+)\.ipynb$"

# What a submission may use under `groundup grade` (all of them: solutions/grading.md), for example:
# c.Limits.cell_seconds = 30

# A graded cell needs at most 5 s; a cell that takes longer than this loops.
c.Execute.timeout = 20
c.Execute.iopub_timeout = 60  # a busy machine may be slow to hand over outputs; nbgrader's 4 s would cost all points
c.Execute.extra_arguments = ["--log-level=ERROR"]  # else every kernel warns that it listens on this machine
c.Execute.store_widget_state = False  # nobody moves a slider in an autograded notebook; feedback stays without scripts

# With this line `nbgrader autograde` runs notebooks through the engine: faster, and tests out of reach of what students
# wrote. It needs the sandbox of `groundup grade` (Linux with bubblewrap), and without one it grades nothing.
# from groundup.grading.nbgrader_parts.execute import PREPROCESSORS; c.Autograde.autograde_preprocessors = PREPROCESSORS

# Feedback names what failed and shows no hidden test; what a student wrote runs neither there nor in the formgrader.
c.GenerateFeedback.preprocessors = [
    GetGrades, HideHiddenTests, ClearHiddenTests, SanitizeFeedback, CSSHTMLHeaderPreprocessor,
]  # fmt: skip
c.HTMLExporter.filters = {"markdown2html": clean_markdown}
c.HTMLExporter.sanitize_html = True
