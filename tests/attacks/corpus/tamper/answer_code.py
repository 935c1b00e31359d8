# tries: rewrite the byte code of the worker's own functions
# held if: at worst its own answers are wrong
# score: lost
import sys
def fake(*a, **k): return {"replies": [[1.0, None, [], False]]}
for module in ("inside.answer", "inside.worker"):
    target = getattr(sys.modules[module], "answer")
    target.__code__ = fake.__code__
