# tries: a wrong result of a hundred thousand numpy scalars, to be printed in an example
# held if: what is shown is bounded before it is printed
# cell: linear_forward
# score: lost
def linear_forward(X, weights): return [np.float64(1)] * 150_000
