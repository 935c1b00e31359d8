# tries: a broadcast view that claims 1e12 elements
# held if: refused before it is copied
# score: lost
# says: not made of numbers
def he_normal(n_out, n_in, rng): return np.broadcast_to(np.float64(0), (10 ** 6, 10 ** 6))
