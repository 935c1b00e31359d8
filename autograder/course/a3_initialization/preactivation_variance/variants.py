"""Right but different solutions of `preactivation_variance`: all get full marks."""

VARIANTS: dict[str, str] = {
    "another order": """
def preactivation_variance(n, weight_variance, mean_square_input):
    return mean_square_input * weight_variance * n
""",
    "a sum of n terms": """
def preactivation_variance(n, weight_variance, mean_square_input):
    total = 0.0
    for _ in range(n):
        total += weight_variance * mean_square_input
    return total
""",
    "a NumPy scalar": """
def preactivation_variance(n, weight_variance, mean_square_input):
    return np.prod(np.array([n, weight_variance, mean_square_input]))
""",
    "an array without dimensions": """
def preactivation_variance(n, weight_variance, mean_square_input):
    return np.asarray(n * weight_variance * mean_square_input)
""",
    "squares of standard deviations": """
def preactivation_variance(n, weight_variance, mean_square_input):
    rms = np.sqrt(mean_square_input)
    sigma = np.sqrt(weight_variance)
    return float(n * (sigma * rms) ** 2)
""",
}
