"""From lesson sources to the notebooks students open.

    solutions/week00/01_perceptron.py  →  .ipynb beside it (what nbgrader reads)  →  week00/01_perceptron.ipynb

`source` makes the notebook, `edition` the student edition, `leaks` and `stubs` prove that the edition gives
nothing away and that an untouched one scores nothing.
"""

from groundup.lessons.course import Course, CourseError, Lesson

__all__ = ["Course", "CourseError", "Lesson"]
