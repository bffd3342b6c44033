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

# %% wrong: to the left only
# says: this nudges to the left only
def slope_by_nudging(f, x, h):
    return (f(x) - f(x - h)) / h

# %% wrong: divides by h
# says: the two places are 2h apart
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x - h)) / h

# %% wrong: no division
# says: the difference is not divided yet
def slope_by_nudging(f, x, h):
    return f(x + h) - f(x - h)

# %% wrong: precedence below
# says: divides by 2 and then multiplies by h
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h

# %% wrong: precedence above
# says: only the last part is divided
def slope_by_nudging(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)

# %% wrong: a nudge of its own
# says: Use the `h` that is given
def slope_by_nudging(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong: one side over 2h
# says: one side only, and divided by 2h
def slope_by_nudging(f, x, h):
    return (f(x + h) - f(x)) / (2 * h)

# %% wrong: left minus right
# says: the sign is turned around
def slope_by_nudging(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)

# %% wrong: prints
# says: returned None
def slope_by_nudging(f, x, h):
    print((f(x + h) - f(x - h)) / (2 * h))
