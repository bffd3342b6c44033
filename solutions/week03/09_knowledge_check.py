# %% [markdown]
# # Week 03 · Knowledge check
#
# **About 75 minutes.** Six questions, answered in your own words. Each is worth one point, and half points are possible; your instructor reads them. **Five of the six points** is the mark to pass.
#
# A check of a function sees whether your code is right. It cannot see whether you know why. That is what these six are for: you can answer each of them when you can explain it to a friend, and none of them by reciting a sentence.
#
# How to go about it:
#
# 1. Answer all six once without looking anything up, on paper or here. You see at once where you stand.
# 2. Then look things up: your own notebooks, the [quick reference](../week00/quick_reference.md), a cell that you run. Improve what you wrote.
# 3. Read your answer aloud. Would somebody who has finished week 00, and not this week, understand it?
#
# How it is judged:
#
# - **A whole point**: the claim is right, the reason is there, and a number, a formula or a shape that you worked out yourself shows that it holds.
# - **Half a point**: the claim is right, and either the reason or the number is missing, or one of them has a mistake.
# - **No point**: only the name of the thing ("because of the chain rule"), or a text that does not answer the question.
#
# Four to eight sentences are enough for each. Formulas may be typed as in code, `dW = ...`, or as math between dollar signs. To write, double-click the cell under the question; Shift+Enter shows it set. Short and exact is worth as much as long.

