"""Grading: submissions in, scores and feedback out. Nothing in `groundup.lessons` imports from here."""
