"""Clocks: wall time by turns, and the processor time of a process and all of its children."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

BIN = Path(sys.executable).parent


def by_turns(contenders: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median figure of each contender over so many rounds, in each of which all of them have a turn."""
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, measure in contenders.items():
            figures[name].append(measure())
    return {name: median(of_it) for name, of_it in figures.items()}


def seconds(work: Callable[[], object]) -> float:
    """The wall time of `work`."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command(argv: list[str], folder: Path, bin_: Path = BIN) -> None:
    """Run a command of an environment in `folder`, with a home of its own; a failure ends the benchmark."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "JUPYTER_CONFIG_DIR": home,
            "PATH": f"{bin_}:{os.environ['PATH']}",
        }
        environment.pop("PYTHONPATH", None)
        done = subprocess.run(
            [str(bin_ / argv[0]), *argv[1:]], cwd=folder, env=environment, capture_output=True, text=True
        )
    if done.returncode:
        sys.exit(f"{' '.join(argv)} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")


def elsewhere(module: str, *arguments: str) -> dict[str, float]:
    """What `python -m module arguments` prints as JSON: a process of its own."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{module} {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
