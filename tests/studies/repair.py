"""How often the repair finds the line of a single mechanical mutation, and how often the line is the right one.

    python -m tests.studies.repair [NUMBER] [variants]

The mutants are those of `make mutation`, which knows nothing of the edits that the repair tries. With `variants` those
of right solutions that are written otherwise: there nothing that the repair may borrow from our solution is of use.
"""

import ast
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from autograder.authoring import Cases, Student
from autograder.course.exercises import exercise_of, variants_of
from autograder.grading.marking import mark, worth_another
from autograder.grading.repair import SECRETS, Search
from autograder.results import Repair
from autograder.sandbox import Sandbox, Spent
from tests.support.gradings import EXERCISES, cells_of
from tests.support.mutants import mutants, solution

NUMBER = 200
SEED = 7


@dataclass(frozen=True)
class Mutant:
    """A right function and what has become of it, both as `ast.unparse` writes them."""

    assignment: str
    exercise: str
    right: str
    wrong: str

    @property
    def line(self) -> int:
        """The first line that is another."""
        pairs = zip(self.right.split("\n"), self.wrong.split("\n"), strict=False)
        return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), len(self.wrong.split("\n")))


def drawn(variants: bool) -> list[Mutant]:
    """All mutants, in a random order, always the same."""
    made = [
        Mutant(assignment, exercise, ast.unparse(ast.parse(source)), wrong)
        for assignment, exercise in EXERCISES
        for source in (variants_of(exercise).values() if variants else [solution(assignment, exercise)])
        for wrong in mutants(source)
    ]
    random.Random(SEED).shuffle(made)
    return made


class Study:
    """Searches with one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._cases: dict[tuple[bytes, str], Cases] = {}

    def _inputs(self, secret: bytes, exercise: str) -> Cases:
        return self._cases.setdefault((secret, exercise), Cases(secret, exercise))

    def is_wrong(self, mutant: Mutant) -> bool:
        """Whether the checks notice it, by what it returns or raises."""
        with self._sandbox.open(cells_of(mutant.assignment, {mutant.exercise: mutant.wrong})) as session:
            cases = self._inputs(b"hidden", mutant.exercise)
            return worth_another(mark(exercise_of(mutant.exercise).checks, Student(session), cases))

    def repair(self, mutant: Mutant) -> tuple[Repair | None, float]:
        """Its repair, and the processor seconds in the sandbox."""
        cells = cells_of(mutant.assignment, {mutant.exercise: mutant.wrong})
        body = ast.parse(mutant.wrong).body
        names = {n.name for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        public = [self._inputs(secret, mutant.exercise) for secret in SECRETS]
        spent, right = Spent(), solution(mutant.assignment, mutant.exercise)
        found = Search(
            mutant.exercise,
            cells,
            (),
            names | {mutant.exercise},
            right,
            public,
            lambda some: self._sandbox.open(some, spent),
            spent,
        ).repair()
        return found, spent.cpu


def rows(number: int, variants: bool) -> Iterator[tuple[Mutant, Repair | None, float]]:
    """So many mutants that are wrong, and what the search makes of them."""
    with Sandbox() as sandbox:
        study, done = Study(sandbox), 0
        for mutant in drawn(variants):
            if done < number and study.is_wrong(mutant):
                done += 1
                yield mutant, *study.repair(mutant)


def main(words: list[str]) -> None:
    """Print those that were not repaired, or wrongly, and the figures."""
    number = next((int(word) for word in words if word.isdigit()), NUMBER)
    repaired, right, seconds = 0, 0, list[float]()
    for mutant, found, took in rows(number, "variants" in words):
        seconds.append(took)
        repaired += found is not None
        right += found is not None and found.line == mutant.line
        if found is None or found.line != mutant.line:
            print(f"{mutant.exercise}, line {mutant.line}: {found}")
    print(
        f"{len(seconds)} mutants, {repaired} repaired, of these {right} in the right line; "
        f"{1e3 * median(seconds):.0f} ms in the sandbox (median)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
