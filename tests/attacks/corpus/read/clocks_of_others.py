# tries: read the processor clocks of the fork server, the grader, the victim's worker and every other process
# held if: only clocks of the machine and of the worker itself are answered
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import os, time
through = []
for pid in {os.getppid(), @GRADER@, *range(1, 30_000)} - {os.getpid()}:
    try: through.append((pid, time.clock_gettime((~pid << 3) | 2)))
    except OSError: pass
if through: raise SystemExit(f"PWNED {len(through)} clocks, such as {through[:2]}")
