# tries: open as many files as possible
# held if: 64 at most, gone with the worker
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os
held = []
try:
    while len(held) < 1000: held.append(os.open("/dev/null", os.O_RDONLY))
    raise SystemExit("PWNED a thousand descriptors")
except OSError: pass
