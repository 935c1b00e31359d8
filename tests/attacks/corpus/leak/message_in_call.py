# tries: raise an exception whose message holds the hidden inputs
# held if: messages of calls are never shown
# score: lost
def he_normal(n_out, n_in, rng):
    raise ValueError(f"canary-{n_out} {n_in} PWNED")
