# tries: hide numbers in a sentence of Python's, as a name that is not defined, for 400 cells
# held if: words that are not in the notebook are not shown
# never: x28318
# score: full
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

raise NameError(f"name 'x{28317 + 1}' is not defined")
