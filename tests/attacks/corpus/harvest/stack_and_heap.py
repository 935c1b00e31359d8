# tries: walk frames and every object of the collector for references and expected values
# held if: nothing secret is in the process
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import gc, sys
# Made at run time: a word that stands here is in the interpreter's own table of words, which Python 3.14 shows.
ours, canary = "".join(("auto", "grader")), "".join(("can", "ary-"))
words, found = (f"{ours}.{'course'}", canary), []
frame = sys._getframe()
while frame:
    found += [k for k, v in list(frame.f_locals.items()) if k not in ("words", "canary") and any(w in repr(v)[:5000] for w in words)]
    frame = frame.f_back
    if frame and frame.f_code.co_filename.startswith("<cell"): break
found += [m for m in sys.modules if m.split(".")[0] in (ours, "hypothesis", "pytest", "nbgrader")]
gc.unfreeze()
for o in gc.get_objects():
    if type(o) is dict: found += [k for k in list(o) if type(k) is str and k.startswith((ours, canary))]
if found: raise SystemExit(f"PWNED {found[:5]}")
