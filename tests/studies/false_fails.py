"""`make false-fails`: grade the right solutions under many secrets; not one may lose a point.

    python -m tests.studies.false_fails [SECRETS]      4,000 secrets are 20,000 gradings of the five assignments

The checks run directly on the solutions' functions, without the worker, which would only cost time.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from autograder.authoring import Cases, Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.grading.marking import mark
from autograder.sandbox import OwnCode, Session
from tests.support.gradings import cells_of

CHUNK = 20  # secrets a task


def session_of(assignment: str) -> Session:
    """The functions of a solved notebook."""
    return OwnCode().open(cells_of(assignment, {}))


def lost_under(session: Session, assignment: str, secret: bytes) -> Iterator[str]:
    """The checks that a solved notebook does not pass under a secret."""
    for exercise in notebooks.assignments()[assignment].exercises:
        cases = Cases(secret, f"{assignment}/{exercise}")
        for attempt in mark(exercise_of(exercise).checks, Student(session), cases):
            if attempt.result.status != "passed":
                yield f"{exercise}.{attempt.result.name}: {attempt.result.message}"


def lost(first: int) -> Counter[str]:
    """What the solved notebooks lose under `CHUNK` secrets."""
    counts: Counter[str] = Counter()
    for assignment in notebooks.assignments():
        session = session_of(assignment)
        for number in range(first, first + CHUNK):
            counts.update(lost_under(session, assignment, f"false fails {number}".encode()))
    return counts


def main() -> int:
    """Print the count; exit with 1 if anything was lost."""
    secrets = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        counts = sum(pool.map(lost, range(0, secrets, CHUNK)), Counter[str]())
    gradings = -(-secrets // CHUNK) * CHUNK * len(notebooks.assignments())
    print(
        f"{gradings} gradings of right solutions, each with a secret of its own: {counts.total()} checks lost"
    )
    for name, count in counts.most_common():
        print(f"  {count} × {name}")
    return int(bool(counts))


if __name__ == "__main__":
    sys.exit(main())
