"""What shows that grading is right: the answer bank with its proof, and the sample class of the demo.

bank, filling, tasks, prove   answers, put into notebooks, as many in one as do not touch each other, graded, counted
sample_class, demo, showing   students with a story each, graded as a class is, and what is printed of it
"""
