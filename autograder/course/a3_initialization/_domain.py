"""The corners of `(n_out, n_in, rng)`, which the initialisers of a matrix share."""

from autograder.authoring import corner, pair_of_calls

DOMAIN = (
    corner("one neuron", lambda n_out, n_in, _: n_out == 1 < n_in),
    corner("one input", lambda n_out, n_in, _: n_in == 1 < n_out),
    corner("square", lambda n_out, n_in, _: n_out == n_in > 1),
    corner("narrower", lambda n_out, n_in, _: 1 < n_out < n_in),
    corner("wider", lambda n_out, n_in, _: n_out > n_in > 1),
    corner("odd sum of sizes", lambda n_out, n_in, _: (n_out + n_in) % 2 == 1),
    corner("more than a thousand neurons", lambda n_out, *_: n_out > 1000),
    pair_of_calls("one generator twice", lambda one, other: one == other and one[-1].shared),
    pair_of_calls(
        "equal sizes and seeds", lambda one, other: one[:2] == other[:2] and one[2].seed == other[2].seed
    ),
    pair_of_calls(
        "equal sizes, other seeds", lambda one, other: one[:2] == other[:2] and one[2].seed != other[2].seed
    ),
)
