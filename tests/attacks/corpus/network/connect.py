# tries: connect by TCP and UDP, over IPv4, IPv6 and by name
# held if: no socket at all
# score: any
import socket, urllib.request
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)


through = []
for name, attempt in {
    'tcp': lambda: socket.create_connection(('127.0.0.1', @PORT@), 1),
    'udp': lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', @PORT@)),
    'ipv6': lambda: socket.socket(socket.AF_INET6),
    'name': lambda: socket.getaddrinfo('localhost', @PORT@),
    'http': lambda: urllib.request.urlopen('http://127.0.0.1:@PORT@/', timeout=1),
}.items():
    try:
        attempt()
        through.append(name)
    except BaseException:
        pass
if through:
    raise SystemExit(f"PWNED {through}")
