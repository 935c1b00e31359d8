"""Sandboxes that the tests share: one for each level that this machine can enforce."""

from collections.abc import Iterator
from typing import Any

import pytest

from autograder.sandbox import Isolation, Limits, OwnCode, Sandbox
from tests.support.levels import LEVELS, require

# Small, so that hanging takes no time here. Each is short of one thing only: which of two deadlines comes
# first would depend on how busy the machine is.
IMPATIENT = Limits(cpu=0.3, wall=60.0, total_cpu=0.8, total_wall=600.0, respawns=4)
WAKEFUL = Limits(cpu=30.0, wall=2.0, total_cpu=60.0, total_wall=600.0)


@pytest.fixture(scope="session", params=LEVELS, ids=["bwrap", "kernel"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    require(request.param)
    with Sandbox(request.param) as box:
        yield box


@pytest.fixture(scope="session", params=LEVELS, ids=["bwrap", "kernel"])
def impatient(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    require(request.param)
    with Sandbox(request.param, IMPATIENT) as box:
        yield box


@pytest.fixture(scope="session", params=LEVELS, ids=["bwrap", "kernel"])
def wakeful(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    require(request.param)
    with Sandbox(request.param, WAKEFUL) as box:
        yield box


@pytest.fixture(scope="session", params=[*LEVELS, Isolation.NONE], ids=["bwrap", "kernel", "own code"])
def anywhere(request: pytest.FixtureRequest) -> Iterator[Any]:
    """What must be the same with and without isolation."""
    if request.param is Isolation.NONE:
        yield OwnCode()
        return
    require(request.param)
    with Sandbox(request.param) as box:
        yield box
