# tries: walk the whole machine for names that promise something
# held if: nothing is seen
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os
found = []
for top in ("/srv", "/home", "/root", "/tmp", "/var", "/mnt", "/opt", "@LAB@"):
    for folder, folders, files in os.walk(top):
        found += [name for name in files + folders]
if found: raise SystemExit(f"PWNED {found[:5]}")
