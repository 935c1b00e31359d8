"""A short run of `make fuzz`, always with the same frames."""

import pytest

from tests.support.fuzzing import fuzz


@pytest.mark.parametrize("measured", [False, True], ids=["time", "memory"])
def test_mutated_frames_give_nothing_but_protocol_errors(measured: bool) -> None:
    report = fuzz(2.0, seed=150, measured=measured)
    assert report.frames >= 100
    assert min(report.outcomes["refused"], report.outcomes["read"]) > 0  # it reaches good and bad paths
