"""Which answers of the bank are graded in one notebook.

A wrong answer is graded among right answers to all exercises that it could touch, so each loss has one cause. Wrong
answers share a notebook only when no code of one calls the other, directly or through other exercises. Right answers
are graded in whole notebooks: the first answers to all exercises in one, the second ones in another, and so on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from groundup.grading.proof.bank import Answer, answers
from groundup.lessons.course import Course, Lesson
from groundup.lessons.exercises import model_answers


@dataclass(frozen=True)
class Task:
    """One notebook to grade: its answers by exercise, and those of them that are under proof."""

    lesson: Lesson
    cells: dict[str, str]
    proved: tuple[Answer, ...]


def tasks(course: Course, lesson: Lesson) -> list[Task]:
    """The notebooks that prove a lesson's whole bank; the first holds the lesson's own solutions."""
    bank, model = answers(course, lesson), model_answers(lesson)
    groups = [(), *_right_together(bank), *_wrong_together(bank, model)]
    return [Task(lesson, {**model, **{answer.exercise: answer.source for answer in group}}, group) for group in groups]


def _right_together(bank: list[Answer]) -> list[tuple[Answer, ...]]:
    by_exercise: dict[str, list[Answer]] = {}
    for answer in bank:
        if answer.right:
            by_exercise.setdefault(answer.exercise, []).append(answer)
    longest = max(map(len, by_exercise.values()), default=0)
    return [tuple(group[k] for group in by_exercise.values() if k < len(group)) for k in range(longest)]


def _wrong_together(bank: list[Answer], model: dict[str, str]) -> list[tuple[Answer, ...]]:
    groups: list[list[Answer]] = []
    for answer in (answer for answer in bank if not answer.right):
        for group in groups:
            if all(_apart(answer, other, model) for other in group):
                group.append(answer)
                break
        else:
            groups.append([answer])
    return [tuple(group) for group in groups]


def _apart(one: Answer, other: Answer, model: dict[str, str]) -> bool:
    return one.exercise not in _reach(other, model) and other.exercise not in _reach(one, model)


def _reach(answer: Answer, model: dict[str, str]) -> set[str]:
    """The exercises whose code an answer may run: its own, those it names, those they name, and so on."""
    reached = {answer.exercise}
    todo = [answer.source]
    while todo:
        named = {name for name in model if re.search(rf"\b{name}\b", todo[-1])} - reached
        todo.pop()
        reached |= named
        todo += [model[name] for name in named]
    return reached
