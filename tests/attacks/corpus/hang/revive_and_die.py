# tries: load well once, then die at every call, so that each exercise needs a new worker
# held if: revivals are counted
# score: lost
import sys
worker = sys.modules["inside.worker"]
import os
honest = worker.answer
def answer(namespace, request, caught):
    if "name" in request: os._exit(0)
    return honest(namespace, request, caught)
worker.answer = answer
