# tries: promise an array for each call and send none
# held if: the deadline holds for what follows a frame, too
# score: lost
# clock: wall
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

honest = worker._send
def send(reply):
    if "error" in reply: return honest(reply)
    head = struct.pack("<BB1Q", 11, 1, 1 << 14)
    put(msgpack.packb({"id": reply["id"], "replies": [[msgpack.ExtType(2, head), None, [], False]] * len(reply["replies"])}))
    __import__("time").sleep(3600)
worker._send = send
