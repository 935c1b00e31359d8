# tries: write an exact number into a picture, such as a piece of what another worker saw
# held if: a picture's numbers are as coarse as the picture
# cell: chain_gradients
# never: 7331.25
# score: lost
def chain_gradients(c, depth, x, y):
    return (7331.25 if depth == 12 else 0.5) * 1.001 ** np.arange(depth)
