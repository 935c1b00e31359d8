# tries: push replies for the next calls before they are asked
# held if: unsolicited bytes end the session
# score: any
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

for i in range(50): put(msgpack.packb({"id": i, "replies": [[0.0, None, [], False]]}))

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
