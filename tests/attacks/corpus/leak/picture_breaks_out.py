# tries: break out of a picture by numbers that are none, by their size, and by text
# held if: finite numbers are drawn, and nothing else
# cell: activate
# never: NaN
# score: lost
def activate(Z, kind):
    if kind == "relu": return "</desc></svg><script>PWNED</script>"
    if kind == "tanh": return {"</title><script>PWNED": Z}
    W = np.full(Z.shape, np.nan)
    W.flat[::3], W.flat[1::3] = np.inf, -1.7e308
    W.flat[0] = 5e-324
    return W
