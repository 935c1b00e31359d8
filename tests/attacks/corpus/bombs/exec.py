# tries: start a shell, spawn, exec in place
# held if: no exec
# score: any
import ctypes, os, subprocess
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'subprocess': lambda: subprocess.run(['/bin/sh', '-c', 'echo'], timeout=3),
    'spawn': lambda: os.posix_spawn('/bin/echo', ['echo'], {}),
    'exec': lambda: os.execv('/bin/echo', ['echo']),
    'system': lambda: os.system('true') == 0 or 1 / 0,
    'execveat': lambda: ctypes.CDLL(None).syscall(322, -100, b'/bin/true', 0, 0, 0) >= 0 or 1 / 0,
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
