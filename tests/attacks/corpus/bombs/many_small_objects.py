# tries: a result of very many very small objects
# held if: refused by their number
# score: lost
def he_normal(n_out, n_in, rng):
    return [[[]] * 100] * 100_000
