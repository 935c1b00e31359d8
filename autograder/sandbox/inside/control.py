"""What grader and fork server say to each other, and the few numbers that both must know."""

import struct

READY, FAILED = b"+", b"-"  # the latter is followed by a reason
FORK, REAP = b"fork", b"reap"
PID = struct.Struct("<i")
EXIT = struct.Struct("<iQ")  # wait status, microseconds of processor time
OUT_OF_MEMORY = 71  # exit status of a worker whose memory ended while it made a reply
