"""Small arguments for the search for the smallest example.

Hypothesis is slow to import and needed only after a failure, hence the import inside.
"""

from math import prod
from typing import Any

import numpy as np


def arrays(*shape: int, low: int = -3, high: int = 3) -> Any:
    """A Hypothesis strategy: arrays of this shape of whole numbers from `low` to `high`, as floats."""
    from hypothesis import strategies as st

    size = prod(shape)
    entries = st.lists(st.integers(low, high).map(float), min_size=size, max_size=size)
    return entries.map(lambda values: np.array(values).reshape(shape))
