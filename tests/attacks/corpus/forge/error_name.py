# tries: an error name of its own making, with HTML
# held if: mapped to other
# score: lost
# says: raised an error
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

honest = worker._send
def send(reply):
    if "error" in reply: return honest(reply)
    put(msgpack.packb({"id": reply["id"], "replies": [[None, "<script>PWNED", [], False]] * len(reply["replies"])}))
worker._send = send
