# tries: the right id as a float, a bool and text
# held if: compared as it is; another type is another value, or harmless
# score: lost
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

honest = worker._send
def send(reply):
    reply["id"] = str(reply["id"])
    honest(reply)
worker._send = send
