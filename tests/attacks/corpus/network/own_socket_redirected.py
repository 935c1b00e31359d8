# tries: connect, bind, listen and accept on the socket that is there
# held if: refused
# score: any
import socket
try: s = socket.socket(fileno=3)
except OSError: s = None
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'connect': lambda: s.connect('\0attacks-@PORT@'),
    'bind': lambda: s.bind('\0pwned'),
    'listen': lambda: s.listen(),
    'accept': lambda: s.accept(),
    'sendto': lambda: s.sendto(b'x', '\0attacks-@PORT@'),
    'shutdown': lambda: s.shutdown(2),
    'getpeername': lambda: s.getpeername(),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
