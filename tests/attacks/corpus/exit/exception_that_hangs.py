# tries: an exception whose str never ends, at load
# held if: the deadline ends it
# score: lost
class Endless(Exception):
    def __str__(self):
        while True: pass
raise Endless
