# tries: a wrong result of eight dimensions, which numpy prints whole
# held if: what is shown is bounded before it is printed
# cell: linear_forward
# score: lost
def linear_forward(X, weights): return np.zeros((6,) * 8, dtype=bool)
