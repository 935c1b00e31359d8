# tries: chmod, chown, utime, truncate, rename, unlink, xattr on files of others
# held if: refused; the files are as before
# score: any
import os
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'chmod': lambda: os.chmod('@LAB@/gradebook.db', 0o777),
    'chown': lambda: os.chown('@LAB@/gradebook.db', 0, 0),
    'utime': lambda: os.utime('@LAB@/gradebook.db', (0, 0)),
    'truncate': lambda: os.truncate('@LAB@/gradebook.db', 0),
    'open_truncate': lambda: os.open('@LAB@/gradebook.db', os.O_RDONLY | os.O_TRUNC),
    'rename': lambda: os.rename('@LAB@/gradebook.db', '@LAB@/open/pwned'),
    'unlink': lambda: os.unlink('@LAB@/gradebook.db'),
    'rmdir': lambda: os.rmdir('@LAB@/open'),
    'setxattr': lambda: os.setxattr('@LAB@/gradebook.db', 'user.pwned', b'x'),
    'append': lambda: open('@LAB@/gradebook.db', 'a'),
    'mkdir': lambda: os.mkdir('@LAB@/open/pwned'),
    'mknod': lambda: os.mknod('@LAB@/open/pwned_n'),
    'mkfifo': lambda: os.mkfifo('@LAB@/open/pwned_f'),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
