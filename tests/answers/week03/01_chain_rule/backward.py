# %% right: a dictionary, added at the end
def backward(node):
    order = topological_order(node)
    flow = {v: 0.0 for v in order}
    flow[node] = 1.0
    for v in order[::-1]:
        for i in range(len(v.parents)):
            flow[v.parents[i]] = flow[v.parents[i]] + flow[v] * v.local_grads[i]
    for v in order:
        v.grad = v.grad + flow[v]

# %% right: takes the old gradients away first
def backward(node):
    order = topological_order(node)
    before = [v.grad for v in order]
    for v in order:
        v.grad = 0.0
    node.grad = 1.0
    for v in reversed(order):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local
    for v, old in zip(order, before):
        v.grad += old

# %% right: an order of its own, by identity
def backward(node):
    waiting, found = {}, [node]
    for v in found:
        for p in v.parents:
            if id(p) not in waiting:
                waiting[id(p)] = 0
                found.append(p)
            waiting[id(p)] += 1
    flow = {id(v): 0.0 for v in found}
    flow[id(node)] = 1.0
    ready = [node]
    while ready:
        v = ready.pop()
        v.grad += flow[id(v)]
        for p, local in zip(v.parents, v.local_grads):
            flow[id(p)] += flow[id(v)] * local
            waiting[id(p)] -= 1
            if waiting[id(p)] == 0:
                ready.append(p)
    return node

# %% wrong: no seed
# says: nothing flows
def backward(node):
    for v in reversed(topological_order(node)):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local

# %% wrong: replaces
# says: a gradient is replaced where it must grow
def backward(node):
    node.grad = 1.0
    for v in reversed(topological_order(node)):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad = v.grad * local

# %% wrong: not reversed
# says: the order is walked from the inputs
def backward(node):
    node.grad = 1.0
    for v in topological_order(node):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local

# %% wrong: only local gradients
# says: what has arrived at the node is left out
def backward(node):
    node.grad = 1.0
    for v in reversed(topological_order(node)):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += local

# %% wrong: pushes along every path with what has piled up
# says: a part is handed on twice
def backward(node):
    def push(v):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local
            push(parent)

    node.grad = 1.0
    push(node)

# %% wrong: a queue without an order
# says: hands its gradient on before all its parts have arrived
def backward(node):
    node.grad = 1.0
    queue, seen = [node], {node}
    while queue:
        v = queue.pop(0)
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)

# %% wrong: old gradients flow again
# says: the old gradients flow a second time
def backward(node):
    node.grad = 1.0
    for v in reversed(topological_order(node)):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local

# %% wrong: sets to zero first
# says: the second call starts from zero
def backward(node):
    order = topological_order(node)
    for v in order:
        v.grad = 0.0
    node.grad = 1.0
    for v in reversed(order):
        for parent, local in zip(v.parents, v.local_grads):
            parent.grad += v.grad * local

# %% wrong: calls itself along every path
# says: every path is walked by itself
def backward(node):
    def push(v, flow):
        v.grad += flow
        for parent, local in zip(v.parents, v.local_grads):
            push(parent, flow * local)

    push(node, 1.0)

# %% wrong: a dictionary of parents
# says: a dictionary of parents keeps one
def backward(node):
    order = topological_order(node)
    flow = dict.fromkeys(order, 0.0)
    flow[node] = 1.0
    for v in reversed(order):
        v.grad += flow[v]
        for parent, local in dict(zip(v.parents, v.local_grads)).items():
            flow[parent] += flow[v] * local

# %% wrong: flows by data
# says: nodes with equal `data` are taken for one
def backward(node):
    order = topological_order(node)
    flow = {v.data: 0.0 for v in order}
    flow[node.data] = 1.0
    for v in reversed(order):
        v.grad += flow[v.data]
        for parent, local in zip(v.parents, v.local_grads):
            flow[parent.data] += flow[v.data] * local

# %% wrong: zip exchanged
# says: exchanged in `zip`
def backward(node):
    order = topological_order(node)
    flow = dict.fromkeys(order, 0.0)
    flow[node] = 1.0
    for v in reversed(order):
        v.grad += flow[v]
        for parent, local in zip(v.local_grads, v.parents):
            flow[parent] += flow[v] * local

# %% wrong: flow, not reversed
# says: `reversed` is missing
def backward(node):
    order = topological_order(node)
    flow = dict.fromkeys(order, 0.0)
    flow[node] = 1.0
    for v in order:
        v.grad += flow[v]
        for parent, local in zip(v.parents, v.local_grads):
            flow[parent] += flow[v] * local

# %% wrong: flow is never added
# says: `flow` is never added to `v.grad`
def backward(node):
    order = topological_order(node)
    flow = dict.fromkeys(order, 0.0)
    flow[node] = 1.0
    for v in reversed(order):
        for parent, local in zip(v.parents, v.local_grads):
            flow[parent] += flow[v] * local
