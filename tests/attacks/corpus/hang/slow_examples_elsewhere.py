# tries: the same in the first assignment, where every exercise has examples
# held if: all searches of a submission share one budget
# cell: linear_forward
# score: lost
# clock: wall
import sys, time
worker = sys.modules["inside.worker"]
honest = worker.answer
NAMES = ("linear_forward", "scaled_identity_output", "activation_trace", "end_to_end_matrix", "input_gradient",
         "chain_gradients", "first_broken_layer", "steps_to_move")
def wrong(*arguments): return 0.5
def answer(notebook, request, caught):
    for name in NAMES: notebook.namespace[name] = wrong
    if "batch" in request and len(request["batch"]) == 1: time.sleep(2.5)
    return honest(notebook, request, caught)
worker.answer = answer
