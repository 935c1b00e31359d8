# tries: break out of a picture by numbers that are none, by their size, and by text
# held if: finite numbers are drawn, and nothing else
# cell: activate
# never: NaN
# score: lost
def activate(Z, kind):
    if kind == "relu": return "</desc></svg><script>PWNED</script>"
    if kind == "tanh": return {"</title><script>PWNED": Z}
    W = 2.0 * Z
    W.flat[::4], W.flat[1::8], W.flat[2::16], W.flat[-1] = np.inf, np.nan, -1.7e308, 5e-324
    return W
