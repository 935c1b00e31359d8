# tries: read the secret, the gradebook, the checks and another submission where they lie
# held if: no canary
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

found = []
for path in ("secret", "gradebook.db", "checks/a3_initialization/he_normal.py",
             "submitted/victim/3-initialization/3-initialization.ipynb", "../@LAB@/secret"):
    for top in ("@LAB@/", "/proc/self/cwd/@LAB@/", "/proc/1/root@LAB@/", "/proc/@GRADER@/root@LAB@/", "//@LAB@/./"):
        try: found.append(open(top + path).read())
        except OSError: pass
if found: raise SystemExit(f"PWNED {found}")
