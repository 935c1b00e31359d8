# tries: find inherited descriptors: control socket, other sessions, pidfds
# held if: 0 to 3 only
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os
held = []
for number in range(4096):
    try: os.fstat(number); held.append(number)
    except OSError: pass
if held != [0, 1, 2, 3]: raise SystemExit(f"PWNED {held}")
