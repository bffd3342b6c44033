"""From what was handed in to what is run. Everything that comes from outside is read here.

collect     downloads of a learning platform → grading/submitted/ (archives, layouts, owners are its parts)
master      the instructor's notebook, and a submission rebuilt on it
names       which names a cell reads and makes, so that only needed cells run
submissions a file in grading/submitted/ → a job, or the reason why there is none
evidence    lines of a submission that an instructor should look at
"""
