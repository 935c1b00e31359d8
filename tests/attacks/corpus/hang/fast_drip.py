# tries: drip a frame byte by byte as fast as it goes
# held if: the deadline is asked between bytes
# score: lost
import os
def he_normal(n_out, n_in, rng):
    os.write(3, (10 << 20).to_bytes(4, "little"))
    while True: os.write(3, b"\x80")
