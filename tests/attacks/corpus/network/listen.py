# tries: a listening socket, as a meeting point of submissions
# held if: refused
# score: any
import socket
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'tcp': lambda: socket.create_server(('127.0.0.1', 0)),
    'unix': lambda: socket.socket(socket.AF_UNIX).bind('\0pwned'),
    'file': lambda: socket.socket(socket.AF_UNIX).bind('@LAB@/open/pwned'),
    'pair': lambda: socket.socketpair(),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
