# tries: capset, personality, keyring, module loading, reboot, clock
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
L = ctypes.CDLL(None, use_errno=True)
b = ctypes.create_string_buffer(64)
calls = {"capset": (126, b, b), "personality": (135, 0x0040000), "keyctl": (250, 1, 0), "init_module": (175, b, 8, b""),
         "settimeofday": (164, b, 0), "sethostname": (170, b"pwned", 5), "reboot": (169, 0, 0, 0), "syslog": (103, 3, b, 64),
         "swapon": (167, b"/", 0), "acct": (163, 0), "quotactl": (179, 0, 0, 0, 0), "landlock": (444, 0, 0, 1), "seccomp": (317, 1, 0, 0)}
through = [name for name, words in calls.items() if L.syscall(*words) >= 0]
if through: raise SystemExit(f"PWNED {through}")
