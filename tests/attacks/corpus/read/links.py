# tries: symbolic and hard links, chroot, mounts, namespaces, io_uring, bpf and more by number
# held if: all refused
# score: any
import ctypes, os
L = ctypes.CDLL(None, use_errno=True)
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'symlink': lambda: os.symlink('/etc', '@LAB@/open/pwned_e'),
    'link': lambda: os.link('@LAB@/secret', '@LAB@/open/pwned_t'),
    'chroot': lambda: os.chroot('/usr'),
    'mount': lambda: L.mount(b'none', b'/tmp', b'tmpfs', 0, b'') == 0 or 1 / 0,
    'unshare': lambda: L.unshare(0x10000000) == 0 or 1 / 0,
    'setns': lambda: L.setns(0, 0) == 0 or 1 / 0,
    'pivot_root': lambda: L.syscall(155, b'/', b'/') == 0 or 1 / 0,
    'bpf': lambda: L.syscall(321, 0, 0, 0) >= 0 or 1 / 0,
    'io_uring': lambda: L.syscall(425, 4, ctypes.create_string_buffer(200)) >= 0 or 1 / 0,
    'userfaultfd': lambda: L.syscall(323, 0) >= 0 or 1 / 0,
    'keyctl': lambda: L.syscall(250, 0, -3, 1) >= 0 or 1 / 0,
    'perf': lambda: L.syscall(298, ctypes.create_string_buffer(200), 0, -1, -1, 0) >= 0 or 1 / 0,
    'open_by_handle': lambda: L.syscall(304, 3, ctypes.create_string_buffer(64), 0) >= 0 or 1 / 0,
    'name_to_handle': lambda: L.syscall(303, -100, b'/', ctypes.create_string_buffer(200), ctypes.create_string_buffer(8), 0) >= 0 or 1 / 0,
    'open_tree': lambda: L.syscall(428, -100, b'/', 1) >= 0 or 1 / 0,
    'fsopen': lambda: L.syscall(430, b'proc', 0) >= 0 or 1 / 0,
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
