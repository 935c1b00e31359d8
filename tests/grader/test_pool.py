"""Processes that are killed lose nothing, and an error of ours comes after what was done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import pool

KILL = "__import__('os').kill(__import__('os').getpid(), 9)"


def worked(sources: list[str], jobs: int) -> Iterator[object]:
    return pool.each(eval, sources, jobs, killed=lambda source: ("killed", source))


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_kills_its_process_costs_only_itself(jobs: int):
    sources = ["0", KILL, "2", "3", KILL, "5", "6"]
    wanted = [("killed", KILL) if source == KILL else int(source) for source in sources]
    assert list(worked(sources, jobs)) == wanted


def test_an_item_is_tried_again(tmp_path: Path):
    once = f"{KILL} if not __import__('os').mkdir({str(tmp_path / 'tried')!r}) else 0"
    again = f"7 if __import__('os').path.exists({str(tmp_path / 'tried')!r}) else {once}"
    assert list(worked(["1", again, "3"], 2)) == [1, 7, 3]


def test_results_keep_the_order_of_the_items():
    assert list(worked(["__import__('time').sleep(0.5) or 0", "1", "2", "3"], 2)) == [0, 1, 2, 3]


def test_an_exception_comes_after_all_that_was_done():
    results = worked(["__import__('time').sleep(1) or 0", "1", "2", "1 / 0", "4"], 2)
    seen = []
    with pytest.raises(ZeroDivisionError):
        seen.extend(results)
    assert seen == [1, 2]
