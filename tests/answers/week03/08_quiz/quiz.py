"""The quiz of week 03: letters in every form that is taken, and the ways to lose points or to be misread."""

# %% right: a dict, in another order
my_answers = {
    15: "C", 14: "B", 13: "A", 12: "D", 11: "B", 10: "C", 9: "A", 8: "C", 7: "A", 6: "D", 5: "B", 4: "A", 3: "D",
    2: "C", 1: "B",
}  # fmt: skip

# %% right: small letters, with blanks
my_answers = dict(enumerate(["b", " c", "d ", "a", "b", "d", "a", "c", "a", "c", "b", "d", "a", "b", "c"], start=1))

# %% right: a list
my_answers = ["B", "C", "D", "A", "B", "D", "A", "C", "A", "C", "B", "D", "A", "B", "C"]

# %% right: one string in three groups, and the stub left below
my_answers = "BCDAB DACAC BDABC"
raise NotImplementedError()

# %% wrong: the letters of week 00
# says: 10 letters for 15 questions
my_answers = "DBCBACDBCA"

# %% wrong: one option is wrong
# says: 14 of 15 right. Look again at question 10.
my_answers = "BCDAB DACAA BDABC"

# %% wrong: precision and recall swapped, and dX for dW
# says: 13 of 15 right. Look again at questions 3 and 7.
my_answers = "BCCAB DBCAC BDABC"

# %% wrong: the last two left out
# says: 13 of 15 right. Questions 14 and 15 have no letter yet.
my_answers = dict(enumerate("BCDABDACACBDA", start=1))

# %% wrong: the same letter everywhere
# says: 4 of 15 right.
my_answers = "A" * 15

# %% wrong: letters shifted by one question
# says: 0 of 15 right.
my_answers = "CDABDACACBDABCB"

# %% wrong: a letter that does not exist
# says: question 12 has the options A, B, C and D
my_answers = "BCDAB DACAC BEABC"

# %% wrong: two letters for one question
# says: one letter in quotation marks
my_answers = {1: "B", 2: "CD"}

# %% wrong: counted from 0
# says: 0 as the number of a question
my_answers = dict(enumerate("BCDABDACACBDABC"))

# %% wrong: everything left empty
# says: not answered yet
my_answers = {number: "" for number in range(1, 16)}
