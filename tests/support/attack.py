"""One attack: a hostile solution cell, and in its head what it tries and what counts as held."""

import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "attacks" / "corpus"
SCORES = ("lost", "part", "any", "full")
CLOCKS = ("processor", "wall")
_HEAD = re.compile(r"# (tries|held if|cell|score|clock|says|never|rerun): (.+)")


@dataclass(frozen=True)
class Attack:
    """A file of the corpus.

    score: what the attacked exercise may get: "lost" 0, "part" less than full marks, "any", or "full" marks.
    clock: the one whose deadline it runs into, if it runs into one: "wall" for attacks that sleep.
    says: words of the message that the first failed check must carry, or nothing.
    never: words that no report may show, or nothing.
    rerun: whether our own experiments are in the notebook, so that a NameError has all cells run again. They take
        most of a budget, more on a slow machine: an attack that is not after a second run goes without.
    """

    category: str
    name: str
    tries: str
    held_if: str
    cell: str
    score: str
    clock: str
    says: str
    never: str
    rerun: bool
    source: str

    def __str__(self) -> str:
        return f"{self.category}/{self.name}"


def read(path: Path) -> Attack:
    """The attack in this file."""
    source = path.read_text(encoding="utf-8")
    head: dict[str, str] = dict(_HEAD.findall(source))
    attack = Attack(
        category=path.parent.name,
        name=path.stem,
        tries=head["tries"],
        held_if=head["held if"],
        cell=head.get("cell", "he_normal"),
        score=head["score"],
        clock=head.get("clock", "processor"),
        says=head.get("says", ""),
        never=head.get("never", ""),
        rerun="rerun" in head,
        source=_HEAD.sub("#", source),  # what the report may never show must not stand in the notebook
    )
    assert attack.score in SCORES, f"{path}: the score is one of {', '.join(SCORES)}"
    assert attack.clock in CLOCKS, f"{path}: the clock is one of {', '.join(CLOCKS)}"
    return attack


def corpus() -> list[Attack]:
    """All attacks, by category and name."""
    return [read(path) for path in sorted(CORPUS.glob("*/*.py"))]
