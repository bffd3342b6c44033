# %% right: asks for the type, aliases the reflected methods
class Value(Node):
    def __add__(self, other):
        if not isinstance(other, Node):
            other = Value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        if not isinstance(other, Node):
            other = Value(other)
        return Value(self.data * other.data, [self, other], [other.data, self.data], "*")

    __radd__ = __add__
    __rmul__ = __mul__

# %% right: a plain number is no parent
class Value(Node):
    def __add__(self, other):
        if isinstance(other, (int, float)):
            return Value(self.data + other, (self,), (1.0,))
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return Value(other + self.data, (self,), (1.0,))

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Value(self.data * other, (self,), (other,))
        return Value(self.data * other.data, (other, self), (self.data, other.data))

    def __rmul__(self, other):
        return Value(other * self.data, (self,), (other,))

# %% right: reflected by as_value, a square as one parent
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        total = np.float64(self.data) + other.data
        return Value(total, parents=(self, other), local_grads=np.ones(2))

    def __radd__(self, other):
        return as_value(other) + self

    def __mul__(self, other):
        other = as_value(other)
        if other is self:
            return Value(self.data**2, parents=(self,), local_grads=(2 * self.data,))
        return Value(self.data * other.data, parents=(self, other), local_grads=(other.data, self.data))

    def __rmul__(self, other):
        return as_value(other) * self

# %% wrong: a plain number comes out
# says: the result is a plain number
class Value(Node):
    def __add__(self, other):
        return self.data + as_value(other).data

    def __mul__(self, other):
        return self.data * as_value(other).data

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: no parents
# says: the parents are missing
class Value(Node):
    def __add__(self, other):
        return Value(self.data + as_value(other).data)

    def __mul__(self, other):
        return Value(self.data * as_value(other).data)

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: local gradients of a product not crosswise
# says: the local gradients belong crosswise
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (self.data, other.data))

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: nodes as local gradients
# says: local_grads must be plain numbers
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other, self))

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: adds in place
# says: the left Value was changed
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        self.data += other.data
        return self

    def __mul__(self, other):
        other = as_value(other)
        self.data *= other.data
        return self

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: the sum of nodes inside the sum
# says: the function calls itself without an end
class Value(Node):
    def __add__(self, other):
        return Value(self + other, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self * other, (self, other), (other, self))

    __radd__ = __add__
    __rmul__ = __mul__

# %% wrong: no plain numbers on the right
# says: a plain number on the right is not handled
class Value(Node):
    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return Value(other) + self

    def __rmul__(self, other):
        return Value(other) * self

# %% wrong: no reflected methods
# says: a plain number on the left is not handled
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

# %% wrong: a Node
# says: this is a Node, which knows no arithmetic
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Node(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

# %% wrong: fills grad in the forward pass
# says: the forward pass leaves every `grad` at 0
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        self.grad, other.grad = other.data, self.data
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

# %% wrong: the number first again
# says: write `self + other`
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return other + self

    def __rmul__(self, other):
        return self * other

# %% wrong: grad as local gradients
# says: `grad` is filled by `backward` only
class Value(Node):
    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.grad, self.grad))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

# %% wrong: a constructor of its own
# says: Write no `__init__`
class Value(Node):
    def __init__(self, data, parents=(), local_grads=(), label=""):
        self.data = float(data)
        self.parents = parents
        self.local_grads = local_grads

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other
