# tries: segfault through ctypes in a call
# held if: the worker dies alone
# score: lost
# says: ended the process
import ctypes
def he_normal(n_out, n_in, rng):
    ctypes.memset(0, 1, 1)
