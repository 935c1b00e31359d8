# tries: subclasses of list, dict, str, int and float with lying methods
# held if: of a list only the items cross, as list itself has them; of the others nothing does
# score: lost
# says: expected (
class L(list):
    def __len__(self): return 10 ** 9
    def __iter__(self): return iter(int, 1)
class D(dict):
    def items(self): return iter(lambda: ("a", 1), 0)
class F(float):
    def __float__(self): return 1.0
values = iter([L([1]), D(a=1), F(2), type("S", (str,), {})("x"), type("I", (int,), {})(3)] * 99)
def he_normal(n_out, n_in, rng): return next(values)
