# tries: integers beyond 64 bits, long texts, surrogates, bytes
# held if: unsupported
# score: lost
# says: not made of numbers
values = iter([2 ** 64, -(2 ** 70), "x" * 70_000, "\ud800", b"y" * 70_000, 10 ** 4000] * 99)
def he_normal(n_out, n_in, rng): return next(values)
