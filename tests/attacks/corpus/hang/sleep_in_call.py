# tries: sleep, which uses no processor time, in a call
# held if: the wall clock ends it
# score: lost
# clock: wall
# says: did not answer in time
import time
def he_normal(n_out, n_in, rng):
    time.sleep(3600)
