"""Pages made of graded notebooks: feedback for a student, a report for the instructor.

In: `Graded` records, lessons, and what students wrote. Out: HTML pages that run no script and load nothing.
"""
