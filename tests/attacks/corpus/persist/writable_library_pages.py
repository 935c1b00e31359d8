# tries: write to shared pages of a library through its file
# held if: mappings are private, files read-only
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import glob, mmap, os
through = []
for path in glob.glob(os.path.dirname(np.__file__) + "/**/*.so", recursive=True)[:5] + [np.__file__]:
    for flags in (os.O_RDWR, os.O_WRONLY):
        try: os.open(path, flags); through.append(path)
        except OSError: pass
    try: mmap.mmap(os.open(path, os.O_RDONLY), 0, mmap.MAP_SHARED, mmap.PROT_WRITE); through.append("map")
    except (OSError, ValueError): pass
if through: raise SystemExit(f"PWNED {through}")
