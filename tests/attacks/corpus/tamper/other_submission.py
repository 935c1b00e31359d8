# tries: overwrite another student's submission
# held if: refused; the file is as before
# score: any
import os
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'write': lambda: open('@LAB@/submitted/victim/3-initialization/3-initialization.ipynb', 'w'),
    'replace': lambda: os.replace('@LAB@/gradebook.db', '@LAB@/submitted/victim/3-initialization/3-initialization.ipynb'),
    'add': lambda: os.mkdir('@LAB@/submitted/pwned'),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
