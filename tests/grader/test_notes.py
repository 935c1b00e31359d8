"""What is told of a cell's exception: Python's sentences on the notebook's own words, and nothing that it made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.notes import _PATTERNS, MAX_MESSAGES, TYPES, notes_on, told
from autograder.sandbox import Cell, CellError
from autograder.sandbox.inside.cells import Notebook, notebook_module

# A mistake, and what is told of it; run here and now, so that the sentences are this Python's and this numpy's.
MISTAKES = {
    "foo(1)": "name 'foo' is not defined",
    "import torch_geometric_": "No module named 'torch_geometric_'",
    "np.float": "module 'numpy' has no attribute 'float'",
    "None.shape": "'NoneType' object has no attribute 'shape'",
    "None[1]": "'NoneType' object is not subscriptable",
    "None()": "'NoneType' object is not callable",
    "1 + 'a'": "unsupported operand type(s) for +: 'int' and 'str'",
    "'a' + 1": 'can only concatenate str (not "int") to str',
    "1 < 'a'": "'<' not supported between instances of 'int' and 'str'",
    "(lambda: 0)(1)": None,  # <lambda> stands nowhere in the notebook
    "def f(x, y): 0\nf(1)": "f() missing 1 required positional argument: 'y'",
    "def f(x, y): 0\nf(1, 2, 3)": "f() takes 2 positional arguments but 3 were given",
    "def f(x): 0\nf(1, z=2)": "f() got an unexpected keyword argument 'z'",
    "def h():\n  q += 1\nh()": "cannot access local variable 'q' where it is not associated with a value",
    "a, b = [1]": "not enough values to unpack (expected 2, got 1)",
    "1 / 0": "division by zero",
    "[][1]": "list index out of range",
    "{}['W1']": "'W1'",
    "np.ones((2, 3)) + np.ones((3, 2))": "operands could not be broadcast together with shapes (2,3) (3,2)",
    "np.ones(2) + np.ones(3)": "operands could not be broadcast together with shapes (2,) (3,)",
    "np.ones((2, 3)) @ np.ones((2, 3))": "matmul: Input operand 1 has a mismatch in its core dimension 0",
    "np.dot(np.ones((2, 3)), np.ones((2, 3)))": "shapes (2,3) and (2,3) not aligned",
    "np.ones(3)[4]": "index 4 is out of bounds for axis 0 with size 3",
    "np.ones(6).reshape(4, 4)": "cannot reshape array of size 6 into shape (4,4)",
    "if np.ones(2): 0": "The truth value of an array with more than one element is ambiguous",
    "open('data.csv')": "[Errno 2] No such file or directory: 'data.csv'",
    "int('x')": "invalid literal for int() with base 10: 'x'",
    "[1, 2": "'[' was never closed (line 1)",
    "(]": "closing parenthesis ']' does not match opening parenthesis '(' (line 1)",
    "if x\n  0": "expected ':' (line 1)",
    "x = 5 5": "invalid syntax (line 1)",
    "def g():\n0": "expected an indented block after function definition on line 1 (line 2)",
    "raise ValueError('n must be positive')": "n must be positive",
    "raise ValueError(f'{1 / 3}')": None,
    "raise ValueError(''.join(map(chr, range(65, 91))))": None,
}


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("source", "sentence"), MISTAKES.items(), ids=list(MISTAKES))
def test_the_usual_mistakes_are_told(source: str, sentence: str | None) -> None:
    raised = Notebook(notebook_module()).run_cell(1, 1, source, (BaseException,))
    assert raised is not None
    assert told(raised[1], f"import numpy as np\n{source}") == sentence


SOURCE = "import numpy as np\nfoo(1)"


def begins_as_pythons(text: str) -> bool:
    """Whether it does as one of Python's sentences, which Hypothesis finds in our own modules."""
    return any(pattern.match(text) for pattern in _PATTERNS)


@given(st.text(min_size=1).filter(lambda text: not begins_as_pythons(text)))
def test_sentences_that_are_not_in_the_notebook_are_never_told(text: str) -> None:
    assert told(text, SOURCE) == (text if text in SOURCE else None)


# A quote would end the word: of '1'' only '1' is told, which is in the notebook.
@given(st.text(st.characters(exclude_characters="\n'"), min_size=1).filter(lambda text: text not in TYPES))
def test_words_that_are_not_in_the_notebook_are_never_told(text: str) -> None:
    for message in (f"name '{text}' is not defined", f"No module named '{text}'"):
        assert told(message, SOURCE) == (message if text in SOURCE else None)


def test_long_numbers_are_not_told() -> None:
    assert told("index 123456789 is out of bounds for axis 0 with size 3", "x") is None
    assert told("operands could not be broadcast together with shapes (123456789,) (2,) ", "x") is None


def test_only_the_first_few_messages_are_told() -> None:
    errors = [CellError(number, "NameError", "name 'x' is not defined") for number in range(1, 9)]
    notes = notes_on(errors, [Cell(1, "x")])
    assert notes[:MAX_MESSAGES] == tuple(
        f"cell {number} raised NameError: name 'x' is not defined" for number in range(1, MAX_MESSAGES + 1)
    )
    assert notes[MAX_MESSAGES:] == tuple(f"cell {number} raised NameError" for number in range(4, 9))


def test_a_skipped_cell_is_told_in_our_words() -> None:
    error = CellError(
        3, "Error", "did not finish within 10 s of processor time; it was skipped", skipped=True
    )
    assert notes_on([error], []) == ("cell 3 did not finish within 10 s of processor time; it was skipped",)
