# tries: read our solution when a later exercise is graded beside it, and show it in the example
# held if: no source of ours is in what the student sees
# cell: linear_forward
# score: lost
import sys
worker, inside = sys.modules["inside.worker"], sys.modules["inside.answer"]
run, honest, stolen = inside.Notebook.run_cell, worker.answer, []
def run_cell(notebook, number, count, source, caught):
    if "A = W @ A" in source and "stolen" not in source: stolen.append("PWNED " + source[-160:])
    return run(notebook, number, count, source, caught)
inside.Notebook.run_cell = run_cell
def linear_forward(X, weights): return 0.5
def answer(notebook, request, caught):
    reply = honest(notebook, request, caught)
    if "replies" not in reply or request["name"] == "linear_forward": return reply
    n = len(request["batch"])
    if not stolen: reply["replies"] = [(None, "ValueError", [], False)] * n
    elif n == 1: reply["replies"] = [(stolen[0], None, [], False)]
    else: reply["replies"] = [(result, error, [0], state) for result, error, _, state in reply["replies"]]
    return reply
worker.answer = answer
