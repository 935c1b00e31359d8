# tries: a callback of the garbage collector writes to the socket behind the worker's back
# held if: it fails only itself
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import gc, os
gc.set_threshold(1)
gc.callbacks.append(lambda *a: os.write(3, b"\x05\0\0\0hello"))
