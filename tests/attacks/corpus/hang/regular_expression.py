# tries: backtracking without end
# held if: ended at the deadline
# score: lost
# says: did not finish in time
import re
def he_normal(n_out, n_in, rng):
    return re.match(r'(a|a)*$', 'a' * 64 + 'b')
