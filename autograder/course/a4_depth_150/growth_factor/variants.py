"""Right but different solutions of `growth_factor`."""

VARIANTS: dict[str, str] = {
    "logarithms": """
def growth_factor(profile):
    L = profile.shape[0] - 1
    return np.exp((np.log(profile[L]) - np.log(profile[0])) / L)
""",
    "list_of_numbers": """
def growth_factor(profile):
    rows, columns = profile.shape
    result = []
    for j in range(columns):
        result.append(float(profile[rows - 1, j] / profile[0, j]) ** (1.0 / (rows - 1)))
    return result
""",
    "geometric_mean_of_steps": """
def growth_factor(profile):
    steps = profile[1:] / profile[:-1]
    return np.exp(np.mean(np.log(steps), axis=0))
""",
    "np_power": """
def growth_factor(profile):
    first, *_, last = profile
    return np.power(last / first, np.reciprocal(float(len(profile) - 1)))
""",
    "two_roots": """
def growth_factor(profile):
    root = 1 / (np.shape(profile)[0] - 1)
    return profile[-1, :] ** root / profile[0, :] ** root
""",
}
