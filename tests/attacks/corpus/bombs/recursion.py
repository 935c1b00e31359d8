# tries: exhaust the C stack with the recursion limit raised
# held if: the worker dies, or an error
# score: lost
import sys
sys.setrecursionlimit(10 ** 9)
class A:
    def __getattr__(s, n): return getattr(s, n)
def he_normal(n_out, n_in, rng): return A().x
