# tries: an endless loop in a call
# held if: ended at the deadline
# score: lost
# says: did not finish in time
def he_normal(n_out, n_in, rng):
    while True: pass
