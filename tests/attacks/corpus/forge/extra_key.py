# tries: an extra key beside the replies, and a repeated one
# held if: ProtocolError
# score: lost
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

honest = worker._send
def send(reply): honest({**reply, "score": 100})
worker._send = send
