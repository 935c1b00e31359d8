# tries: print a gibibyte
# held if: nobody reads it, and it is bounded by time
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

honest = he_normal
def he_normal(n_out, n_in, rng):
    for _ in range(200): print("x" * (1 << 20))
    return honest(n_out, n_in, rng)
