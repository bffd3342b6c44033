"""The quiz: letters in every form that is taken, and the ways to lose points or to be misread."""

# %% right: a dict, in another order
my_answers = {10: "A", 9: "C", 8: "B", 7: "D", 6: "C", 5: "A", 4: "B", 3: "C", 2: "B", 1: "D"}

# %% right: small letters, with blanks
my_answers = {1: "d", 2: " b", 3: "c ", 4: "b", 5: "a", 6: "c", 7: "d", 8: "b", 9: "c", 10: "a"}

# %% right: a list
my_answers = ["D", "B", "C", "B", "A", "C", "D", "B", "C", "A"]

# %% right: one string in two groups
my_answers = "DBCBA CDBCA"

# %% right: numbers in quotation marks, and the stub left below
my_answers = {"1": "D", "2": "B", "3": "C", "4": "B", "5": "A", "6": "C", "7": "D", "8": "B", "9": "C", "10": "A"}
raise NotImplementedError()

# %% wrong: one option is wrong
# says: 9 of 10 right. Look again at question 4.
my_answers = {1: "D", 2: "B", 3: "C", 4: "A", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 10: "A"}

# %% wrong: three are wrong
# says: 7 of 10 right. Look again at questions 3, 5 and 9.
my_answers = {1: "D", 2: "B", 3: "B", 4: "B", 5: "D", 6: "C", 7: "D", 8: "B", 9: "A", 10: "A"}

# %% wrong: a question left empty
# says: 9 of 10 right. Question 7 has no letter yet.
my_answers = {1: "D", 2: "B", 3: "C", 4: "B", 5: "A", 6: "C", 7: "", 8: "B", 9: "C", 10: "A"}

# %% wrong: two left out, one wrong
# says: 7 of 10 right. Look again at question 1. Questions 9 and 10 have no letter yet.
my_answers = {1: "A", 2: "B", 3: "C", 4: "B", 5: "A", 6: "C", 7: "D", 8: "B"}

# %% wrong: letters shifted by one question
# says: 0 of 10 right. Look again at questions 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10.
my_answers = {1: "A", 2: "D", 3: "B", 4: "C", 5: "B", 6: "A", 7: "C", 8: "D", 9: "B", 10: "C"}

# %% wrong: the same letter everywhere
# says: 2 of 10 right.
my_answers = "AAAAAAAAAA"

# %% wrong: a letter that does not exist
# says: question 4 has the options A, B, C and D
my_answers = {1: "D", 2: "B", 3: "C", 4: "E", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 10: "A"}

# %% wrong: a fourth option where there are three
# says: question 3 has the options A, B and C
my_answers = {1: "D", 2: "B", 3: "D", 4: "B", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 10: "A"}

# %% wrong: two letters for one question
# says: one letter in quotation marks
my_answers = {1: "D", 2: "B", 3: "C", 4: "AB", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 10: "A"}

# %% wrong: the place of the option instead of its letter
# says: 4 for question 1
my_answers = {1: 4, 2: 2, 3: 3, 4: 2, 5: 1, 6: 3, 7: 4, 8: 2, 9: 3, 10: 1}

# %% wrong: a question that does not exist
# says: 11 as the number of a question
my_answers = {1: "D", 2: "B", 3: "C", 4: "B", 5: "A", 6: "C", 7: "D", 8: "B", 9: "C", 11: "A"}

# %% wrong: counted from 0
# says: 0 as the number of a question
my_answers = dict(enumerate("DBCBACDBCA"))

# %% wrong: nine letters in a list
# says: 9 letters for 10 questions
my_answers = ["D", "B", "C", "B", "A", "C", "D", "B", "C"]

# %% wrong: a set has no order
# says: a dict of numbers and letters
my_answers = {"A", "B", "C", "D"}

# %% wrong: everything left empty
# says: not answered yet
my_answers = {number: "" for number in range(1, 11)}
