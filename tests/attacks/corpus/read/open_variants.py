# tries: open, creat, openat2, O_PATH, AT_EMPTY_PATH and reading through a mapping
# held if: Landlock is asked by all of them
# score: any
import ctypes, linecache, os
L = ctypes.CDLL(None, use_errno=True)
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'open': lambda: L.syscall(2, b'@LAB@/gradebook.db', 0) >= 0 or 1 / 0,
    'creat': lambda: L.syscall(85, b'@LAB@/open/pwned_c', 0o666) >= 0 or 1 / 0,
    'openat2': lambda: L.syscall(437, -100, b'@LAB@/gradebook.db', ctypes.create_string_buffer(24), 24) >= 0 or 1 / 0,
    'o_path': lambda: os.listdir(os.open('@LAB@', os.O_PATH)),
    'tmpfile': lambda: os.open('@LAB@/open', os.O_TMPFILE | os.O_RDWR),
    'mmap': lambda: np.memmap('@LAB@/gradebook.db', mode='r'),
    'fromfile': lambda: np.fromfile('@LAB@/gradebook.db', 'u1'),
    'loadtxt': lambda: np.loadtxt('@LAB@/gradebook.db', dtype=str),
    'linecache': lambda: linecache.getlines('@LAB@/gradebook.db')[0],
    'sqlite': lambda: __import__('sqlite3').connect('file:@LAB@/gradebook.db?mode=ro', uri=True).execute('select 1').fetchone(),
    'dlopen': lambda: ctypes.CDLL('@LAB@/gradebook.db'),
    'chdir': lambda: os.chdir('@LAB@'),
    'readlink': lambda: os.readlink('/proc/self/exe'),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
