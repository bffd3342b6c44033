"""What a student runs before handing in: the visible checks, in a fresh kernel, on the notebook as it is saved.

    notebook file  →  cells (reading)  →  with the course's own checks (healing)  →  run (running)  →  said (report)

In: a notebook of the course. Out: for each exercise done, wrong (named) or not started, and the points so far.
"""
