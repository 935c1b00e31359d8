# tries: make /dev/null something else for others, or keep data in it
# held if: nothing stays
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os
for attempt in (lambda: os.chmod("/dev/null", 0), lambda: os.unlink("/dev/null"), lambda: os.fchmod(0, 0)):
    try: attempt()
    except OSError: continue
    raise SystemExit("PWNED /dev/null")
os.write(os.open("/dev/null", os.O_RDWR | os.O_TRUNC), b"x" * 100)
