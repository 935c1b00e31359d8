"""True sentences: each says what is really there, and the mend (rows R3 to R5 of what people hand in)."""

from typing import Any

import pytest

from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.grading.grader import Grader
from autograder.intake import files
from autograder.intake.files import SubmissionError
from autograder.intake.submission import from_cells
from autograder.reports import explanation
from autograder.results import ExerciseResult, Grade
from autograder.sandbox import OwnCode, Sandbox
from tests.support.selection import mostly_slow

NOTEBOOK = write(solved("1-deep-chains"))
CONFLICT = NOTEBOOK.replace(
    ' "cells": [', '<<<<<<< HEAD\n "cells": [\n=======\n "cells": [\n>>>>>>> theirs', 1
)
INSTEAD = {  # of a notebook, and words of the sentence
    "nothing": (b"", "the file is empty"),
    "blanks": (b"\n \n", "the file is empty"),
    "UTF-16": (NOTEBOOK.encode("utf-16"), "saved as UTF-16"),
    "UTF-16 without a mark": (NOTEBOOK.encode("utf-16-le"), "saved as UTF-16"),
    "Latin-1": (NOTEBOOK.replace("chain", "chäin").encode("latin-1", "replace"), "no UTF-8"),
    "a conflict": (CONFLICT.encode(), "git's conflict marks in line 2"),
    "a conflict with CRLF": (CONFLICT.replace("\n", "\r\n").encode(), "git's conflict marks in line 2"),
    "a script": (b"import numpy as np\n\ndef f():\n    pass\n", "a Python script"),
    "a script of Jupytext": (b"# ---\n# jupyter:\n", "a Python script"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "a zip": (b"PK\x03\x04\x14\x00", "a zip file"),
    "a web page": (b"\n<!DOCTYPE html><html>", "a web page"),
    "half a notebook": (NOTEBOOK[: len(NOTEBOOK) // 2].encode(), "breaks off or is damaged in line "),
    "words": (b"Hello, here is my work", "not a notebook"),
}


@pytest.mark.parametrize("kind", INSTEAD)
def test_what_is_no_notebook_is_called_what_it_is(kind: str) -> None:
    data, words = INSTEAD[kind]
    with pytest.raises(SubmissionError, match=words):
        files.notebook(data)


def grade(document: dict[str, Any], assignment: str) -> Grade:
    return Grader(OwnCode(), b"a secret of this test's own").grade(
        from_cells("x.ipynb", document["cells"], "ada", assignment)
    )


def said(document: dict[str, Any], assignment: str, exercise: str) -> str:
    """All that is said of an exercise that lost points, and the remarks on the notebook."""
    result = grade(document, assignment)
    one: ExerciseResult = next(e for e in result.exercises if e.name == exercise)
    assert one.failed
    return "\n".join(text for check in one.failed for _, text in explanation(one, check)) + "\n".join(
        result.notes
    )


@pytest.mark.parametrize("kind", mostly_slow(["markdown", "raw"]))
def test_a_cell_that_is_no_code_any_more_is_named(kind: str) -> None:
    document = solved("2-backpropagation")
    cell = next(c for c in document["cells"] if notebooks.grade_id(c) == "activate")
    cell["cell_type"] = kind
    assert f"the cell of activate is a {kind} cell" in said(document, "2-backpropagation", "activate")


def test_a_name_that_a_result_has_taken_is_named() -> None:
    right = notebooks.assignments()["3-initialization"].solutions["neuron"]
    document = solved(
        "3-initialization", {"neuron": f"{right}\nneuron = neuron(np.ones(2), np.ones((2, 3)))"}
    )
    assert "is no function any more" in said(document, "3-initialization", "neuron")


def test_two_definitions_are_named() -> None:
    wrong = "def neuron(w, X):\n    return X.sum()"
    document = solved("3-initialization", {"neuron": wrong})
    document["cells"].append({"cell_type": "code", "metadata": {}, "source": wrong, "outputs": []})
    assert "all define neuron: the last one counts" in said(document, "3-initialization", "neuron")


ERRORS = {  # a body of `activate`, and words of what is said
    "an attribute": (
        "return Z.clamp(0)",
        "'numpy.ndarray' object has no attribute 'clamp', in line 2 of cell",
    ),
    "a name": ("y = Z\n    return Zz", "name 'Zz' is not defined, in line 3 of cell"),
    "a shape": ("return Z @ np.ones((7, 7))", "raises ValueError"),
    "curly quotes": ("return np.maximum(Z, 0) if kind == “relu” else Z", "invalid character '“' (U+201C)"),
    "a blank that is none": ("return\u00a0Z", "invalid non-printable character U+00A0"),
    "a minus that is none": ("return 1 − Z", "invalid character '−' (U+2212)"),
    "tabs": ("if kind:\n\treturn Z", "inconsistent use of tabs and spaces"),
    "a file": (
        "np.save('/tmp/z.npy', Z)\n    return Z",
        "Grading has no files, network, threads or processes",
    ),
    "a thread": (
        "import threading\n    t = threading.Thread(target=print); t.start(); return Z",
        "Grading has no files, network, threads or processes",
    ),
}


@pytest.mark.parametrize("kind", mostly_slow(ERRORS))
def test_an_error_is_told_in_its_own_words(kind: str) -> None:
    body, words = ERRORS[kind]
    document = solved("2-backpropagation", {"activate": f"def activate(Z, kind):\n    {body}\n"})
    with Grader(Sandbox(), b"a secret of this test's own") as grader:
        result = grader.grade(from_cells("x.ipynb", document["cells"], "ada", "2-backpropagation"))
    one = next(e for e in result.exercises if e.name == "activate")
    told = "\n".join(text for check in one.failed for _, text in explanation(one, check)) + "\n".join(
        result.notes
    )
    assert words in told, told


def test_random_functions_are_tried_too() -> None:
    document = solved(
        "3-initialization", {"he_normal": "def he_normal(n_out, n_in, rng):\n    return rng.normall(0)"}
    )
    assert "`he_normal(2, 3, rng)` raises AttributeError" in said(document, "3-initialization", "he_normal")
