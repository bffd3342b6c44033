# %% right: two loops
def most_confused(counts, k):
    found = []
    for true in range(len(counts)):
        for predicted in range(len(counts)):
            if true != predicted and counts[true, predicted] > 0:
                found.append((true, predicted, counts[true, predicted]))
    found.sort(key=lambda triple: triple[2], reverse=True)
    return found[:k]

# %% right: argsort of a copy
def most_confused(counts, k):
    off = counts.copy()
    np.fill_diagonal(off, 0)
    best = np.argsort(-off, axis=None)[:k]
    rows, columns = np.unravel_index(best, off.shape)
    return [[int(t), int(p), int(off[t, p])] for t, p in zip(rows, columns) if off[t, p]]

# %% right: takes the largest, again and again
def most_confused(counts, k):
    left = {(t, p): int(c) for t, row in enumerate(counts) for p, c in enumerate(row) if t != p and c}
    out = []
    while left and len(out) < k:
        pair = max(left, key=left.get)
        out.append((*pair, left.pop(pair)))
    return out

# %% wrong: the diagonal is in
# says: the diagonal is in
def most_confused(counts, k):
    triples = [(t, p, int(c)) for (t, p), c in np.ndenumerate(counts) if c > 0]
    return sorted(triples, key=lambda triple: -triple[2])[:k]

# %% wrong: turned around
# says: true and predicted are turned around
def most_confused(counts, k):
    triples = [(p, t, int(c)) for (t, p), c in np.ndenumerate(counts) if c > 0 and t != p]
    return sorted(triples, key=lambda triple: -triple[2])[:k]

# %% wrong: pairs that never happened
# says: a pair with count 0 is in the list
def most_confused(counts, k):
    triples = [(t, p, int(c)) for (t, p), c in np.ndenumerate(counts) if t != p]
    return sorted(triples, key=lambda triple: -triple[2])[:k]

# %% wrong: both directions together
# says: the two directions are added up
def most_confused(counts, k):
    n = len(counts)
    triples = [(a, b, int(counts[a, b] + counts[b, a])) for a in range(n) for b in range(a + 1, n)]
    return sorted([t for t in triples if t[2] > 0], key=lambda triple: -triple[2])[:k]

# %% wrong: one mistake per row
# says: only the largest mistake of each row
def most_confused(counts, k):
    off = np.array(counts)
    np.fill_diagonal(off, 0)
    triples = [(t, int(row.argmax()), int(row.max())) for t, row in enumerate(off) if row.max() > 0]
    return sorted(triples, key=lambda triple: -triple[2])[:k]

# %% wrong: a dictionary by count
# says: one of them got lost
def most_confused(counts, k):
    found = {int(c): (t, p) for (t, p), c in np.ndenumerate(counts) if c > 0 and t != p}
    return [(*found[c], c) for c in sorted(found, reverse=True)[:k]]

# %% wrong: cut before it is sorted
# says: the list is cut to k before it is sorted
def most_confused(counts, k):
    triples = [(t, p, int(c)) for (t, p), c in np.ndenumerate(counts) if c > 0 and t != p][:k]
    return sorted(triples, key=lambda triple: -triple[2])
