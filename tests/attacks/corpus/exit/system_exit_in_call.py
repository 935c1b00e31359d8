# tries: raise SystemExit(0) in a call
# held if: an error like any other
# score: lost
def he_normal(n_out, n_in, rng):
    raise SystemExit(0)
