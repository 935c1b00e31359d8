"""The corpus, quickly: every attack once, at one level or the other. `make attacks` runs all at both, as two users."""

from collections.abc import Iterator

import pytest

from autograder.sandbox import Isolation, probe
from tests.support import hostile_files
from tests.support.attack import CORPUS, Attack, corpus
from tests.support.harness import Arena
from tests.support.selection import mostly_slow

SLOW = ("hang", "bombs")  # of these, which wait for deadlines, a few are enough here
A_FEW = {
    "hang/loop_in_call", "hang/atexit", "hang/fast_drip", "hang/destructor_of_result", "bombs/fork", "bombs/disk",
    "bombs/large_result", "bombs/costly_array", "bombs/costly_to_show", "bombs/descriptors", "bombs/recursion",
}  # fmt: skip
WAIT = {"forge/broken_promise", "tamper/module_games"}  # for deadlines, too
ATTACKS = [
    one for one in corpus() if (one.category not in SLOW or str(one) in A_FEW) and str(one) not in WAIT
]
LEVELS = [Isolation.BWRAP, Isolation.KERNEL]


@pytest.fixture(scope="module")
def arenas() -> Iterator[dict[Isolation, Arena]]:
    works = {layer.name: layer.ok for layer in probe()}
    if not (works["landlock"] and works["seccomp"]):
        pytest.skip("this machine cannot keep student code apart")
    with Arena(Isolation.KERNEL) as kernel:
        if not works["bubblewrap"]:
            yield dict.fromkeys(LEVELS, kernel)
            return
        with Arena(Isolation.BWRAP) as wrapped:
            yield {Isolation.KERNEL: kernel, Isolation.BWRAP: wrapped}


@pytest.mark.parametrize(
    ("attack", "level"),
    mostly_slow(
        [(attack, LEVELS[number % 2]) for number, attack in enumerate(ATTACKS)],
        key=lambda case: case[0].category,
    ),
    ids=[str(attack) for attack in ATTACKS],
)
def test_an_attack_is_held(arenas: dict[Isolation, Arena], attack: Attack, level: Isolation) -> None:
    assert arenas[level].run(attack).complaints == ()


@pytest.mark.parametrize("attack", hostile_files.INTAKE, ids=[one.name for one in hostile_files.INTAKE])
def test_a_hostile_file_is_held(arenas: dict[Isolation, Arena], attack: hostile_files.Intake) -> None:
    assert hostile_files.run(arenas[Isolation.KERNEL], attack).complaints == ()


def test_the_corpus_is_large_and_complete() -> None:
    assert len(corpus()) + len(hostile_files.INTAKE) >= 120
    assert not [path for path in CORPUS.rglob("*") if path.is_file() and path.suffix != ".py"]
    wanted = {
        "exit",
        "hang",
        "bombs",
        "read",
        "network",
        "signal",
        "tamper",
        "forge",
        "harvest",
        "leak",
        "persist",
    }
    assert {attack.category for attack in corpus()} == wanted
