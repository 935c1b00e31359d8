# tries: abort(3), which asks for a core file
# held if: the worker dies alone, no core file
# score: lost
# says: process
import ctypes
def he_normal(n_out, n_in, rng):
    ctypes.CDLL(None).abort()
