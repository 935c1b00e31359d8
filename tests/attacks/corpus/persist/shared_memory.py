# tries: System V and POSIX shared memory, semaphores, queues
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes
L = ctypes.CDLL(None, use_errno=True)
through = []
if L.shmget(4242, 1 << 20, 0o1777) >= 0: through.append("shm")
if L.semget(4242, 1, 0o1777) >= 0: through.append("sem")
if L.msgget(4242, 0o1777) >= 0: through.append("msg")
if L.syscall(240, b"pwned", 0o102, 0o600, 0) >= 0: through.append("mq")
for path in ("/dev/shm/pwned", "/tmp/pwned"):
    try: open(path, "w"); through.append(path)
    except OSError: pass
try:
    import multiprocessing.shared_memory as s
    s.SharedMemory("pwned", create=True, size=10); through.append("posix")
except BaseException: pass
np.zeros = None
if through: raise SystemExit(f"PWNED {through}")
