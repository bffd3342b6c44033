# %% right: three cases with if
def perceptron_update(x, y, w, b, lr):
    y_hat = step(x @ w + b)
    if y == 1 and y_hat == 0:
        return w + lr * x, b + lr
    if y == 0 and y_hat == 1:
        return w - lr * x, b - lr
    return w, b

# %% right: entry by entry, a plain list
def perceptron_update(x, y, w, b, lr):
    z = b
    for j in range(len(x)):
        z = z + x[j] * w[j]
    e = y - (1 if z >= 0 else 0)
    return [w[j] + lr * e * x[j] for j in range(len(x))], b + lr * e

# %% right: predict on a batch of one
def perceptron_update(x, y, w, b, lr):
    y_hat = predict(x.reshape(1, -1), w, b)[0]
    error = y - y_hat
    w_new = w + lr * error * x
    b_new = b + lr * error
    return (w_new, b_new)

# %% right: a copy, then in place
def perceptron_update(x, y, w, b, lr):
    w = w.copy()
    e = y - int(np.dot(w, x) + b >= 0)
    w += lr * e * x
    b += lr * e
    return w, b

# %% right: bias as one more weight, 0-d arrays
def perceptron_update(x, y, w, b, lr):
    x1, w1 = np.append(x, 1.0), np.append(w, b)
    w1 = np.add(w1, np.multiply(lr * (y - np.asarray(step(w1 @ x1))), x1))
    return w1[:-1], np.array(w1[-1])

# %% right: the error turned around, and taken away
def perceptron_update(x, y, w, b, lr):
    too_much = float(step(np.sum(x * w) + b)) - y
    return [w - lr * too_much * x, b - lr * too_much]

# %% wrong: sign of the error
# says: the sign of the error is turned around
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = step(x @ w + b) - y
    return w + lr * error * x, b + lr * error

# %% wrong: minus in the update
# says: or the step is subtracted
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return w - lr * error * x, b - lr * error

# %% wrong: learning rate forgotten
# says: the learning rate is missing
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return w + error * x, b + error

# %% wrong: learning rate forgotten for the bias
# says: the learning rate is missing
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return w + lr * error * x, b + error

# %% wrong: input forgotten
# says: the input is missing
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return w + lr * error, b + lr * error

# %% wrong: moves along the weights
# says: Here it goes along w
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return w + lr * error * w, b + lr * error

# %% wrong: bias stays
# says: the bias did not change
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    w = w + lr * error * x
    return w, b

# %% wrong: bias moves along x
# says: the bias has no x in its step
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    step_size = lr * (y - step(x @ w + b)) * x
    return w + step_size, b + step_size

# %% wrong: returns the step alone
# says: this is only the step
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return lr * error * x, lr * error

# %% wrong: changes the weights in place
# says: writes into what the caller gave
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    w += lr * error * x
    b += lr * error
    return w, b

# %% wrong: a second name is not a copy
# says: writes into what the caller gave
def perceptron_update(x, y, w, b, lr):
    new_w = w
    error = y - step(x @ w + b)
    for j in range(len(x)):
        new_w[j] = new_w[j] + lr * error * x[j]
    return new_w, b + lr * error

# %% wrong: error from the score
# says: the error uses the score z
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - (x @ w + b)
    return w + lr * error * x, b + lr * error

# %% wrong: label in the place of the error
# says: y is 0 here, so `lr * y * x` does nothing
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    return w + lr * y * x, b + lr * y

# %% wrong: moves though the answer was right
# says: this answer was right already, so nothing should change
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    if y == 1:
        return w + lr * x, b + lr
    else:
        return w - lr * x, b - lr

# %% wrong: squared error
# says: take no square, no absolute value
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = (y - step(x @ w + b)) ** 2
    return w + lr * error * x, b + lr * error

# %% wrong: absolute error
# says: take no square, no absolute value
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = abs(y - step(x @ w + b))
    return w + lr * error * x, b + lr * error

# %% wrong: bias moves the wrong way only downward
# says: the bias went up, and the score was too high already
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    y_hat = step(x @ w + b)
    if y_hat != y:
        w = w + lr * (y - y_hat) * x
        b = b + lr
    return w, b

