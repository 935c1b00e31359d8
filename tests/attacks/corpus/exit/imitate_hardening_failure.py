# tries: claim on the socket that isolation could not be set up, then end
# held if: the student's zero, not an error of ours
# score: lost
import os
os.write(3, b'-no seccomp here')
os._exit(1)
