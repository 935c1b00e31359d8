"""How the growth of tiny networks of depth 2 is spread: exact laws, whatever the order of the draws.

Let N_i, x be independent standard normal numbers and χ²_k the law of the sum of k of their squares; the weights
have variance 1/n. The backward growth b and q = forward²/b are distributed as follows.

* linear, width 2: W_2 takes a_1 to ŷ and ŷ back to a vector whose part along a_1 has the length ‖ŷ‖²/‖a_1‖. The
  rest, from the column of W_2 that is orthogonal to a_1, is independent, so 2b² ~ χ²_3. The share B of that part in
  b² and the factor E = ‖a_1‖²/‖x‖² are independent of b, q² = E·B, and P(q² > r) = ∫₀¹ exp(−r/(1−u²)) du.
* sigmoid, width 1: with u = N_1·x, b = |N_2|·σ'(u) and q = (1 + exp u)/|x|.

tests/course/test_depth_bounds.py finds the quartiles by integration.
"""

from dataclasses import dataclass

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.bounds import binomial_window
from autograder.course.a4_depth_150._runs import Growth, Run

ONE_COUNT = 1e-12  # how often at most one of the sixteen counts leaves its window
Quartiles = tuple[float, float, float]


@dataclass(frozen=True)
class Law:
    """The quartiles of b and of q = forward²/b for one activation, and on how many networks they are tried."""

    activation: str
    width: int
    networks: int
    b: Quartiles
    q: Quartiles


LAWS = (
    Law("linear", 2, 128, (0.778631, 1.087652, 1.433238), (0.367428, 0.627011, 0.952122)),
    Law("sigmoid", 1, 512, (0.061659, 0.139950, 0.251412), (1.941893, 3.751867, 7.411276)),
)


@labelled("tiny_runs")
def tiny_runs(rng: np.random.Generator) -> dict[Law, list[Run]]:
    """Many networks for each law, each from a seed of its own."""

    def runs(law: Law) -> list[Run]:
        seeds = rng.integers(2**62, size=law.networks)
        return [Run("xavier", law.activation, 2, law.width, int(seed)) for seed in seeds]

    return {law: runs(law) for law in LAWS}


def follows(law: Law, growths: list[Growth]) -> None:
    """Fail unless each quarter of the law holds about a quarter of the networks, for b and for q."""
    low, high = binomial_window(len(growths), 0.25, 0.25, ONE_COUNT)
    quotients = [(b, 1.0) for _, b in growths], [(f * f, b) for f, b in growths]
    names = "backward_growth", "forward_growth²/backward_growth"
    for name, cuts, pairs in zip(names, (law.b, law.q), quotients, strict=True):
        counts = quarters(pairs, cuts)
        expect.that(
            all(low <= count <= high for count in counts),
            f"Of {len(growths)} random networks ({law.activation}, depth 2, width {law.width}) a quarter each should "
            f"have a {name} up to {cuts[0]:.2f}, {cuts[1]:.2f}, {cuts[2]:.2f} and above, more or less; you report "
            f"{', '.join(map(str, counts))}.",
        )


def quarters(quotients: list[tuple[float, float]], cuts: Quartiles) -> list[int]:
    """How many quotients lie in each quarter, as (numerator, denominator): the denominator may have become 0."""
    places = [sum(a > cut * b for cut in cuts) for a, b in quotients]
    return [places.count(place) for place in range(4)]
