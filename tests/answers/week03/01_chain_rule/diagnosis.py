# %% right: capitals
diagnosis = "B C E"

# %% right: small, no blanks
diagnosis = "bce"

# %% right: a list
diagnosis = ["B", "C", "E"]

# %% wrong: 1 is the seed
# says: engine 1 is not A
diagnosis = "A C E"

# %% wrong: 2 no local gradients
# says: engine 2 is not D
diagnosis = "B D E"

# %% wrong: 3 replaces
# says: engine 3 is not B
diagnosis = "B C B"

# %% wrong: two letters
# says: three letters are wanted
diagnosis = "B C"
