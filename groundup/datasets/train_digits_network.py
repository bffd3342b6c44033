"""Train the weights in `digits_network.npz`: run `python -m groundup.datasets.train_digits_network`.

In: the training part of `digits_split()`. Out: the npz beside this file, and both accuracies, printed.
Plain NumPy and a seeded generator: running it twice on one machine writes the same bytes.
"""

import numpy as np

from groundup.datasets.bundled import NETWORK_FILE, Floats, Labels, Layers, digits_split

SEED = 7
HIDDEN = 32
EPOCHS = 60
BATCH = 32
LEARNING_RATE = 0.1
MOMENTUM = 0.9
WEIGHT_DECAY = 1e-4
# Four decimals hide the last-digit differences between one machine's arithmetic and another's.
DECIMALS = 4


def main() -> None:
    """Train, print the accuracy on both parts, write the npz."""
    X_train, y_train, X_test, y_test = digits_split()
    layers = train(X_train, y_train, np.random.default_rng(SEED))
    print(f"training part: {accuracy(X_train, y_train, layers):.2%} of {len(y_train):,}")
    print(f"held-out part: {accuracy(X_test, y_test, layers):.2%} of {len(y_test):,}")
    (W1, b1), (W2, b2) = layers
    np.savez(NETWORK_FILE, W1=W1, b1=b1, W2=W2, b2=b2)
    print(f"written: {NETWORK_FILE}")


def train(X: Floats, y: Labels, rng: np.random.Generator) -> Layers:
    """Train 64 -> 32 -> 10 by mini-batch gradient descent with momentum, from He initial weights.

    `X (n, 64)`, `y (n,)` integer labels. Returns `[(W1, b1), (W2, b2)]`, float64, rounded to four decimals.
    """
    layers = [he_layer(X.shape[1], HIDDEN, rng), he_layer(HIDDEN, 10, rng)]
    params = [array for layer in layers for array in layer]
    velocity = [np.zeros_like(array) for array in params]
    for epoch in range(EPOCHS):
        rate = LEARNING_RATE * (1 - epoch / EPOCHS)
        order = rng.permutation(len(X))
        for start in range(0, len(X), BATCH):
            rows = order[start : start + BATCH]
            for array, speed, slope in zip(params, velocity, gradients(X[rows], y[rows], layers), strict=True):
                speed *= MOMENTUM
                speed -= rate * (slope + WEIGHT_DECAY * array)
                array += speed
    return [(W.round(DECIMALS), b.round(DECIMALS)) for W, b in layers]


def he_layer(d_in: int, d_out: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return `W (d_in, d_out)` with standard deviation sqrt(2 / d_in) (He et al., 2015) and `b` of zeros."""
    return rng.normal(0.0, np.sqrt(2.0 / d_in), size=(d_in, d_out)), np.zeros(d_out)


def gradients(X: Floats, y: Labels, layers: Layers) -> list[Floats]:
    """Return the gradients of the mean cross-entropy for `W1, b1, W2, b2`, in this order."""
    (W1, b1), (W2, b2) = layers
    hidden = np.maximum(X @ W1 + b1, 0.0)
    logits = hidden @ W2 + b2
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    d_logits = shares / shares.sum(axis=1, keepdims=True)
    d_logits[np.arange(len(y)), y] -= 1.0
    d_logits /= len(y)
    d_hidden = (d_logits @ W2.T) * (hidden > 0)
    return [X.T @ d_hidden, d_hidden.sum(axis=0), hidden.T @ d_logits, d_logits.sum(axis=0)]


def accuracy(X: Floats, y: Labels, layers: Layers) -> float:
    """Return the share of rows whose largest logit is at the right digit."""
    (W1, b1), (W2, b2) = layers
    logits = np.maximum(X @ W1 + b1, 0.0) @ W2 + b2
    return float((logits.argmax(axis=1) == y).mean())


if __name__ == "__main__":
    main()
