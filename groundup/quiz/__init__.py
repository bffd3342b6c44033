"""The quizzes: questions with an explanation for every option, shown without a script, and their score.

    from groundup.quiz import score, show

    show("week00")                      # all questions; show("week00", 3) shows one
    score("week00", {1: "B", 2: "D"})   # prints what to look at again, returns the number of right answers

In: the name of a week, and letters. Out: HTML in the notebook, and a number that nbgrader takes as points.
The questions are written in `solutions/weekNN/quiz.yml`; `groundup build` packs them into this folder.
"""

from groundup.quiz.scoring import score
from groundup.quiz.showing import show

__all__ = ["score", "show"]
