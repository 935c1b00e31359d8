# tries: make linecache, inspect and traceback read sources of the grader
# held if: nothing comes
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import inspect, linecache, traceback
found = []
for path in ("@LAB@/checks/a3_initialization/he_normal.py", "@LAB@/secret"):
    lines = linecache.getlines(path) + linecache.updatecache(path)
    code = compile("\n" * 0 + "1 / 0", path, "exec")
    try: exec(code)
    except ZeroDivisionError: lines += [l for l in traceback.format_exc().splitlines() if "canary" in l]
    found += lines
if found: raise SystemExit(f"PWNED {found}")
