# tries: interval timers and real-time signals
# held if: refused
# score: any
import ctypes, signal
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'setitimer': lambda: signal.setitimer(signal.ITIMER_REAL, .001, .001),
    'alarm': lambda: ctypes.CDLL(None).alarm(1) >= 0 and ctypes.CDLL(None).syscall(37, 1) >= 0 or 1 / 0,
    'timer_create': lambda: ctypes.CDLL(None).syscall(222, 0, 0, ctypes.create_string_buffer(8)) >= 0 or 1 / 0,
    'timerfd': lambda: ctypes.CDLL(None).syscall(283, 0, 0) >= 0 or 1 / 0,
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
