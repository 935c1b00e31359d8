# tries: write to standard error, the log, sys.__stdout__ and descriptor 2
# held if: nothing arrives anywhere
# score: full
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import logging, os, sys, warnings
logging.basicConfig(); logging.error("PWNED")
for file in (sys.stderr, sys.__stderr__, sys.__stdout__):
    try: print("PWNED", file=file)
    except BaseException: pass
os.write(2, b"PWNED"); os.write(1, b"PWNED"); os.write(0, b"PWNED")
warnings.warn("PWNED")
