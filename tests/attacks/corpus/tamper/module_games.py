# tries: swap the class of the module, delete it, replace the builtins
# held if: no effect beyond its own score
# score: any
import sys, types
class M(types.ModuleType):
    def __getattr__(s, n): return lambda *a, **k: 1
sys.modules["__main__"].__class__ = M
for name in list(sys.modules): del sys.modules[name]
__builtins__ = {"__import__": __import__}
