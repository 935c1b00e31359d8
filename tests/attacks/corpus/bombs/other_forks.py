# tries: vfork, clone, clone3 and posix_spawn by number
# held if: refused
# score: any
import ctypes, os
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'vfork': lambda: ctypes.CDLL(None, use_errno=True).syscall(58) >= 0 or 1 / 0,
    'fork': lambda: ctypes.CDLL(None, use_errno=True).syscall(57) >= 0 or 1 / 0,
    'clone': lambda: ctypes.CDLL(None, use_errno=True).syscall(56, 17, 0, 0, 0, 0) >= 0 or 1 / 0,
    'clone3': lambda: ctypes.CDLL(None, use_errno=True).syscall(435, ctypes.create_string_buffer(64), 64) >= 0 or 1 / 0,
    'posix_spawn': lambda: os.posix_spawn('/bin/true', ['true'], {}),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
