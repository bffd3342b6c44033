# %% right: a stack of pairs, asked twice
def topological_order(node):
    order, seen = [], set()
    stack = [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif current not in seen:
            seen.add(current)
            stack.append((current, True))
            for parent in current.parents:
                stack.append((parent, False))
    return order

# %% right: counts the children
def topological_order(node):
    children, found = {node: 0}, [node]
    for current in found:
        for parent in current.parents:
            if parent not in children:
                children[parent] = 0
                found.append(parent)
            children[parent] += 1
    ready, backwards = [node], []
    while ready:
        current = ready.pop()
        backwards.append(current)
        for parent in current.parents:
            children[parent] -= 1
            if children[parent] == 0:
                ready.append(parent)
    return backwards[::-1]

# %% right: iterators on the stack, a tuple
def topological_order(node):
    seen, order, stack = {id(node)}, [], [(node, iter(node.parents))]
    while stack:
        current, rest = stack[-1]
        for parent in rest:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append((parent, iter(parent.parents)))
                break
        else:
            order.append(current)
            stack.pop()
    return tuple(order)

# %% wrong: calls itself
# says: your function calls itself once per node
def topological_order(node):
    order, seen = [], set()

    def visit(current):
        if current in seen:
            return
        seen.add(current)
        for parent in current.parents:
            visit(parent)
        order.append(current)

    visit(node)
    return order

# %% wrong: breadth first, turned around
# says: a node comes before one of its parents
def topological_order(node):
    found, queue = [node], [node]
    while queue:
        for parent in queue.pop(0).parents:
            if parent not in found:
                found.append(parent)
                queue.append(parent)
    return found[::-1]

# %% wrong: depth first on the way down, turned around
# says: a node comes before one of its parents
def topological_order(node):
    found, stack, seen = [], [node], set()
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        found.append(current)
        stack.extend(current.parents)
    return found[::-1]

# %% wrong: result first
# says: the order is turned around
def topological_order(node):
    order, done, stack = [], set(), [node]
    while stack:
        missing = [p for p in stack[-1].parents if p not in done]
        if missing:
            stack.extend(missing)
        else:
            top = stack.pop()
            if top not in done:
                done.add(top)
                order.append(top)
    return order[::-1]

# %% wrong: does not ask again
# says: a node stands in the list more than once
def topological_order(node):
    order, done, stack = [], set(), [node]
    while stack:
        missing = [p for p in stack[-1].parents if p not in done]
        if missing:
            stack.extend(missing)
        else:
            top = stack.pop()
            done.add(top)
            order.append(top)
    return order

# %% wrong: only one generation
# says: go on to the parents of the parents
def topological_order(node):
    return list(dict.fromkeys(node.parents)) + [node]

# %% wrong: without inputs
# says: inputs are missing
def topological_order(node):
    order, seen = [], set()
    stack = [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif current not in seen and current.parents:
            seen.add(current)
            stack.append((current, True))
            stack += [(parent, False) for parent in current.parents]
    return order

# %% wrong: a list that lives on between calls
# says: Is something left from an earlier call?
def topological_order(node, order=[], seen=set()):
    if node not in seen:
        seen.add(node)
        for parent in node.parents:
            topological_order(parent)
        order.append(node)
    return order

# %% wrong: marks the nodes
# says: something is left on the nodes from an earlier call
def topological_order(node):
    order, stack = [], [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif not getattr(current, "visited", False):
            current.visited = True
            stack.append((current, True))
            stack += [(parent, False) for parent in current.parents]
    return order

# %% wrong: a set
# says: a list is wanted
def topological_order(node):
    found, stack = set(), [node]
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack.extend(current.parents)
    return found

# %% wrong: done by data
# says: Ask for the node itself, not for its `data`
def topological_order(node):
    order, done, stack = [], set(), [node]
    while stack:
        missing = [p for p in stack[-1].parents if p.data not in done]
        if missing:
            stack.extend(missing)
        else:
            top = stack.pop()
            if top.data not in done:
                done.add(top.data)
                order.append(top)
    return order

# %% wrong: sorted by data
# says: a node comes before one of its parents
def topological_order(node):
    seen, stack = set(), [node]
    while stack:
        current = stack.pop()
        if current not in seen:
            seen.add(current)
            stack.extend(current.parents)
    seen.discard(node)
    return sorted(seen, key=lambda v: v.data) + [node]

# %% wrong: reversed, no list
# says: make one of it: `list(...)`
def topological_order(node):
    order, done, stack = [], set(), [node]
    while stack:
        missing = [p for p in stack[-1].parents if p not in done]
        if missing:
            stack.extend(missing)
        else:
            top = stack.pop()
            if top not in done:
                done.add(top)
                order.insert(0, top)
    return reversed(order)

# %% wrong: returns in the loop
# says: Does the `return` stand inside the loop?
def topological_order(node):
    order, done, stack = [], set(), [node]
    while stack:
        missing = [p for p in stack[-1].parents if p not in done]
        if missing:
            stack.extend(missing)
        else:
            top = stack.pop()
            if top not in done:
                done.add(top)
                order.append(top)
        return order
