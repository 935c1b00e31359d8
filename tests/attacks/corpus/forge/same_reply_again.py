# tries: answer every call with the first answer's frame
# held if: wrong id
# score: lost
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

seen = []
def send(reply):
    seen.append(wire.frame(reply)[0])
    os.write(3, seen[0])
worker._send = send
