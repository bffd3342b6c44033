# %% right: other order
def l2_gradient(w, dw, weight_decay):
    return np.add(np.multiply(w, weight_decay), dw)

# %% right: entry by entry
def l2_gradient(w, dw, weight_decay):
    new = np.array(dw, dtype=float)
    for place in np.ndindex(*np.shape(w)):
        new[place] += weight_decay * w[place]
    return new

# %% right: autograd of the penalty
def l2_gradient(w, dw, weight_decay):
    import torch

    x = torch.tensor(np.asarray(w), requires_grad=True)
    (weight_decay / 2 * (x**2).sum()).backward()
    return dw + x.grad.numpy()

# %% wrong: factor two
# says: there is a factor of 2 too much: the penalty has a half, and its gradient is weight_decay times w
def l2_gradient(w, dw, weight_decay):
    return dw + 2 * weight_decay * w

# %% wrong: minus
# says: the penalty is subtracted: weights would grow. Add its gradient
def l2_gradient(w, dw, weight_decay):
    return dw - weight_decay * w

# %% wrong: in place
# says: writes into what the caller gave
def l2_gradient(w, dw, weight_decay):
    dw += weight_decay * w
    return dw

# %% wrong: with a state
# says: only one thing is asked for
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay * w, {}

# %% wrong: half
# says: there is a half too much
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay / 2 * w

# %% wrong: size
# says: the size of each weight was added
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay * np.abs(w)

# %% wrong: fixed
# says: weight_decay is fixed at 0.25
def l2_gradient(w, dw, weight_decay):
    return dw + 0.25 * w
