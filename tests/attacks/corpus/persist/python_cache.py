# tries: poison __pycache__ beside numpy and the standard library
# held if: read-only, and no cache is read from there
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import importlib.util, os, py_compile
through = []
for module in (np.__file__, os.__file__, importlib.util.__file__):
    try: open(importlib.util.cache_from_source(module), "r+b"); through.append(module)
    except OSError: pass
    try: py_compile.compile(module, doraise=True); through.append(module)
    except BaseException: pass
if through: raise SystemExit(f"PWNED {through}")
