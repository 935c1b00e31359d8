# tries: nan and inf everywhere, hoping that comparisons with nan pass
# held if: accepted positively only
# score: part
fills = iter([np.nan, np.inf, -np.inf, 1.7e308, -1.7e308, 5e-324] * 99)
def he_normal(n_out, n_in, rng): return np.full((n_out, n_in), next(fills))