# %% wrong: bias forgotten in the score
# says: the bias is missing from the score
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w)
    return w + lr * error * x, b + lr * error

# %% wrong: error worked out again after w changed
# says: Work out the error once, before w changes
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    w = w + lr * (y - step(x @ w + b)) * x
    b = b + lr * (y - step(x @ w + b))
    return w, b

# %% wrong: a decision of its own that stops zero
# says: a score of exactly 0 is a yes
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    y_hat = 1 if x @ w + b > 0 else 0
    error = y - y_hat
    return w + lr * error * x, b + lr * error

# %% wrong: repeats until the answer is right
# says: the step is repeated until the answer is right
def perceptron_update(x, y, w, b, lr):
    while step(x @ w + b) != y:
        error = y - step(x @ w + b)
        w = w + lr * error * x
        b = b + lr * error
    return w, b

# %% wrong: bias becomes an array
# says: predict gives an array, also for a batch of one
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - predict(x.reshape(1, -1), w, b)
    return w + lr * error * x, b + lr * error

# %% wrong: bias before weights
# says: w and b come back in the wrong order
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    return b + lr * error, w + lr * error * x

# %% wrong: returns the weights alone
# says: the last line should be `return w, b`
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    w = w + lr * error * x
    b = b + lr * error
    return w

# %% wrong: two measurements only
# says: too short for this index
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x[0] * w[0] + x[1] * w[1] + b)
    return np.array([w[0] + lr * error * x[0], w[1] + lr * error * x[1]]), b + lr * error

# %% wrong: forgets return
# says: returned None
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    w = w + lr * error * x
    b = b + lr * error

# %% wrong: prints instead of returning
# says: did you print the answer instead
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    error = y - step(x @ w + b)
    print(w + lr * error * x, b + lr * error)

# %% wrong: the answer of the worked example
# says: work the answer out inside the function
# also fails: fit_perceptron
answer = 0  # what the worked example leaves behind

def perceptron_update(x, y, w, b, lr):
    e = y - answer
    w_after = w + lr * e * x
    b_after = b + lr * e
    return w_after, b_after

# %% wrong: the score of the worked example
# says: work the answer out inside the function
# also fails: fit_perceptron
z_before = -1.5  # what the worked example leaves behind

def perceptron_update(x, y, w, b, lr):
    e = y - step(z_before)
    return w + lr * e * x, b + lr * e

# %% wrong: the error of the worked example
# says: not `e` of the cell above
# also fails: fit_perceptron
e = 1  # what the worked example leaves behind

def perceptron_update(x, y, w, b, lr):
    return w + lr * e * x, b + lr * e

# %% wrong: bias first, then the error again
# says: Work out the error once, before b changes
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    b = b + lr * (y - step(x @ w + b))
    w = w + lr * (y - step(x @ w + b)) * x
    return w, b

# %% wrong: returns the old names
# says: Did you return the old names?
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = y - step(x @ w + b)
    w_after = w + lr * e * x
    b_after = b + lr * e
    return w, b

# %% wrong: returns the old name of the bias
# says: Did you return the old name?
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = y - step(x @ w + b)
    w_after = w + lr * e * x
    b_after = b + lr * e
    return w_after, b

# %% wrong: products not added up
# says: the score is one number
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = y - step(x * w + b)
    return w + lr * e * x, b + lr * e

# %% wrong: multiplies the weights by the step
# says: Add the step to them
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = y - step(x @ w + b)
    return w * lr * e * x, b + lr * e

# %% wrong: learning rate twice
# says: the learning rate is used twice
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = lr * (y - step(x @ w + b))
    return w + lr * e * x, b + lr * e

# %% wrong: bias inside the loop over the weights
# says: the bias moved once for every measurement
# also fails: fit_perceptron
def perceptron_update(x, y, w, b, lr):
    e = y - step(x @ w + b)
    w = w.copy()
    for j in range(len(w)):
        w[j] = w[j] + lr * e * x[j]
        b = b + lr * e
    return w, b
