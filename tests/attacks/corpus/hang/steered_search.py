# tries: wrong answers that depend on the input, so that shrinking never comes to an end
# held if: the search has a budget of its own
# cell: linear_forward
# score: part
import hashlib, time
def linear_forward(X, weights):
    begin = time.process_time()
    digest = hashlib.sha256(X.tobytes() + b"".join(W.tobytes() for W in weights)).digest()
    A = X
    for W in weights: A = W @ A
    while time.process_time() < begin + .02: pass
    return A + 1 + digest[0] % 2
