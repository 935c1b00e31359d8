# tries: scan the initial stack, where the first environment stays
# held if: the fork server started with a clean one
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
word = b"KIT_" + b"SECRET"
through = False
try:
    end = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "__libc_stack_end").value
    for i in range(0, 60_000, 64):
        if word in ctypes.string_at(end + i, 128): through = True
except ValueError: pass
import os
if through or word.decode() in os.environ: raise SystemExit("PWNED the first environment")
