# tries: wild writes with numpy's as_strided, no ctypes needed
# held if: only the worker is hurt
# score: lost
# says: ended the process
def he_normal(n_out, n_in, rng):
    wild = np.lib.stride_tricks.as_strided(np.zeros(1), shape=(1 << 30,), strides=(8,))
    wild[:] = 7
    return wild[:3]
