# tries: read raw memory for what the fork server might have kept of earlier submissions
# held if: the fork server never sees a submission
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes, gc
word = "def initialize_" + "parameters"
found = [o for o in gc.get_objects() if type(o) is dict for k, v in list(o.items()) if type(v) is str and word in v and k != "word"]
if found: raise SystemExit(f"PWNED {len(found)}")
