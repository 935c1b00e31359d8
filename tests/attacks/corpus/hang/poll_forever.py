# tries: wait in poll without a time limit
# held if: the wall clock ends it
# score: lost
# clock: wall
import select
def he_normal(n_out, n_in, rng):
    poll = select.poll()
    poll.poll()
