# %% right: scalar-loop
def first_broken_layer(c, dtype, max_depth=2000):
    number = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        c = number(c)
        a = number(1)
        for l in range(1, max_depth + 1):
            a = c * a
            if a == 0 or not np.isfinite(a):
                return l
    return None

# %% right: while-with-counter
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    signal, factor = T(1.0), T(c)
    layer = 0
    while layer < max_depth:
        layer += 1
        signal = signal * factor
        broken = (signal == 0) or np.isinf(signal) or np.isnan(signal)
        if broken:
            return layer

# %% right: zero-dim-arrays
def first_broken_layer(c, dtype, max_depth=2000):
    dt = np.dtype(dtype)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        factor = np.array([c], dtype=dt)
        a = np.ones(1, dtype=dt)
        for l in range(max_depth):
            a = np.multiply(a, factor, dtype=dt)
            if not np.isfinite(a[0]) or not a[0]:
                return l + 1
    return None

# %% right: in-place-array-product
def first_broken_layer(c, dtype, max_depth=2000):
    old = np.seterr(all="ignore")
    try:
        a = np.ones((), dtype=dtype)
        W = np.asarray(c).astype(dtype)
        for l in range(1, max_depth + 1):
            a *= W
            if a == 0 or np.abs(a) == np.inf:
                return l
        return None
    finally:
        np.seterr(**old)

# %% right: stuck-signal-shortcut
def first_broken_layer(c, dtype, max_depth=2000):
    """Loop, but give up early when the size of the signal no longer changes."""
    t = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        c = t(abs(c))              # the sign never matters for breaking
        a = t(1)
        for l in range(1, max_depth + 1):
            new = c * a
            if new == 0 or new == np.inf:
                return l
            if new == a:           # stuck: it will stay like that for ever
                return None
            a = new
    return None

# %% right: itertools-accumulate
import itertools
import operator

def first_broken_layer(c, dtype, max_depth=2000):
    scalar = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        factors = itertools.chain([scalar(1)], itertools.repeat(scalar(c), max_depth))
        for layer, value in enumerate(itertools.accumulate(factors, operator.mul)):
            if layer >= 1 and (value == 0 or not np.isfinite(value)):
                return layer
    return None

# %% right: store-everything-then-search
def first_broken_layer(c, dtype, max_depth=2000):
    with np.errstate(all="ignore"):
        values = np.empty(max_depth + 1, dtype=dtype)
        values[0] = 1
        c = np.array(c).astype(values.dtype)[()]
        for l in range(1, max_depth + 1):
            values[l] = values[l - 1] * c
    broken = (values == 0) | ~np.isfinite(values)
    where = np.flatnonzero(broken)
    return int(where[0]) if len(where) > 0 else None

# %% right: cast-after-exact-enough-product
def first_broken_layer(c, dtype, max_depth=2000):
    dt = np.dtype(dtype)
    def rounded(v):
        return dt.type(v)
    with np.errstate(all="ignore"):
        c = rounded(c)
        a = rounded(1.0)
        l = 1
        while l <= max_depth:
            a = rounded(a * c)
            if a == 0.0:
                return l
            if a > np.finfo(dt).max or a < -np.finfo(dt).max:
                return l
            l += 1
        return None

# %% right: signal-class
class Signal:
    def __init__(self, dtype):
        self.type = np.dtype(dtype).type
        self.value = self.type(1)
    def through(self, c):
        with np.errstate(all="ignore"):
            self.value = self.type(c) * self.value
    @property
    def broken(self):
        return bool(self.value == 0 or not np.isfinite(self.value))

def first_broken_layer(c, dtype, max_depth=2000):
    a = Signal(dtype)
    for l in range(1, max_depth + 1):
        a.through(c)
        if a.broken:
            return l
    return None

# %% right: next-with-generator
def _signals(c, dtype, max_depth):
    kind = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        a, c = kind(1), kind(c)
    for l in range(1, max_depth + 1):
        with np.errstate(all="ignore"):
            a = a * c
        yield l, a

