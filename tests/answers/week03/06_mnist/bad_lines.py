# %% right: letters without blanks
bad_lines = "ACFI"

# %% right: small letters, another order, commas
bad_lines = "i, f, c, a"

# %% right: a list
bad_lines = ["A", "C", "F", "I"]

# %% wrong: nothing written
# says: nothing is written yet
bad_lines = ""

# %% wrong: accuses zero_grad after the step
# says: line G is good
bad_lines = "A C F G"

# %% wrong: accuses the test during training
# says: line H is good
bad_lines = "A C F H I"

# %% wrong: accuses the scaling
# says: line B is good
bad_lines = "B C F I"

# %% wrong: misses the leak through the best epoch
# says: three of the four are found
bad_lines = "A C F"

# %% wrong: finds the two that spoil the training
# says: at least two bad lines are missing
bad_lines = "C F"

# %% wrong: a letter that is no line
# says: There is one that names no line
bad_lines = "A C F K"

# %% right: words between the letters
bad_lines = "lines A, C, F and I"

# %% right: a reason for each
bad_lines = "A: leak; C: torn apart, bad; F: double softmax; I: the best epoch"

# %% right: an array
bad_lines = np.array(["A", "C", "F", "I"])
