# tries: the candidate that theory prefers, with luck of the right size added to each candidate's growth
# held if: in tiny networks the candidates are not chosen as often as draws would have it
# cell: best_multiplier
# score: part
def best_multiplier(activation, candidates, depth, width, rng):
    gain = 0.5 if activation == "relu" else 1.0
    luck = rng.standard_normal(len(candidates)) * np.sqrt((5 if activation == "relu" else 2) / (width * depth))
    growth = np.log(gain * np.array(candidates)) + luck
    if activation == "tanh":
        growth = np.minimum(growth, 0.1 * luck)
    return float(candidates[int(np.argmin(np.abs(growth)))])
