# %% [markdown]
# # Week 00 · Quiz
#
# **About 20 minutes.** Ten questions about the four lessons of this week. They show you what stays, and where a second look pays.
#
# How it works:
#
# 1. Run the two cells below. The questions appear, each with the options A to D (or A to C).
# 2. Answer all ten first, without clicking: on paper, or in the cell after the questions. Paper and pencil are welcome, and so is running code of your own.
# 3. Write your letters into `my_answers` and run the check. It says how many are right and which questions to look at again. It does not say the right letters.
# 4. Think once more about those, change your letters, run the check again. You may try as often as you like; the last try counts.
# 5. Then click through the options above. Each one says why it is right, or which mistake leads to it. These explanations are the best part of a quiz: read them also where you were right.
#
# By keyboard: Tab goes from question to question, Space and the arrow keys choose an option.

# %%
from groundup.quiz import score, show

# %%
show("week00")

# %% [markdown]
# ## Exercise 1 — ten questions
# **10 points · difficulty 2 of 5 · importance 4 of 5 · about 15 min**
#
# Write one letter between each pair of quotation marks: `1: "C"`. Capital or small makes no difference. A question that you leave out keeps its empty `""`, and gives no point.
# Then delete the last two lines of the cell, the comment and the line with `raise`, and run it.

# %% nbgrader={"grade": false, "grade_id": "quiz", "locked": false, "schema_version": 3, "solution": true, "task": false}
my_answers = {
    1: "",  # the boundary
    2: "",  # XOR
    3: "",  # slopes
    4: "",  # two layers
    5: "",  # softmax
    6: "",  # the shape of W
    7: "",  # the first loss
    8: "",  # nn.Linear
    9: "",  # the training loop
    10: "",  # logits
}
### BEGIN SOLUTION
my_answers = {1: "D", 2: "B", 3: "C", 4: "B", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 10: "A"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "quiz-score", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
# Check of the quiz: run this cell. The number below the sentence is your points.
score("week00", my_answers)

# %% [markdown]
# ## What to read again
#
# | question | is about | read again |
# |---|---|---|
# | 1 | what weights and bias do to the boundary | lesson 1, *What a neuron sees: a straight line* |
# | 2 | what one straight line cannot separate | lesson 1, *why one neuron cannot do XOR* |
# | 3 | activations and their slopes | lesson 2, *Slopes: what learning will use* |
# | 4 | two layers without an activation between them | lesson 2, *Why have an activation at all?* |
# | 5 | softmax that does not overflow | lesson 2, *Softmax: a row of scores becomes probabilities* |
# | 6 | the shape of a layer's weights | lesson 3, *One layer: the math, with every shape* |
# | 7 | the loss of a network that knows nothing | lesson 3, *Predict, then run: what does a network know before it learns?* |
# | 8 | how PyTorch stores a layer | lesson 4, *A layer: `nn.Linear`* |
# | 9 | the training loop, line by line | lesson 4, *The training loop* |
# | 10 | logits, and the loss that takes them | lesson 4, *Losses: cross-entropy and mean squared error* |
#
# The course has three quizzes with 40 questions together: 10 here, 15 in week 03 and 15 in week 07. The mark to pass is 32 of the 40.
# With 8 or more here you are on the way. With fewer, do the checkpoints at the end of the lessons again; they ask about the same ideas in other words.
#
# **Next:** the weeks until 03, and there the backward pass: how a network finds its weights.
