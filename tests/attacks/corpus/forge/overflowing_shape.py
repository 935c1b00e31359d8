# tries: a shape whose product overflows 64 bits to a small number
# held if: counted without overflow
# score: lost
# says: disturbed
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

honest = worker._send
def send(reply):
    if "error" in reply: return honest(reply)
    head = struct.pack("<BB2Q", 11, 2, 1 << 32, 1 << 32)
    put(msgpack.packb({"id": reply["id"], "replies": [[msgpack.ExtType(1, head), None, [], False]]}))
worker._send = send
