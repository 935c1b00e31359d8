# tries: clear the parent-death signal, become dumpable, set a subreaper, rename itself
# held if: prctl is refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
L = ctypes.CDLL(None, use_errno=True)
through = [o for o, v in ((1, 0), (4, 1), (36, 1), (15, 0), (22, 1), (28, 0), (38, 0)) if L.prctl(o, v, 0, 0, 0) >= 0]
if through or L.syscall(158, 0x1002, 0) >= 0: raise SystemExit(f"PWNED prctl {through}")
