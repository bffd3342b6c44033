# %% right: two names
def slope_by_nudging(f, x, h):
    right, left = f(x + h), f(x - h)
    return (right - left) / (2 * h)

# %% right: the mean of both one-sided slopes, a 0-d array
def slope_by_nudging(f, x, h):
    forward = (f(x + h) - f(x)) / h
    backward_slope = (f(x) - f(x - h)) / h
    return np.array((forward + backward_slope) / 2)

# %% right: divides twice
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x - h)) / 2 / h

# %% wrong: to the right only
# says: this nudges to the right only
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x)) / h

# %% wrong: divides by h
# says: the two places are 2h apart
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x - h)) / h

# %% wrong: precedence below
# says: divides by 2 and then multiplies by h
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h

# %% wrong: a nudge of its own
# says: Use the `h` that is given
def slope_by_nudging(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: left minus right
# says: the sign is turned around
def slope_by_nudging(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)

# %% wrong: the size of the rise
# says: Is there an `abs`?
def slope_by_nudging(f, x, h):
    return abs(f(x + h) - f(x - h)) / (2 * h)

# %% wrong: rounds
# says: rounded to 4 digits
def slope_by_nudging(f, x, h):
    return round((f(x + h) - f(x - h)) / (2 * h), 4)

# %% wrong: half nudges
# says: the nudge is half of `h` on each side
def slope_by_nudging(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h
