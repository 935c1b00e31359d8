# tries: a list that contains itself
# held if: unsupported
# score: lost
# says: not made of numbers
def he_normal(n_out, n_in, rng):
    l = []
    l.append(l)
    return l
