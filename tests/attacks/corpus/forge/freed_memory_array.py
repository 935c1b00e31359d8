# tries: an array over an address that is not mapped
# held if: the worker dies alone
# score: lost
class Wild: __array_interface__ = {"shape": (1 << 20,), "typestr": "<f8", "data": (8, False), "version": 3}
def he_normal(n_out, n_in, rng): return np.asarray(Wild())
