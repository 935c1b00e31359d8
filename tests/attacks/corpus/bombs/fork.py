# tries: fork processes (a hundred at most)
# held if: no fork at all
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os, time
for i in range(100):
    try:
        if os.fork() == 0:
            time.sleep(30); os._exit(0)
    except OSError: break
    raise SystemExit("PWNED fork")
