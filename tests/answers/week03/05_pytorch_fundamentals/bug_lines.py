# %% right: the lines
bug_lines = {"A": 2, "B": 1, "C": 7}

# %% right: built up, the other of the two
bug_lines = {}
bug_lines["C"] = 6
bug_lines["B"] = 1
bug_lines["A"] = 2

# %% right: a call of dict
bug_lines = dict(A=2, B=1, C=6)

# %% wrong: blames the step of A
# says: Along which gradients does it go
bug_lines = {"A": 7, "B": 1, "C": 6}

# %% wrong: blames no_grad
# says: It does not switch dropout off
bug_lines = {"A": 2, "B": 2, "C": 6}

# %% wrong: blames zero_grad of C
# says: it wipes the gradients in each round
bug_lines = {"A": 2, "B": 1, "C": 4}

# %% wrong: text
# says: write the line as a whole number
bug_lines = {"A": "line 2", "B": "line 1", "C": "line 6"}

# %% wrong: a letter is missing
# says: the letter C is missing
bug_lines = {"A": 2, "B": 1}
