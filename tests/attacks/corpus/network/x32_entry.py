# tries: the same calls through the x32 numbers
# held if: unknown numbers
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
L = ctypes.CDLL(None, use_errno=True)
if any(L.syscall(ctypes.c_long(0x40000000 | n), *a) >= 0 for n, a in ((41, (2, 1, 0)), (57, ()), (62, (1, 0)))):
    raise SystemExit("PWNED by x32")
