# tries: a cell's error with numbers, lists, long text and terminal sequences in it
# held if: ProtocolError, or cleaned
# score: lost
import os, struct, sys, msgpack
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)

kinds = iter([["PWNED\x1b[2J", "\x1b]52;c;x\x07" * 90], ["x", 7], [None, None], "text", ["a", "b", "c"]] * 9)
def send(reply): put(msgpack.packb({"id": reply["id"], "error": next(kinds)}))
worker._send = send
