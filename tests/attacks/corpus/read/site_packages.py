# tries: list the folder that the checks lie in, import them, read them by a guessed path
# held if: none of it
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import importlib, os, sys
through = []
here = os.path.dirname(os.path.dirname(np.__file__))
for attempt in (lambda: os.listdir(here), lambda: importlib.import_module("autograder"),
                lambda: open(os.path.join(here, "_editable_impl_depth150.pth")).read(),
                lambda: open(os.path.join(here, "autograder", "__init__.py")).read(),
                lambda: __import__("importlib.metadata").metadata.version("depth150"),
                lambda: (sys.path.append(here), importlib.import_module("pytest")),
                lambda: (sys.path.append(here), importlib.import_module("autograder.course"))):
    try: through.append(attempt())
    except BaseException: pass
if through: raise SystemExit(f"PWNED {through}")
