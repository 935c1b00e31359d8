# tries: terminals and other devices, by name and through the descriptors
# held if: /dev/null alone
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

through = []
for path in ("/dev/tty", "/dev/ptmx", "/dev/pts/0", "/dev/fuse", "/dev/net/tun", "/dev/kvm", "/dev/zero", "/dev/full",
             "/dev/fd/3", "/proc/self/fd/3", "/dev/random", "/dev/urandom", "/dev/shm"):
    try: open(path, "rb"); through.append(path)
    except OSError: pass
if through: raise SystemExit(f"PWNED {through}")
