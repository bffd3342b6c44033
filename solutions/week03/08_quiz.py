# %% [markdown]
# # Week 03 · Quiz
#
# **About 35 minutes.** Fifteen questions about the seven lessons of this week. They show you what stays, and where a second look pays.
#
# How it works, as in week 00:
#
# 1. Run the two cells below. The questions appear, each with the options A to D.
# 2. Answer all fifteen first, without clicking: on paper, or in the cell after the questions. Paper and pencil help with the numbers. Running code of your own is welcome too, but make a guess before you run it.
# 3. Write your letters into `my_answers` and run the check. It says how many are right and which questions to look at again. It does not say the right letters.
# 4. Think once more about those, change your letters, run the check again. You may try as often as you like; the last try counts.
# 5. Then click through the options above, all four of each question. Each one says why it is right, or which mistake leads to it. Every wrong option is a mistake that people make in earnest, and sooner or later you will meet most of them in your own code.
#
# By keyboard: Tab goes from question to question, Space and the arrow keys choose an option.

# %%
from groundup.quiz import score, show

# %%
show("week03")

# %% [markdown]
# ## Exercise 1 — fifteen questions
# **15 points · difficulty 3 of 5 · importance 4 of 5 · about 30 min**
#
# Write one letter between each pair of quotation marks: `1: "C"`. Capital or small makes no difference. A question that you leave out keeps its empty `""`, and gives no point.
# Then delete the last two lines of the cell, the comment and the line with `raise`, and run it.

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
my_answers = {
    1: "",  # one value, two uses
    2: "",  # the order of the nodes
    3: "",  # dW
    4: "",  # the batch twice
    5: "",  # the gradient of the logits
    6: "",  # two curves
    7: "",  # the fox
    8: "",  # momentum
    9: "",  # the ravine
    10: "",  # two rounds
    11: "",  # only no_grad
    12: "",  # stuck
    13: "",  # the new photo
    14: "",  # the third loss
    15: "",  # the last digit
}
### BEGIN SOLUTION
my_answers = dict(enumerate("BCDABDACACBDABC", start=1))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "quiz-score", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
# Check of the quiz: run this cell. The number below the sentence is your points.
score("week03", my_answers)

# %% [markdown]
# ## What to read again
#
# | question | is about | read again |
# |---|---|---|
# | 1 | a value that is used in two places | lesson 1, *The chain rule: slopes along a path multiply* |
# | 2 | in which order a backward pass visits the nodes | lesson 1, *step 3: topological order* |
# | 3 | which product is `dW`, and its shape | lesson 2, *A dense layer, backwards: the math, with every shape* |
# | 4 | the mean over the batch, and where its $1/n$ stands | lesson 2, *A dense layer, backwards: the math, with every shape* |
# | 5 | softmax and cross-entropy, backward | lesson 2, *Softmax and cross-entropy, in one step* |
# | 6 | reading two loss curves | lesson 3, *Underfitting and overfitting* |
# | 7 | precision and recall | lesson 3, *Precision and recall* |
# | 8 | what momentum does to the step | lesson 4, *Momentum: remember where you are heading* |
# | 9 | the learning rate in a ravine | lesson 4, *The ravine: why one learning rate is not enough* |
# | 10 | gradients that pile up | lesson 5, *One training step, and what `zero_grad` is for* |
# | 11 | `train()`, `eval()` and `no_grad()` | lesson 5, *`train()` against `eval()`* |
# | 12 | a network that stands still | lesson 6, *Stuck below 95 %?* |
# | 13 | whose mean and standard deviation | lesson 6, *From bytes to inputs* |
# | 14 | two networks that differ from the third loss on | lesson 7, *Bug hunt: four networks that are nearly the same* |
# | 15 | rounding, and how to tell it from a bug | lesson 7, *Twenty steps* |
#
# The course has three quizzes with 40 questions together: 10 in week 00, 15 here and 15 in week 07. The mark to pass is 32 of the 40.
# With 12 or more here you are on the way. With fewer, do the checkpoints at the end of the lessons again; they ask about the same ideas in other words.
#
# **Next:** the [knowledge check](09_knowledge_check.ipynb), six questions that you answer in your own words.
