# tries: tkill, tgkill, rt_sigqueueinfo, pidfd_send_signal
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes, os
L = ctypes.CDLL(None, use_errno=True)
p, info = os.getppid(), ctypes.create_string_buffer(128)
calls = {"tkill": (200, p, 9), "tgkill": (234, p, p, 9), "rt_sigqueueinfo": (129, p, 9, info),
         "rt_tgsigqueueinfo": (297, p, p, 9, info), "pidfd_open": (434, p, 0), "pidfd_send_signal": (424, 3, 9, 0, 0),
         "process_madvise": (440, 3, 0, 0, 4, 0), "kcmp": (312, p, p, 0, 0, 0)}
through = [name for name, words in calls.items() if L.syscall(*words) >= 0]
if through: raise SystemExit(f"PWNED {through}")
