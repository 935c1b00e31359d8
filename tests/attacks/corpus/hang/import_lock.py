# tries: import a module that never ends its import, in a call
# held if: the deadline ends it
# score: lost
import sys, types
class Finder:
    def find_spec(self, name, *a):
        while True: pass
sys.meta_path.insert(0, Finder())
def he_normal(n_out, n_in, rng):
    import colorsys
