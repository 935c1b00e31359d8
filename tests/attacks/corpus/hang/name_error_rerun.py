# tries: a name error asks for a second run with all cells; both are slow
# held if: both runs share one budget
# score: lost
# clock: wall
# rerun: wanted
import time
time.sleep(1.5)
started = time.monotonic()
def he_normal(n_out, n_in, rng):
    time.sleep(.35)
    raise NameError("again, please")
def neuron(*a):
    time.sleep(.1)
    raise NameError("again, please")
