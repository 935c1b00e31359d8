# tries: a header that says four gibibytes
# held if: refused before any allocation
# score: lost
# says: disturbed
import os
def he_normal(n_out, n_in, rng): os.write(3, b'\xff\xff\xff\xff'); __import__('time').sleep(9)
