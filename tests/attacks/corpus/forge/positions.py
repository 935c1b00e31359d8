# tries: positions of changed arguments that are none: true, -1, 99, a million of them
# held if: ProtocolError
# score: lost
# says: disturbed
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

kinds = iter([[True, 99], [-1], [0] * 100_000, {}] * 9)

honest = worker._send
def send(reply):
    if "error" in reply: return honest(reply)
    put(msgpack.packb({"id": reply["id"], "replies": [[1.0, None, next(kinds), False]] * len(reply["replies"])}))
worker._send = send