# %% [markdown]
# ## Exercise 1 — one value, used twice
# **1 point · difficulty 3 of 5 · importance 5 of 5 · about 10 min · read by your instructor**
#
# A value $w$ is used in **two** places of a computation. In the backward pass, a gradient comes back from each place. Why is the gradient of $w$ the **sum** of the two, and neither the later one nor their product?
#
# Give the reason, and an example of your own with numbers: work out the gradient from the two places, then nudge $w$ by a small step and show that the sum is what the loss really does. Say what number comes out when the second gradient overwrites the first.
#
# *From lesson 1. A whole point needs the reason, and an example whose two ways give the same number.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "used_twice", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# When w moves by a small amount h, both places feel it. Through the first, the loss changes by h times the slope of that way; through the second, by h times
# the slope of the other way. To first order the two changes of the loss happen side by side, so they add up, and dividing by h leaves the sum of both slopes.
# (Along one way slopes multiply, because there each change is the cause of the next. Two ways are not causes of each other.)
#
# Example: L = 5w + w * w at w = 3. The first place sends back 5, the second 2w = 6, together 11. Nudged: L(3.001) - L(2.999) = 24.011001 - 23.989001 = 0.022, divided
# by 0.002 gives 11. When the second gradient overwrites the first, w gets 6 (or 5, if the other comes last), and the product would be 30.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 2 — the gradient of a layer's weights
# **1 point · difficulty 3 of 5 · importance 5 of 5 · about 10 min · read by your instructor**
#
# A layer computes `Z = X @ W + b` for a batch, with `X` of shape `(n, d_in)`. The gradient `dZ` of the loss with respect to `Z` arrives. Write the formula and the shape of `dW`, `db` and `dX`.
#
# Then explain `dW`: which numbers are added up for one single weight $W_{kj}$, the one from input $k$ to neuron $j$? Why does this make `X` appear **transposed**? And where does the $1/n$ of the mean stand, so that it is neither forgotten nor taken twice?
#
# *From lesson 2. A whole point needs three formulas with shapes, and the sum for one weight. "So that the shapes fit" is half of the explanation: a wrong formula can fit too.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "gradient_shapes", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# dW is X transposed times dZ: (d_in, n) times (n, d_out) gives (d_in, d_out), the shape of W. db is dZ summed over its rows: (d_out,). dX is dZ times W transposed:
# (n, d_out) times (d_out, d_in) gives (n, d_in).
#
# The weight W[k, j] is used once for every row i of the batch: it multiplies X[i, k] and goes into Z[i, j]. Its gradient from row i is therefore X[i, k] * dZ[i, j],
# and since one and the same weight is used n times, these n numbers are added: the sum over i. A matrix product sums over the last axis of the left matrix and the first
# of the right one. In X the axis of the rows comes first, so X has to be turned to bring it to the place where it is summed over.
#
# The 1/n belongs to the loss, which is a mean. It comes in once, with the gradient of the loss (for cross-entropy dZ = (P - Y) / n), and is inside dZ from there on; the
# layer adds up and divides by nothing.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 3 — the loss before anything is learned
# **1 point · difficulty 2 of 5 · importance 5 of 5 · about 8 min · read by your instructor**
#
# You make a new network for 10 balanced classes and compute the cross-entropy on the first batch, **before** the first step. Which number do you expect, and why?
#
# Then three colleagues tell you their first numbers: **2.31**, **23** and **0.23**. What do you tell each of them? For the two that are off, name one cause that fits and what you would print to find out.
#
# *From lessons 2 and 6. A whole point needs the number with its derivation, and a fitting cause for both, too high and too low.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "first_loss", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# A network that knows nothing gives each of the 10 classes about the same probability, 1/10. The cross-entropy is the mean of -log of the probability of the right
# class: -log(1/10) = log 10, about 2.30.
#
# 2.31 is what one expects (start weights are random, so it is never exact). 23 means the network is sure of wrong answers: its logits are large. Causes: start weights
# that are too large, or pixels from 0 to 255 that were not normalized; print the largest entry of the logits and of the inputs. (A sum in place of the mean also gives
# a large number; 23 would fit ten inputs. Divide by n and look again.)
#
# 0.23 is a tenth of what one expects, and a network that knows nothing cannot be so good. Likely the mean was taken over the 10 columns too: one-hot labels times log
# probabilities is an (n, 10) array with n numbers in it that are not 0, and its mean divides by 10n. Print the loss of one row by hand, -log of the probability of its right class: 2.3 says that
# the network is new and the mean is wrong. If it is small too, the network is not new (weights were loaded, the cell ran twice), or the label is among the inputs.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 4 — three lines of a training step
# **1 point · difficulty 2 of 5 · importance 5 of 5 · about 8 min · read by your instructor**
#
# `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`: for each of the three, say which numbers it **changes** and which it only **reads** (parameters, their `.grad`, the optimizer's own state). Show it on one parameter with plain SGD: `w` is 1, `w.grad` is 5 from the batch before, the loss is `3 * w`, the learning rate 0.1. What are `w` and `w.grad` after each line?
#
# Then say what happens in training when `zero_grad()` stands (a) between the forward pass and `backward()`; (b) between `backward()` and `step()`; (c) nowhere. What is `w` in the end, each time? Which of the three is right as well, and does any raise an error?
#
# *From lesson 5. A whole point needs all three lines right, with their numbers, and (a) to (c) with the last `w` and a consequence for the training.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "three_lines", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# zero_grad changes the gradients only: every .grad is set to None (or to 0). Here w stays 1, and the 5 is gone. backward reads the recorded graph and the parameters, and ADDS to every .grad;
# parameters stay as they are: w is 1, w.grad is 3. step reads .grad, the parameters and its own state, and changes the parameters, in place, and that state (a velocity, or Adam's running averages); it leaves
# .grad as it is: w is 1 - 0.1 * 3 = 0.7, w.grad is still 3.
#
# (a) is right as well, w ends at 0.7: the forward pass does not touch .grad, so it only matters that it is empty when backward begins. (b) throws away what was computed a moment ago: step finds nothing, w stays 1;
# the weights never change, and the loss curve is flat. (c) adds 3 to the old 5: w.grad is 8, and w ends at 0.2. The gradients of all batches pile up, each step is driven by old batches too, steps grow, and the loss
# falls at first and then jumps about or grows. None of the three raises an error, which is why one has to know it.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 5 — what bias correction repairs
# **1 point · difficulty 4 of 5 · importance 3 of 5 · about 12 min · read by your instructor**
#
# Adam with `lr = 0.001`, $\beta_1 = 0.9$, $\beta_2 = 0.999$ meets its **first** gradient: $g = 4$. Leave $\varepsilon$ out. Work out the first step **with** and **without** bias correction, with the numbers on the way: $m$, $s$ (the running averages of the gradient and of its square), and what they are divided by.
#
# Then explain: what is wrong with $m$ and $s$ in the first steps: is each too small or too large, and is the step then too short or too long? Why does the correction repair it? Why does it stop mattering later, and for which of the two sooner?
#
# *From lesson 4. A whole point needs both first steps as numbers, and the reason: where the averages start.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "bias_correction", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# m = 0.1 * 4 = 0.4 and s = 0.001 * 16 = 0.016. With correction: m / (1 - 0.9) = 4 and s / (1 - 0.999) = 16, so the step is 0.001 * 4 / sqrt(16) = 0.001, the learning rate itself,
# whatever the gradient was. Without: 0.001 * 0.4 / sqrt(0.016) = 0.001 * 3.16 = about 0.0032, three times too far.
#
# Both running averages start at 0, so in the first steps they are pulled toward 0: m holds only a tenth of the gradient, s only a thousandth of its square. They are too
# small by different factors, 10 and, after the root, about 32, so they do not cancel: the step comes out too large. After t steps a constant gradient has
# reached the share 1 - beta^t of its value, and dividing by this share gives back the value itself. The share approaches 1: for m after some 40 steps (0.9^40 is about 0.015), for s only
# after some thousands (0.999^3000 is about 0.05). Then the correction divides by nearly 1.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 6 — stuck at 90 % on MNIST
# **1 point · difficulty 4 of 5 · importance 5 of 5 · about 15 min · read by your instructor**
#
# A network 784 → 128 → 64 → 10 was trained on MNIST with the cross-entropy. No error, no warning; training accuracy and test accuracy both end at about 90 %. This week's networks reach 97 %. Two looks have been taken: the loss before training was **2.4**, and 32 of the images **can be learned by heart**: after 2,000 steps on them alone, with the same settings, their loss is 0.01.
#
# First name **two** causes that these looks rule out; say why, and which number one would have seen in its place. Then name **three** more things to look at, **in the order** in which you would look, and say why in this order. For each: what exactly do you print or draw; what do you expect to see if this is the cause; what would you change? A table of three rows is fine.
#
# *From lessons 2, 3 and 6. A whole point needs two causes ruled out with a number, three looks at causes that are left, each with what it would show, and a reason for the order. "I would try another optimizer" is a change and not a look.*

