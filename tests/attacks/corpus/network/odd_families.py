# tries: netlink, packet, vsock, alg, bluetooth, raw sockets
# held if: refused
# score: any
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import socket
through = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        try: socket.socket(family, kind); through.append((family, kind))
        except OSError: pass
if through: raise SystemExit(f"PWNED {through[:9]}")
