# tries: a promise below the threshold, or of nothing, to get out of step
# held if: ProtocolError
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
    head = struct.pack("<BB1Q", 11, 1, 0)
    put(msgpack.packb({"id": reply["id"], "replies": [[msgpack.ExtType(2, head), None, [], False]]}))
worker._send = send
