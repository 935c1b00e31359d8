# tries: print a long array of numbers, such as what another worker saw, in the smallest example
# held if: an array of many numbers is shown by its shape alone
# cell: linear_forward
# never: 500.5
# score: lost
def linear_forward(X, weights):
    return np.arange(1000) + 0.5
