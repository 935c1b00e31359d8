# tries: locks, leases and notifications on shared files
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes, fcntl, os
L = ctypes.CDLL(None, use_errno=True)
file = os.open(np.__file__, os.O_RDONLY)
through = []
for name, attempt in {"flock": lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB), "lockf": lambda: fcntl.fcntl(file, 6, b"\0" * 32),
                      "lease": lambda: fcntl.fcntl(file, 1024, 1), "notify": lambda: fcntl.fcntl(file, 1026, 1)}.items():
    try: attempt(); through.append(name)
    except OSError: pass
if L.syscall(253) >= 0 or L.syscall(300, 0, 0) >= 0 or L.syscall(317, 0) >= 0: through.append("inotify")
if through: raise SystemExit(f"PWNED {through}")
