# tries: tell which files exist by the kind of error, with stat and access
# held if: may tell that a file exists (Landlock does not hide it), never what is in it
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os
sizes = []
for name in ("secret", "gradebook.db"):
    try: sizes.append(os.stat("@LAB@/" + name).st_size)
    except OSError: pass
try: open("@LAB@/secret")
except OSError: pass
else: raise SystemExit("PWNED opened")
