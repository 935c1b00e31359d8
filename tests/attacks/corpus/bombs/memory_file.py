# tries: anonymous memory files, secret memory, huge pages, beyond the limit
# held if: refused, or within the address-space limit
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes, mmap, os
through = []
libc = ctypes.CDLL(None, use_errno=True)
try: os.memfd_create("x"); through.append("memfd")
except OSError: pass
if libc.syscall(447, 0) >= 0: through.append("memfd_secret")
try:
    for i in range(40): globals()[f"m{i}"] = mmap.mmap(-1, 100 << 20)
    through.append("shared mappings of 4 GB")
except (OSError, MemoryError, ValueError): pass
if through: raise SystemExit(f"PWNED {through}")
