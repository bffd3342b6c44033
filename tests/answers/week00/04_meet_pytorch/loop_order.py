# %% right: zero first
loop_order = "DCBEA"

# %% right: zero after the forward pass
loop_order = "C D B E A"

# %% right: zero after the loss
loop_order = "c, b, d, e, a"

# %% right: zero at the end
loop_order = ["C", "B", "E", "A", "D"]

# %% right: with commas and arrows
loop_order = "D -> C -> B -> E -> A"

# %% wrong: step before backward
# says: the step comes before the backward pass
loop_order = "D C B A E"

# %% wrong: zero between backward and step
# says: zero_grad stands between backward and step
loop_order = "C B E D A"

# %% wrong: loss before logits
# says: the loss is computed before the logits that it needs
loop_order = "D B C E A"

# %% wrong: backward before the loss
# says: the backward pass comes before the loss
loop_order = "D C E B A"

# %% wrong: softmax before the loss
# says: line F is the double softmax
loop_order = "D C F B E A"

# %% wrong: forward of the loss
# says: line G is no part of the loop
loop_order = "D C B G E A"

# %% wrong: zero_grad forgotten
# says: zero_grad is missing
loop_order = "C B E A"

# %% wrong: no step
# says: the step is missing
loop_order = "D C B E"

# %% wrong: no backward pass
# says: the backward pass is missing
loop_order = "D C B A"

# %% wrong: no forward pass
# says: the forward pass is missing
loop_order = "D B E A"

# %% wrong: zeroes twice, the second time in the wrong place
# says: a line stands twice
loop_order = "D C B E D A"

# %% wrong: reads the table from top to bottom
# says: line G is no part of the loop
loop_order = "A B C D E F G"

# %% wrong: numbers instead of letters
# says: write text: letters between quotation marks
loop_order = [4, 3, 2, 5, 1]

# %% wrong: a line that does not exist
# says: there is a letter that names no line
loop_order = "D C B E H"

# %% wrong: nothing typed
# says: nothing is written yet
loop_order = ""
