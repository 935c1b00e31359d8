"""`make mutation`: mutate every solution mechanically; every mutant that behaves differently must lose points.

    python -m tests.studies.mutation [EXERCISE …]

A mutant is one small change of the solution's syntax tree. Those that survive are printed; the ones known to be
equivalent stand in `equivalent_mutants.toml`, each with the reason.
"""

import ast
import signal
import sys
import tomllib
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import takewhile
from pathlib import Path

from autograder.authoring import Cases
from tests.support.gradings import EXERCISES, graded
from tests.support.mutants import mutants, solution

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
SECONDS = 5  # of processor time for one mutant: an endless loop is killed, too


def survives(job: tuple[str, str, str]) -> bool:
    """Whether a mutant gets full marks; one that runs for too long is killed."""
    assignment, exercise, source = job
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGPROF, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        results = graded(assignment, exercise, source, Cases(b"mutation secret", f"{assignment}/{exercise}"))
        return all(result.status == "passed" for result in results)
    except (TimeoutError, MemoryError, RecursionError):
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> int:
    """Print counts; exit with 1 if a survivor is not known to be equivalent, or one that is known does not survive."""
    known: dict[str, dict[str, str]] = (
        tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else {}
    )
    chosen = [(a, e) for a, e in EXERCISES if not sys.argv[1:] or e in sys.argv[1:]]
    jobs = [(a, e, mutant) for a, e in chosen for mutant in mutants(solution(a, e))]
    with ProcessPoolExecutor(max_tasks_per_child=200) as pool:
        alive = [job for job, lives in zip(jobs, pool.map(survives, jobs, chunksize=4), strict=True) if lives]
    survivors = {(e, difference(solution(a, e), m)) for a, e, m in alive}
    explained = {(e, text) for _, e in chosen for text in known.get(e, {})}
    unexplained, stale = sorted(survivors - explained), sorted(explained - survivors)
    print(
        f"{len(jobs)} mutants, {len(jobs) - len(alive)} killed, {len(alive)} survived, {len(unexplained)} unexplained, "
        f"{len(stale)} explained that do not survive"
    )
    for exercise, text in unexplained + stale:
        print(f"  {exercise}: {text}")
    return int(bool(unexplained + stale))


def shared(first: str, second: str) -> int:
    """How many characters two texts have in common at their start."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))


def difference(source: str, mutant: str) -> str:
    """The changed part, with a little of what stands around it: `before -> after`."""
    before, after = (" ".join(ast.unparse(ast.parse(text)).split()) for text in (source, mutant))
    start = shared(before, after)
    end = shared(before[start:][::-1], after[start:][::-1])
    around = slice(max(0, start - 30), None), 15
    old, new = (text[around[0]][: len(text[around[0]]) - max(0, end - around[1])] for text in (before, after))
    return f"{old.strip()} -> {new.strip()}"


if __name__ == "__main__":
    sys.exit(main())
