# tries: return 400 MB
# held if: refused before it reaches the grader
# score: lost
def he_normal(n_out, n_in, rng):
    return np.zeros(50_000_000)
