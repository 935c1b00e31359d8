# tries: drip a frame one byte at a time, to renew the deadline with each
# held if: one deadline for the whole call
# score: lost
# clock: wall
import os, time
def he_normal(n_out, n_in, rng):
    os.write(3, (1000).to_bytes(4, "little"))
    while True:
        os.write(3, b"\x80"); time.sleep(.2)
