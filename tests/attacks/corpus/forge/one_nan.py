# tries: an honest matrix with one nan
# held if: non-finite values fail
# score: part
def he_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    W[0, 0] = np.nan
    return W
