"""`make validity`: how right the grades are, measured. Every right solution and every misconception of the
course is graded under many secrets, directly on the checks, and the proven bounds are summed.

    python -m tests.studies.validity [SECRETS]        100 secrets make more than 100,000 check-runs of right solutions
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from autograder.authoring import Cases
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.demo.handin import source_of
from tests.support.gradings import EXERCISES, graded, right_solutions


@dataclass
class Tally:
    """Counts over many gradings; `lost`, `survived` and `misnamed` name the solution and count the secrets."""

    right: int = 0
    check_runs: int = 0
    wrong: int = 0
    named: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    misnamed: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def under(secret: int) -> Tally:
    """All right and wrong solutions of the course under one secret."""
    tally = Tally()
    for assignment, exercise in EXERCISES:
        cases = Cases(f"validity {secret}".encode(), f"{assignment}/{exercise}")
        for name, source in right_solutions(exercise).items():
            results = graded(assignment, exercise, source, cases)
            tally.right += 1
            tally.check_runs += len(results)
            tally.lost[f"{exercise}/{name}"] += any(r.status != "passed" for r in results)
        for wrong in misconceptions_of(exercise):
            results = graded(assignment, exercise, source_of(wrong, exercise), cases)
            failed = [r for r in results if r.status != "passed"]
            tally.wrong += 1
            tally.survived[f"{exercise}/{wrong.id}"] += not failed
            named = bool(failed) and {r.causes for r in failed} == {(wrong.id,)}
            tally.named += named
            tally.misnamed[f"{exercise}/{wrong.id}"] += not named
    return tally


def tallies(secrets: int) -> Iterator[Tally]:
    """One tally a secret, from as many processes as there are cores."""
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(under, range(secrets))


def bounds() -> Iterator[str]:
    """The proven bound on false fails of each assignment, summed over its checks."""
    for assignment in notebooks.assignments():
        rates = [
            c.false_fail
            for a, e in EXERCISES
            if a == assignment
            for c in exercise_of(e).checks
            if c.false_fail
        ]
        yield f"  {assignment:20} {sum(rates):.2g}  ({len(rates)} statistical checks)"


def main() -> int:
    """Print the figures; exit with 1 if a right solution lost a point or a misconception survived."""
    secrets = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    total = sum(tallies(secrets), Tally())
    print(f"{secrets} secrets, {len(EXERCISES)} exercises")
    print(
        f"right solutions: {total.right} graded, {total.check_runs} check-runs, {total.lost.total()} lost a point"
    )
    print(
        f"misconceptions: {total.wrong} graded, {total.survived.total()} survived, {total.named} named alone"
    )
    kinds = sum(len(misconceptions_of(e)) for _, e in EXERCISES)
    print(f"  ({100 * total.named / total.wrong:.2f} % named; {kinds} kinds)")
    for title, counter in (
        ("lost", total.lost),
        ("survived", total.survived),
        ("not named alone", total.misnamed),
    ):
        for name, count in (+counter).most_common():
            print(f"  {title}: {name} under {count} secrets")
    print("proven bound on false fails of a submission, summed over its checks")
    print("\n".join(bounds()))
    return int(bool(total.lost.total() or total.survived.total()))


if __name__ == "__main__":
    sys.exit(main())
