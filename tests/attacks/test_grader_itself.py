"""The grader's own memory and time, which no limit of a worker bounds."""

import gc
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from pathlib import Path
from string import ascii_letters
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.authoring import Student
from autograder.authoring.student import Call
from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.grading import dependencies, grader
from autograder.grading.dependencies import Dependencies
from autograder.grading.probes import trials
from autograder.intake import submission
from autograder.results import Grade
from autograder.sandbox import Cell, Isolation, Session, Spent, probe
from tests.support.harness import PEAK, Arena
from tests.support.traces import forget_peak, peak, resident

ASSIGNMENT = "1-deep-chains"
BODIES = {
    "texts with one wide character": 'return ["a" * 1000 + chr(0x1F600)] * 3_900',
    "the worker's end": "import os; os._exit(1)",
    "a forged reply": "import os; os.write(3, bytes(500))",
    "a wrong number, and a search for an example": "return 0.5",
    "a name error, and a second run": "return ['a' * 1000 + chr(0x1F600)] * 500 if missing else 0",
}


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    works = {layer.name: layer.ok for layer in probe()}
    if not (works["landlock"] and works["seccomp"]):
        pytest.skip("this machine cannot keep student code apart")
    with Arena(Isolation.KERNEL) as arena:
        yield arena


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


def hostile(body: str, *before: str) -> bytes:
    """A notebook in which every function does the same."""
    names = notebooks.assignments()[ASSIGNMENT].exercises
    document = solved(ASSIGNMENT, {name: f"def {name}(*given):\n    {body}" for name in names})
    document["cells"] = [*map(code, before), *(c for c in document["cells"] if c["cell_type"] == "code")]
    return write(document).encode()


def grade(arena: Arena, data: bytes) -> Grade:
    path = Path(f"{ASSIGNMENT}.ipynb")
    return arena.grader.grade(submission.from_bytes(path, data, "mallory", None))


def alive() -> list[Call | Student]:
    """Calls and students that are there, also in cycles that nobody has collected yet."""
    return [thing for thing in gc.get_objects() if isinstance(thing, Call | Student)]


def since(before: list[Call | Student]) -> list[str]:
    """The exercises of calls that were not there before; our own, public ones are kept from their first use on."""
    exercises = (name for one in notebooks.assignments().values() for name in one.exercises)
    ours = {id(trial.call) for name in exercises for trial in trials.public(name)} | set(map(id, before))
    return [str(getattr(thing, "name", thing)) for thing in alive() if id(thing) not in ours]


@pytest.mark.slow
def test_nothing_of_a_submission_outlives_its_grade(arena: Arena) -> None:
    gc.collect()
    gc.disable()
    try:
        before = alive()  # right answers to another assignment, of an honest notebook
        for kind, body in BODIES.items():
            assert grade(arena, hostile(body, "not_defined")).score == 0
            assert since(before) == [], kind
    finally:
        gc.enable()


@pytest.mark.slow
def test_the_first_run_is_gone_before_the_second(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    left, open_session = list[list[str]](), arena.listener.open

    def watched(cells: Sequence[Cell], spent: Spent) -> Session:
        left.append(since(before))
        return open_session(cells, spent)

    monkeypatch.setattr(arena.listener, "open", watched)
    gc.collect()
    before = alive()
    assert grade(arena, hostile("return missing")).score == 0
    assert left[:2] == [[], []]


def test_five_notebooks_of_wide_texts_take_no_more_than_one(arena: Arena) -> None:
    data = hostile(BODIES["texts with one wide character"], "not_defined")
    grade(arena, data)
    forget_peak()
    before = resident()
    for _ in range(5):
        first, *others = grade(arena, data).exercises
        assert (first.checks[0].reason, first.checks[0].detail) == ("lost", "memory")
        assert {(one.checks[0].reason, one.checks[0].detail) for one in others} == {("lost", "budget")}
    assert peak() - before < PEAK // 2
    assert resident() - before < 16 << 20


def test_a_second_run_does_not_take_away_what_the_first_one_earned(arena: Arena) -> None:
    names = notebooks.assignments()[ASSIGNMENT].exercises
    wide = f"def {names[-1]}(*given):\n    {BODIES['texts with one wide character']}"
    document = solved(ASSIGNMENT, {names[-1]: wide})
    document["cells"].append(code("not_defined"))
    result = grade(arena, write(document).encode())
    assert [one.score == one.max_score for one in result.exercises] == [True] * (len(names) - 1) + [False]


def chain(length: int, words: int) -> list[str]:
    """Cells that name each other from the last to the first, and one with very many words."""
    many = " ".join(map("".join, product(ascii_letters, repeat=4)))[:words]
    return [f"link0 = 0 # link1 {many}", *(f"link{k} = 0 # link{k + 1}" for k in range(length, 0, -1))]


def test_each_cell_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds; it would be minutes if every link had all cells read again."""
    read, words = list[str](), dependencies._WORD

    def reading(source: str) -> Iterator[re.Match[str]]:
        read.append(source)
        return words.finditer(source)

    monkeypatch.setattr(dependencies, "_WORD", SimpleNamespace(finditer=reading))
    sources = chain(length=1900, words=3_600_000)
    sources[1] += " neuron"
    reach = Dependencies(
        [Cell(number, source) for number, source in enumerate(sources, 1)], ["neuron", "activate"]
    )
    found = [reach.of(f"link{number}") for number in (0, 1000, 1900)]
    assert read == sources
    assert [len(words) for words in found] == [1902, 902, 2]
    assert all("neuron" in words and "activate" not in words for words in found)


@pytest.mark.slow
def test_chained_cells_do_not_hold_up_the_class(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[Dependencies]()

    def make(cells: Sequence[Cell], names: Collection[str], prose: Collection[str]) -> Dependencies:
        made.append(Dependencies(cells, names, prose))
        return made[-1]

    monkeypatch.setattr(grader, "Dependencies", make)
    mention = "link0 = 0\n    return 0.5"
    assert grade(arena, hostile(mention, *chain(length=1900, words=3_600_000))).score == 0
    assert len(made) == 1
