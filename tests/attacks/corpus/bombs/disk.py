# tries: write 64 MB to every place that might be writable
# held if: nothing is written
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

through = []
for folder in ("/tmp", "/dev/shm", "/var/tmp", ".", "/run", "/home", "@LAB@/open", "@LAB@", "/dev/mqueue"):
    try:
        with open(folder + "/pwned_bomb", "wb") as file:
            for i in range(64): file.write(b"x" * (1 << 20))
        through.append(folder)
    except OSError: pass
if through: raise SystemExit(f"PWNED {through}")
