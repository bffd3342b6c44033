# %% right: as the sections go
adam_order = "ABCDEF"

# %% right: count last
adam_order = "c e b a"
adam_order = "C B A E D F"

# %% right: a list, squares first
adam_order = ["a", "c", "e", "b", "d", "f"]

# %% wrong: nothing
# says: nothing is written yet
adam_order = ""

# %% wrong: uncorrected step
# says: card G steps with the averages as they are
adam_order = "A B C D E G"

# %% wrong: count after the correction
# says: before it is counted
adam_order = "B C D E A F"

# %% wrong: corrects before averaging
# says: before the new gradient is in it
adam_order = "A D E B C F"

# %% wrong: a number
# says: write text: letters between quotation marks
adam_order = 123
