"""For all tests: laws are tried on the same examples in every run, so that CI fails by a change and not by chance,
nor because the machine is busy.

`pytest --hypothesis-profile default` tries new ones.
"""

import gc
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

# A shell lets what it starts in the background ignore Ctrl-C, and all that this starts: there, too, tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# They start many programs, or hold hundreds of gradings: begun last, one of them would run alone at the end.
LONG = ("nbgrader", "cluster", "platforms", "test_any_answer.py", "test_journal.py", "test_new.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, as they are given out in this order (`--no-loadscope-reorder`)."""
    items.sort(key=lambda item: LONG.index(_kind(item.path)) if _kind(item.path) in LONG else len(LONG))


def pytest_collection_finish() -> None:
    """Python need not look through thousands of tests each time that it collects garbage."""
    gc.freeze()


def _kind(path: Path) -> str:
    return path.name if path.name in LONG else path.parent.name
