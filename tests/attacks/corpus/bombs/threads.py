# tries: start 500 threads
# held if: thread creation is refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import threading, time
started = 0
try:
    for i in range(500):
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start(); started += 1
except BaseException: pass
if started: raise SystemExit(f"PWNED {started} threads")
