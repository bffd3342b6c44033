# %% right: a counting loop
def accuracy(logits, y):
    right = 0
    for row, label in zip(logits, y):
        if list(row).index(max(row)) == label:
            right += 1
    return right / len(y)

# %% right: the largest of the row is at y
def accuracy(logits, y):
    return np.mean(logits[np.arange(len(y)), y] == logits.max(axis=1))

# %% right: sorting, count_nonzero
def accuracy(logits, y):
    picked = np.argsort(logits, axis=1)[:, -1]
    return np.count_nonzero(picked == y) / y.shape[0]

# %% right: scikit-learn
from sklearn.metrics import accuracy_score

def accuracy(logits, y):
    return accuracy_score(y, np.argmax(logits, -1))

# %% right: softmax first, one minus the share of mistakes, a 0-d array
def accuracy(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.array(1 - np.not_equal(p.argmax(axis=1), y).mean())

# %% wrong: counts
# says: this is how many are right
def accuracy(logits, y):
    return np.sum(logits.argmax(axis=1) == y)

# %% wrong: argmax down the columns
# says: runs down the columns (axis=0)
def accuracy(logits, y):
    return np.mean(logits.argmax(axis=0) == y)

# %% wrong: the value, not the place
# says: You need its place, argmax
def accuracy(logits, y):
    return np.mean(logits.max(axis=1) == y)

# %% wrong: percent
# says: this is in percent
def accuracy(logits, y):
    return 100 * np.mean(logits.argmax(axis=1) == y)

# %% wrong: integer division
# says: was the fraction cut off
def accuracy(logits, y):
    return np.sum(logits.argmax(axis=1) == y) // len(y)

# %% wrong: no mean
# says: this is one True or False per input
def accuracy(logits, y):
    return logits.argmax(axis=1) == y

# %% wrong: are all right?
# says: this is one True or False for the whole batch
def accuracy(logits, y):
    return np.array_equal(logits.argmax(axis=1), y)

# %% wrong: the error rate
# says: this is the share of wrong answers
def accuracy(logits, y):
    return np.mean(logits.argmax(axis=1) != y)

# %% wrong: forgets to compare
# says: Compare them with y first
def accuracy(logits, y):
    return np.mean(logits.argmax(axis=1))

# %% wrong: forgets return
# says: returned None
def accuracy(logits, y):
    np.mean(logits.argmax(axis=1) == y)

# %% wrong: counts at the wrong length
# says: divided by the number of classes
def accuracy(logits, y):
    return np.sum(logits.argmax(axis=1) == y) / logits.shape[1]

# %% wrong: above one half
# says: also where its probability is below one half
def accuracy(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(p[np.arange(len(y)), y] > 0.5)

# %% wrong: one minus the distance
# says: how far apart two of them are means nothing
def accuracy(logits, y):
    return 1 - np.mean(np.abs(logits.argmax(axis=1) - y))

# %% wrong: the argmax of the labels
# says: `y` holds the classes already
def accuracy(logits, y):
    return np.mean(logits.argmax(axis=1) == y.argmax())

# %% wrong: one minus the differences
# says: their differences mean nothing, and cancel
def accuracy(logits, y):
    return 1 - np.sum(logits.argmax(axis=1) - y) / len(y)

# %% wrong: ReLU first
# says: ReLU makes all negative logits equal
def accuracy(logits, y):
    return np.mean(np.argmax(relu(logits), axis=1) == y)

# %% wrong: the sizes
# says: the signs are lost
def accuracy(logits, y):
    return np.mean(np.argmax(np.abs(logits), axis=1) == y)

# %% wrong: rounds
# says: the answer was rounded to 2 digits
def accuracy(logits, y):
    return round(np.mean(logits.argmax(axis=1) == y), 2)

# %% wrong: a text
# says: this is text
def accuracy(logits, y):
    return f"{np.mean(logits.argmax(axis=1) == y):.0%}"

# %% wrong: argmin
# says: the smallest logit was picked
def accuracy(logits, y):
    return np.mean(logits.argmin(axis=1) == y)

# %% wrong: softmax down the columns
# says: logits of different inputs were compared
def accuracy(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=0)
    return np.mean(p.argmax(axis=1) == y)
