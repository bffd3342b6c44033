# %% right: capitals
diagnosis = "B C E"

# %% right: small, no blanks
diagnosis = "bce"

# %% right: a list
diagnosis = ["B", "C", "E"]

# %% wrong: 1 is the seed
# says: engine 1 is not A
diagnosis = "A C E"

# %% wrong: 1 only first parent
# says: engine 1 is not F
diagnosis = "F C E"

# %% wrong: 1 and 3 exchanged
# says: engine 1 is not E
diagnosis = "E C B"

# %% wrong: 2 is the seed
# says: engine 2 is not A
diagnosis = "B A E"

# %% wrong: 2 no local gradients
# says: engine 2 is not D
diagnosis = "B D E"

# %% wrong: 3 replaces
# says: engine 3 is not B
diagnosis = "B C B"

# %% wrong: 3 no local gradients
# says: engine 3 is not D
diagnosis = "B C D"

# %% wrong: two letters
# says: three letters are wanted
diagnosis = "B C"

# %% wrong: numbers
# says: write text
diagnosis = [2, 3, 5]
