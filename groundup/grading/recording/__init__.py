"""The one writer of a grading run: marks into nbgrader's gradebook, graded notebooks and faults into files."""

from groundup.grading.recording.gradebook import Recorder

__all__ = ["Recorder"]
