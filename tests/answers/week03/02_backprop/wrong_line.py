# %% right: a dictionary
wrong_line = {1: 2, 2: 3, 3: 5, 4: 5}

# %% right: a list in order
wrong_line = [2, 3, 5, 5]

# %% right: filled in one by one, as text
wrong_line = {1: None, 2: None, 3: None, 4: None}
wrong_line[1] = "line 2"
wrong_line[2] = "line 3"
wrong_line[3] = "line 5"
wrong_line[4] = "line 5"

# %% wrong: divides in line 3
# says: look at what both are made from
wrong_line = {1: 3, 2: 3, 3: 5, 4: 5}

# %% wrong: blames the right gradient
# says: the evidence says that dW2 is right
wrong_line = {1: 2, 2: 2, 3: 5, 4: 5}

# %% wrong: blames the first assignment
# says: What happens to it further down?
wrong_line = {1: 2, 2: 3, 3: 2, 4: 5}

# %% wrong: blames the last line
# says: It is wrong because dZ1 is
wrong_line = {1: 2, 2: 3, 3: 5, 4: 6}

# %% wrong: one number only
# says: write a dictionary with the keys 1, 2, 3 and 4
wrong_line = 2

# %% wrong: two lines for one function
# says: Write one whole number for each function
wrong_line = {1: [2, 5], 2: 3, 3: 5, 4: 5}

# %% wrong: other keys
# says: the keys are the numbers 1, 2, 3 and 4
wrong_line = {"broken_1": 2, "broken_2": 3, "broken_3": 5, "broken_4": 5}
