# tries: write its own code through /proc/self/mem
# held if: no /proc
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

try: open("/proc/self/mem", "r+b"); raise SystemExit("PWNED mem")
except OSError: pass
