"""Text that a student has a hand in, as a terminal shows it: nothing in it passes for the grader's own lines."""

import unicodedata

import pytest

from autograder import reports
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.text import printable

FORGED = "he_normal  14/14"
BLANK = "\u2800\u3164\u115f\u1160\uffa0"


def lines(note: str, submission: str = "x.ipynb") -> list[str]:
    """The table of one notebook with this note."""
    check = CheckResult("check_it", "it holds", "failed", 14.0, "wrong", message="It does not.")
    exercises = (ExerciseResult("he_normal", (check,)),)
    grade = Grade(
        submission, None, "3-initialization", "landlock+seccomp", 0.1, notes=(note,), exercises=exercises
    )
    return reports.render("table", [grade]).splitlines()


@pytest.mark.parametrize("width", range(60, 130))
def test_no_line_of_a_note_begins_where_an_exercise_does(width: int) -> None:
    shown = lines(f"cell 1 raised ValueError: {'x' * width} {FORGED} ✓ 7/7 {'y' * 200}")
    (head, note, *_), (own,) = shown, [line for line in shown if line.startswith("he_normal")]
    assert head.startswith("3-initialization  0/14  x.ipynb")
    assert note.startswith("Note: cell 1")
    assert own == "he_normal  0/14"


@pytest.mark.parametrize("width", range(60, 130, 7))
def test_no_line_of_a_path_begins_where_an_exercise_does(width: int) -> None:
    shown = lines("", f"{'x' * width} {FORGED} {'y' * 100}.ipynb")
    assert [line for line in shown if line.startswith("he_normal")] == ["he_normal  0/14"]


@pytest.mark.parametrize("character", BLANK, ids=map(unicodedata.name, BLANK))
def test_a_letter_that_looks_like_a_space_is_shown_as_odd(character: str) -> None:
    assert character.isprintable()
    assert printable(f"he_normal{character}14") == "he_normal\ufffd14"


def test_letters_stay() -> None:
    text = "weights ∂L/∂W ‖x‖² ⠿ 한글 é ✓ – „so“"
    assert printable(text) == text
