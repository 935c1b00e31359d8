# tries: growth factors from theory, made to vary as much as real ones, and drawn from their law where it is simple
# held if: the spread of many small networks is not that of networks
# cell: depth_report
# score: part
def depth_report(scheme, activation, depth, width, rng):
    c = 2.0 if scheme == "he" else 1.0
    if activation == "linear":
        F = c * rng.chisquare(width, depth) / width
        rest = c * rng.chisquare(max(width - 1, 1), depth - 1) / width * (width > 1)
        back = F[1:].prod() + sum(F[depth - j:].prod() * rest[j:].prod() for j in range(depth - 1))
        return float(F.prod() ** (0.5 / depth)), float(back ** (0.5 / (depth - 1)))
    forward, backward = {"relu": (c / 2, c / 2), "tanh": (0.98, 1.0), "sigmoid": (1.0, 0.0625 * c)}[activation]
    spread = np.sqrt(5 / (4 * width))  # of half the logarithm of one layer's factor
    first, second = rng.standard_normal(2) * spread
    forward = np.sqrt(forward) * np.exp(first / np.sqrt(depth) - spread**2 / 2)
    backward = np.sqrt(backward) * depth ** (0.5 / depth) * np.exp(second / np.sqrt(depth) - spread**2 / 2)
    return float(forward), float(backward)