# %% [markdown] nbgrader={"grade": true, "grade_id": "stuck_at_ninety", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Ruled out: pixels from 0 to 255 (and start weights that are too large), because the first loss would be far above log 10, about 10 or 150 by the start weights, and not 2.4. A softmax before
# the cross-entropy, because no loss could get below 1.46, also on 32 images. No update at all, or weights 0: then the 32 images would stay near 2.3. And overfitting, because training and test accuracy
# are equal. What is left learns, and too little. I look at what costs nothing first.
#
# 1. The network: print the model. If there is no ReLU between the layers, it is one linear layer, which ends near 92 % on MNIST. (It still learns 32 images by heart: 784 weights for each digit are enough for that.)
# Change: an activation between the layers.
#
# 2. The loss of every epoch, drawn: I have it already if the loop keeps a history. Still falling at the end means a rate that is too small or a training that is too short, the last epoch still lower than the one before by some percent:
# ten times the learning rate, or more epochs. Jumping up and down means a rate that is too large: a tenth of it.
#
# 3. Where the mistakes are, which needs all images once: the confusion matrix and the 16 training images with the largest loss. One row with a recall near 0 means one digit is missing, which alone costs 10 %; labels that do not
# fit to the pictures mean that a part of the data is wrong. Change: the data.
#
# Other good looks: the share of hidden neurons that are 0 for every image (dead ReLU), the settings of the optimizer (a large weight decay), the norm of the gradient of each layer.
# ### END SOLUTION

# %% [markdown]
# ## Before you hand in
#
# - Does every answer hold a number, a formula or a shape that you worked out yourself?
# - Where you wrote *because*: does a reason follow, or a name?
# - Where you are not sure: say so, and say what you would run to find out. That is worth more than a guess in a firm voice.
#
# Save the notebook and hand it in with the others of the week. Your instructor reads it; until then these points count 0. `groundup check` cannot say whether a text is right, so here it says *read by your instructor*.
#
# Fewer than five points? Take the questions you lost, do the lesson named under each once more, and answer them again aloud, a week later.
#
# **Next:** the [confidence check](README.md#confidence-check) of the week, and the weeks until 07, where networks get ten layers and still learn.
