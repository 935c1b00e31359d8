"""A short run of `make fuzz`, always with the same frames."""

from contextlib import closing
from itertools import islice

import pytest

from tests.support.fuzzing import fuzz


@pytest.mark.parametrize(("measured", "hundreds"), [(False, 1000), (True, 200)], ids=["time", "memory"])
def test_mutated_frames_give_nothing_but_protocol_errors(measured: bool, hundreds: int) -> None:
    with closing(fuzz(150, measured)) as reports:
        *_, report = islice(reports, hundreds)
    assert min(report.outcomes["refused"], report.outcomes["read"]) > 0  # it reaches good and bad paths
