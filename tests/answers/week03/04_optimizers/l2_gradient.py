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

# %% wrong: penalty alone
# says: this is the gradient of the penalty alone. Add it to dw
def l2_gradient(w, dw, weight_decay):
    return weight_decay * w

# %% wrong: squares
# says: the weights are squared. The gradient of a half of the square is the weight itself
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay * w**2

# %% wrong: signs
# says: this adds the sign of each weight (L1). L2 adds the weight itself
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay * np.sign(w)

# %% wrong: mean
# says: the penalty was averaged over the weights. It is a sum
def l2_gradient(w, dw, weight_decay):
    return dw + weight_decay * w / w.size

# %% wrong: in place
# says: writes into what the caller gave
def l2_gradient(w, dw, weight_decay):
    dw += weight_decay * w
    return dw
