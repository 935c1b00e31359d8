# tries: stop this process with SIGSTOP, so that no clock runs
# held if: the wall clock ends it
# score: lost
# clock: wall
import ctypes, os, signal
def he_normal(n_out, n_in, rng):
    try: os.kill(os.getpid(), signal.SIGSTOP)
    except OSError: pass
    ctypes.CDLL(None).raise_(19) if hasattr(ctypes.CDLL(None), "raise_") else None
    import time
    time.sleep(3600)
