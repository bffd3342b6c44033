# %% right: one line
diagnosis = {"A": "weight decay", "B": "transpose", "C": "sum", "D": "softmax"}

# %% right: key by key
diagnosis = {letter: "" for letter in "ABCD"}
diagnosis["D"] = "softmax"
diagnosis["C"] = "sum"
diagnosis["B"] = "transpose"
diagnosis["A"] = "weight decay"

# %% right: dict with keywords
diagnosis = dict(zip("CBAD", ("sum", "transpose", "weight decay", "softmax")))

# %% wrong: zero_grad for weight decay
# says: in the first step nothing has piled up yet: the second loss would still be right
diagnosis = {"A": "zero_grad", "B": "transpose", "C": "sum", "D": "softmax"}

# %% wrong: sum for softmax
# says: a sum over 12 rows gives 12 times the mean, also in the first loss. Divide the two first losses
diagnosis = {"A": "weight decay", "B": "transpose", "C": "sum", "D": "sum"}

# %% wrong: float32 for weight decay
# says: float32 keeps 7 digits: the logits would differ by about 1e-7, neither more nor not at all
diagnosis = {"A": "float32", "B": "transpose", "C": "sum", "D": "softmax"}

# %% wrong: weight decay for softmax
# says: this mistake acts in the steps, and the first loss is wrong already
diagnosis = {"A": "weight decay", "B": "transpose", "C": "sum", "D": "weight decay"}

# %% wrong: softmax for weight decay
# says: a second softmax changes the first loss, and here it is right
diagnosis = {"A": "softmax", "B": "transpose", "C": "sum", "D": "softmax"}

# %% wrong: other words
# says: write one of the six words of the table, letter by letter
diagnosis = {"A": "weight_decay", "B": "transpose", "C": "sum", "D": "softmax"}
