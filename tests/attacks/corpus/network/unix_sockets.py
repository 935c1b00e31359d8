# tries: connect to Unix sockets on disk and in the abstract space
# held if: refused
# score: any
import socket
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'path': lambda: socket.socket(socket.AF_UNIX).connect('@LAB@/open/door'),
    'abstract': lambda: socket.socket(socket.AF_UNIX).connect('\0attacks-@PORT@'),
    'dbus': lambda: socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket'),
    'docker': lambda: socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock'),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
