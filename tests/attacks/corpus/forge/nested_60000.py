# tries: a value nested sixty thousand deep
# held if: ProtocolError
# score: lost
# says: disturbed
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

def he_normal(n_out, n_in, rng):
    put(b"\x82\xa2id\x00\xa1v" + b"\x91" * 60000 + b"\x00"); __import__("time").sleep(9)
