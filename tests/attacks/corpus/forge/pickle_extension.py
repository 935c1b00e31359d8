# tries: a pickle in an extension of msgpack, a timestamp, extension -1, and a generator for the grader
# held if: ProtocolError
# score: lost
# says: disturbed
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

import pickle
class P:
    def __reduce__(self): return eval, ("1/0",)
kinds = iter([msgpack.ExtType(5, pickle.dumps(P())), msgpack.Timestamp(1, 2), msgpack.ExtType(3, b"7"),
              msgpack.ExtType(4, b"__import__('os').abort()")] * 9)

honest = worker._send
def send(reply):
    if "error" in reply: return honest(reply)
    bad = next(kinds)
    put(msgpack.packb({"id": reply["id"], "replies": [[bad, None, [], False]] * len(reply["replies"])}))
worker._send = send
