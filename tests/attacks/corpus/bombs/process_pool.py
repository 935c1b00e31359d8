# tries: a pool of processes, a pool of threads, asyncio's executor
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import concurrent.futures, multiprocessing
through = []
for make in (lambda: concurrent.futures.ThreadPoolExecutor(2).submit(int), lambda: multiprocessing.Pool(2),
             lambda: concurrent.futures.ProcessPoolExecutor(2).submit(int)):
    try: make(); through.append(make)
    except BaseException: pass
if through: raise SystemExit("PWNED a pool")
