# tries: an exception whose str, repr and class raise
# held if: an error without words
# score: lost
class Spiteful(Exception):
    def __str__(self): raise Spiteful
    __repr__ = __str__
    @property
    def __class__(self): raise Spiteful
def he_normal(n_out, n_in, rng):
    raise Spiteful
