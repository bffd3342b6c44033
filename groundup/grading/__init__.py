"""Grading: submissions in; marks, feedback and a report out. Nothing in `groundup.lessons` imports from here.

Begin with jobs.py, what travels between the steps, then assess.py, one notebook from bytes to marks in a page, then
engine.py, a whole class. The five steps, and which file is the boundary for what:

1. collect  reading/collect.py     downloads of a platform → grading/submitted/STUDENT/WEEK/LESSON.ipynb. Untrusted
                                   archives: reading/archives.py; whose a file is: reading/owners.py
2. rebuild  reading/master.py      the instructor's notebook with the student's answers in it, and a `Job`. Untrusted
                                   bytes end in groundup/selfcheck/reading.py, untrusted cells in `Master.rebuild`
3. run      running/runner.py      cells in the student's process (student.py), tests in the checker's (checker.py).
                                   The sandbox: running/sandbox.py and namespaces.py, around forks of warm.py.
                                   What crosses between the two processes: wire/, asked by asking.py for the checker,
                                   given by answering.py for the student; wire/values.py decides what is plain data
4. record   recording/gradebook.py the one writer: marks into nbgrader's gradebook, graded notebooks into autograded/
5. report   reporting/             feedback.py for each student, report.py for the instructor, escaped by pages.py

spread.py hands submissions to this process or to a cluster (cluster.py); settings.py reads nbgrader_config.py. proof/
shows that it is right: the answer bank and the sample class of the demo. nbgrader_parts/ is for those who stay with
plain nbgrader.
"""

import sys

# jsonschema, which nbformat imports, parses a grammar of web addresses for more than a second when it finds this
# module. No notebook holds an address that has to be checked, and every worker would wait for it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
