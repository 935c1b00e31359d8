# tries: socket, connect and sendmsg by number, and by the 32-bit entry
# held if: refused, or the worker is killed
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
L = ctypes.CDLL(None, use_errno=True)
if L.syscall(41, 2, 1, 0) >= 0 or L.syscall(53, 1, 1, 0, ctypes.create_string_buffer(8)) >= 0:
    raise SystemExit("PWNED a socket")
