# tries: honest answers, then hang in atexit and in a destructor
# held if: full marks, closing takes no time
# score: full
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import atexit, time, threading
atexit.register(lambda: time.sleep(3600))
class D:
    def __del__(self):
        while True: pass
d = D()
try: threading.Thread(target=lambda: time.sleep(3600)).start()
except Exception: pass
