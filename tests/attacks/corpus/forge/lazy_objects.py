# tries: generators, functions, modules, classes, lazy arrays
# held if: unsupported
# score: lost
# says: not made of numbers
values = iter([(i for i in range(3)), lambda: 42, np, dict, memoryview(b"x"), range(9), {1, 2}, iter([]), 1j] * 99)
def he_normal(n_out, n_in, rng): return next(values)