def first_broken_layer(c: float, dtype, max_depth: int = 2000):
    return next((l for l, a in _signals(c, dtype, max_depth) if a == 0 or not np.isfinite(a)), None)

# %% wrong: power-once-then-cast
# cause: takes the power c**l once in float64 and casts it, instead of multiplying layer by layer in the dtype with its rounding
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        for l in range(1, max_depth + 1):
            a = T(np.float64(c) ** l)
            if a == 0 or not np.isfinite(a):
                return l
    return None

# %% wrong: power-in-the-dtype
# cause: uses the power function of the dtype, which rounds once, and not one product after the other, so that for instance 0.9 in float16 reaches 0 instead of getting stuck
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        base = T(c)
        for l in range(1, max_depth + 1):
            a = np.power(base, T(l))
            if a == 0 or not np.isfinite(a):
                return l
        return None

# %% wrong: only-plus-infinity
# cause: looks for plus infinity only, so that a signal which becomes minus infinity first is found one layer late
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        a = T(1)
        for l in range(1, max_depth + 1):
            a = T(c) * a
            if a == 0 or a == np.inf:
                return l
    return None

# %% wrong: starts-checking-at-layer-two
# cause: takes c itself as the first layer's signal without checking it, so that a break in layer 1 is missed (c = 0, or a c too large for the dtype)
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        c = T(c)
        a = c                                # layer 1
        for l in range(2, max_depth + 1):
            a = a * c
            if a == 0 or not np.isfinite(a):
                return l
    return None

# %% wrong: logarithm-formula
# cause: computes the layer from the logarithms of c and of the format's limits, which ignores the rounding of every product (0.9 never reaches 0 in float16)
# visible: passes
import math

def first_broken_layer(c, dtype, max_depth=2000):
    info = np.finfo(np.dtype(dtype))
    c = abs(float(c))
    if c == 0:
        return 1
    if c == 1:
        return None
    if c > 1:
        l = math.floor(math.log(float(info.max)) / math.log(c)) + 1
    else:
        lowest = math.log(float(info.smallest_subnormal)) - math.log(2)
        l = math.ceil(lowest / math.log(c))
    l = max(l, 1)
    return l if l <= max_depth else None

# %% wrong: products-in-python-floats
# cause: computes the products in float64 and only compares them with the limits of the dtype, so that nothing is rounded to the dtype
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    info = np.finfo(dtype)
    largest = float(info.max)
    smallest = float(info.smallest_subnormal)
    a = 1.0
    for l in range(1, max_depth + 1):
        a = float(c) * a
        if abs(a) > largest or abs(a) <= smallest / 2:
            return l
    return None

# %% wrong: stuck-counts-as-broken
# cause: calls a signal broken when it gets stuck at a small value, but only 0 and values that are not finite are broken
# visible: passes
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        c = T(c)
        a = T(1)
        for l in range(1, max_depth + 1):
            new = c * a
            if new == 0 or not np.isfinite(new):
                return l
            if new == a and c != 1:      # no information any more
                return l
            a = new
    return None

# %% wrong: smallest-normal-number
# cause: takes the smallest normal number of the format for the smallest number above 0 and calls subnormal signals broken
# visible: fails
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    info = np.finfo(dtype)
    with np.errstate(all="ignore"):
        a = T(1)
        for l in range(1, max_depth + 1):
            a = a * T(c)
            if abs(a) < info.tiny or not np.isfinite(a):
                return l
    return None

# %% wrong: range-without-the-last
# cause: the range ends before max_depth, so that a break in the layer max_depth itself is not found
# visible: fails
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        a = T(1)
        for l in range(1, max_depth):
            a = a * T(c)
            if a == 0 or not np.isfinite(a):
                return l
    return None

# %% wrong: layers-counted-from-zero
# cause: returns the loop index, which counts the layers from 0, so that every answer is one too small
# visible: fails
def first_broken_layer(c, dtype, max_depth=2000):
    T = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        a, c = T(1), T(c)
        for l in range(max_depth):
            a = c * a
            if a == 0 or not np.isfinite(a):
                return l
    return None
