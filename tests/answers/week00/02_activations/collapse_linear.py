# %% right: dot
def collapse_linear(W1, b1, W2, b2):
    W = np.dot(W1, W2)
    b = np.dot(b1, W2) + b2
    return W, b

# %% right: sends inputs through
def collapse_linear(W1, b1, W2, b2):
    def both(X):
        return (X @ W1 + b1) @ W2 + b2

    b = both(np.zeros((1, W1.shape[0])))[0]
    return both(np.eye(W1.shape[0])) - b, b

# %% right: one matrix with the bias as its last row
def collapse_linear(W1, b1, W2, b2):
    stacked = np.vstack([W1, b1]) @ W2
    stacked[-1] += b2
    return stacked[:-1], stacked[-1]

# %% right: three loops
def collapse_linear(W1, b1, W2, b2):
    W, b = np.zeros((W1.shape[0], W2.shape[1])), np.array(b2, dtype=float)
    for j in range(W2.shape[1]):
        for k in range(W2.shape[0]):
            b[j] += b1[k] * W2[k, j]
            for i in range(W1.shape[0]):
                W[i, j] += W1[i, k] * W2[k, j]
    return [W, b]

# %% right: einsum
def collapse_linear(W1, b1, W2, b2):
    return np.einsum("ik,kj->ij", W1, W2), np.einsum("k,kj->j", b1, W2) + b2

# %% right: the bias from the other side
def collapse_linear(W1, b1, W2, b2):
    return (W2.T @ W1.T).T, W2.T @ b1 + b2

# %% wrong: biases added
# says: the first bias passes through the second layer
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2

# %% wrong: order turned around
# says: the order of the product is turned around
def collapse_linear(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2

# %% wrong: entry by entry
# says: `*` multiplies entry by entry
def collapse_linear(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2

# %% wrong: weights added
# says: the weights are added
def collapse_linear(W1, b1, W2, b2):
    return W1 + W2, b1 + b2

# %% wrong: only the second bias
# says: the first bias is missing
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b2

# %% wrong: the second bias is missing
# says: the second bias is missing
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2

# %% wrong: b and W turned around
# says: in the wrong order
def collapse_linear(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2

# %% wrong: only W
# says: the last line should be
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2

# %% wrong: W2 from the left
# says: the first bias is multiplied from the wrong side
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2

# %% wrong: the bias times W1
# says: passes through W2, and not through W1
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W1 + b2

# %% wrong: the bias goes through both
# says: here it goes through both
def collapse_linear(W1, b1, W2, b2):
    W = W1 @ W2
    return W, b1 @ W + b2

# %% wrong: both biases through the layer
# says: the second bias goes through no layer
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, (b1 + b2) @ W2

# %% wrong: the bias is a row
# says: without a second axis
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1[None, :] @ W2 + b2

# %% wrong: W2 transposed
# says: W2 is transposed
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2.T, b1 @ W2.T + b2

# %% wrong: the bias in the weights
# says: a bias got into the weights
def collapse_linear(W1, b1, W2, b2):
    return (W1 + b1) @ W2 + b2, b1 @ W2 + b2

# %% wrong: in place
# says: writes into what the caller gave
def collapse_linear(W1, b1, W2, b2):
    b2 += b1 @ W2
    return W1 @ W2, b2

# %% wrong: a ReLU in between
# says: a ReLU acts on the weights
def collapse_linear(W1, b1, W2, b2):
    return np.maximum(W1, 0) @ W2, np.maximum(b1, 0) @ W2 + b2

# %% wrong: two by two only
# says: the shape is (2, 2), and it should be (1, 1)
def collapse_linear(W1, b1, W2, b2):
    W = np.zeros((2, 2))
    for i in range(W1.shape[0]):
        for j in range(W2.shape[1]):
            W[i, j] = W1[i] @ W2[:, j]
    return W, b1 @ W2 + b2

# %% wrong: the first bias entry by entry through W2
# says: The bias goes through the layer with `@`
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 * W2 + b2

# %% wrong: the second bias through W1
# says: the wrong bias passes through a layer
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2 @ W1

# %% wrong: the product transposed
# says: the product is transposed
def collapse_linear(W1, b1, W2, b2):
    return W2.T @ W1.T, b1 @ W2 + b2

# %% wrong: works for equal sizes only
# says: fails a hidden test
def collapse_linear(W1, b1, W2, b2):
    n = len(b1)
    W = np.zeros((W1.shape[0], W2.shape[1]))
    for i in range(W1.shape[0]):
        for j in range(W2.shape[1]):
            W[i, j] = sum(W1[i, k] * W2[k, j] for k in range(min(n, 2)))
    return W, b1 @ W2 + b2
