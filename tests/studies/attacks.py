"""`make attacks`: the whole corpus, at every level of isolation, as root and as an ordinary user.

python -m tests.studies.attacks            exit with 1 if an attack got through
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import autograder
from autograder.sandbox import Isolation, probe

REPOSITORY = Path(autograder.__file__).parent.parent
ORDINARY = 64000  # nobody's number
LEVELS = {"A": Isolation.BWRAP, "B": Isolation.KERNEL}
Row = dict[str, Any]


def child(isolation: Isolation) -> None:
    """Run all attacks in this process and print an outcome a line."""
    from tests.support import hostile_files
    from tests.support.attack import corpus
    from tests.support.harness import Arena

    with Arena(isolation) as arena:
        for attack in corpus():
            print(json.dumps(asdict(arena.run(attack))), flush=True)
        for file in hostile_files.INTAKE:
            print(json.dumps(asdict(hostile_files.run(arena, file))), flush=True)


def run(level: str, user: str) -> list[Row]:
    """The outcomes of a child process at this level as this user."""
    who: dict[str, Any] = {"user": ORDINARY, "group": ORDINARY, "extra_groups": []}
    command = [interpreter(user), "-P", "-B", "-m", "tests.studies.attacks", LEVELS[level].value]
    libraries = {str(Path(module.__file__).parents[1]) for module in _modules() if module.__file__}
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    environment["PYTHONPATH"] = os.pathsep.join([str(REPOSITORY), *sorted(libraries)])
    as_user = who if user == "ordinary" and os.geteuid() == 0 else {}
    done = subprocess.run(command, cwd="/", env=environment, stdout=subprocess.PIPE, text=True, **as_user)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        rows.append({"category": "harness", "name": "child", "seconds": 0.0, "complaints": ["it failed"]})
    return rows


def _modules() -> list[Any]:
    import click
    import hypothesis
    import msgpack
    import numpy as np
    import scipy

    return [click, hypothesis, msgpack, np, scipy]


def interpreter(user: str) -> str:
    """A Python of this version that the user can execute, or ours."""
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    for name in (sys.executable, system):
        path = Path(name).resolve()
        if user == "root" or (path.exists() and all(p.stat().st_mode & 0o001 for p in (path, *path.parents))):
            return name
    return ""


def settings() -> Iterator[tuple[str, str]]:
    """The levels and users that can be had here; what cannot be had is said."""
    works = {layer.name: layer.ok for layer in probe()}
    users = ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]
    for user in users:
        if not interpreter(user):
            print(f"not tried as an {user} user: no interpreter here that everybody may execute")
            continue
        for level in LEVELS:
            if level == "A" and not works["bubblewrap"]:
                print("not tried at level A: bubblewrap does not work here")
                continue
            yield level, user


def show(level: str, user: str, rows: list[Row]) -> None:
    """One table: by category how many were tried and held, and the slowest."""
    print(f"\nlevel {level} ({LEVELS[level].value}), {user}")
    print(f"  {'category':10} {'tried':>6} {'held':>6}   slowest")
    groups = defaultdict(list)
    for row in rows:
        groups[row["category"]].append(row)
    for category, group in [*sorted(groups.items()), ("all", rows)]:
        slow = max(group, key=lambda row: row["seconds"])
        held = sum(not row["complaints"] for row in group)
        print(f"  {category:10} {len(group):6} {held:6}   {slow['seconds']:5.1f} s  {slow['name']}")
    for row in rows:
        if row["complaints"]:
            print(f"  GOT THROUGH {row['category']}/{row['name']}: {'; '.join(row['complaints'])}")


def main() -> int:
    """Print all tables; 1 if anything got through, or if nothing could be tried."""
    chosen = list(settings())
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        results = list(pool.map(lambda one: run(*one), chosen))
    for one, rows in zip(chosen, results, strict=True):
        show(*one, rows)
    successes = sum(bool(row["complaints"]) for rows in results for row in rows)
    tried = sum(map(len, results))
    print(f"\n{tried} attacks tried, {successes} got through")
    return int(bool(successes) or not tried)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(Isolation(sys.argv[1]))
    else:
        sys.exit(main())
