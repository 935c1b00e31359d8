# tries: open the gradebook as a database and write to it
# held if: refused; the file is as before
# score: any
import sqlite3
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'update': lambda: sqlite3.connect('@LAB@/gradebook.db').execute('create table pwned (x)'),
    'new': lambda: sqlite3.connect('@LAB@/open/pwned.db').execute('create table pwned (x)'),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
