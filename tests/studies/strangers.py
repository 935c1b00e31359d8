"""`make strangers`: how solutions and notebooks are graded whose writers never saw a check.

python -m tests.studies.strangers [EXERCISE …]
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from autograder.grading.grader import Grader
from autograder.sandbox import Sandbox
from tests.support.strangers import (
    Notebook,
    Solution,
    grade_notebook,
    grade_solution,
    lost,
    solutions,
    whole_notebooks,
)


@cache
def grader() -> Grader:
    """One a process."""
    return Grader(Sandbox(), b"a secret for strangers").__enter__()


def judged(solution: Solution) -> tuple[float, float]:
    """Points earned, points available."""
    result = grade_solution(grader(), solution)
    return result.score, result.max_score


def complaint(notebook: Notebook) -> str | None:
    """How a whole notebook's grade differs from its label."""
    grade = grade_notebook(grader(), notebook)
    if grade.error is not None:
        return f"not graded: {grade.error}"
    cost, deserved = lost(grade), notebook.wrong
    unjust, missed = ", ".join(sorted(cost - deserved)), ", ".join(sorted(deserved - cost))
    return (
        "; ".join(f"{what}: {which}" for what, which in (("unjust", unjust), ("missed", missed)) if which)
        or None
    )


def main(only: list[str]) -> None:
    """Print what is graded otherwise than it deserves, and a table."""
    some = [one for one in solutions() if not only or one.exercise in only]
    table: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(2) as pool:
        for one, (score, points) in zip(some, pool.map(judged, some), strict=True):
            table[one.exercise, "right" if one.right else "wrong"] += 1
            if one.right and score < points:
                table[one.exercise, "lost"] += 1
                print(f"right, but {score:g} of {points:g}: {one.id}")
            if not one.right and score == points:
                table[one.exercise, "kept"] += 1
                print(
                    f"wrong, but full marks: {one.id} (visible: {one.said('visible')}): {one.said('cause')}"
                )
        if not only:
            whole = list(whole_notebooks())
            found = list(pool.map(complaint, whole))
            print(*(f"{n.path}: {said}" for n, said in zip(whole, found, strict=True) if said), sep="\n")
            print(f"{len(whole)} whole notebooks, {sum(said is None for said in found)} verdicts right")
    for exercise in dict.fromkeys(one.exercise for one in some):
        row = [table[exercise, what] for what in ("right", "lost", "wrong", "kept")]
        print(
            f"{exercise:26} {row[0]:3} right, {row[1]:2} lost points; {row[2]:3} wrong, {row[3]:2} kept full marks"
        )
    total = [
        sum(n for (_, what), n in table.items() if what == which)
        for which in ("right", "lost", "wrong", "kept")
    ]
    print(
        f"{'all':26} {total[0]:3} right, {total[1]:2} lost points; {total[2]:3} wrong, {total[3]:2} kept full marks"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
