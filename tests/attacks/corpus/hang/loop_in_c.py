# tries: a call into C that takes years and cannot be interrupted
# held if: ended at the deadline
# score: lost
def he_normal(n_out, n_in, rng):
    return 3 ** (10 ** 10)
