# tries: reseed the global generator in its own worker
# held if: the next student draws as ever
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

np.random.seed(4)
import random
random.seed(4)
