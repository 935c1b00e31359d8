# tries: a wrong result of long text full of characters that are escaped
# held if: bounded
# cell: linear_forward
# score: lost
def linear_forward(X, weights):
    return {"\x1b" * 16_000 + str(i): "\u202e" * 16_000 for i in range(500)}
