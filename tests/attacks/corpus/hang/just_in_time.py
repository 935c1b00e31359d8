# tries: wrong answers, each just below every deadline, to add up over all calls
# held if: the budget of the whole submission ends it
# score: lost
# clock: wall
import time
def he_normal(n_out, n_in, rng):
    time.sleep(.12)
    return np.ones((n_out, n_in))
