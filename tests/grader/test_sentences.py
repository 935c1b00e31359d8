"""True sentences: each says what is really there, and the mend (rows R3 to R5 of what people hand in)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.grading.grader import Grader
from autograder.intake import files
from autograder.intake.files import SubmissionError
from autograder.intake.submission import from_cells
from autograder.reports import _words, explained, explanation, overview
from autograder.results import Cause, CheckResult, ExerciseResult
from autograder.sandbox import Sandbox
from tests.support.gradings import grade
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


@pytest.fixture(scope="module")
def isolated() -> Iterator[Grader]:
    with Grader(Sandbox(), b"a secret of this test's own") as one:
        yield one


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
def test_an_error_is_told_in_its_own_words(isolated: Grader, kind: str) -> None:
    body, words = ERRORS[kind]
    document = solved("2-backpropagation", {"activate": f"def activate(Z, kind):\n    {body}\n"})
    result = isolated.grade(from_cells("x.ipynb", document["cells"], "ada", "2-backpropagation"))
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


# Sentences that once misled people --------------------------------------------------------------------------------

CHAIN = "def linear_forward(X, weights):\n    for W in weights:\n        X = W @ X\n"


def result_of(assignment: str, exercise: str, source: str) -> ExerciseResult:
    result = grade(solved(assignment, {exercise: source}), assignment)
    return next(one for one in result.exercises if one.name == exercise)


def told_of(assignment: str, exercise: str, source: str) -> str:
    return said(solved(assignment, {exercise: source}), assignment, exercise)


def test_numbers_have_the_digits_that_show_their_difference() -> None:
    he = "def he_normal(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in)) * np.sqrt(2.004 / n_in)"
    assert "behaves like 2.004 / n_in; it should be 2 / n_in" in told_of("3-initialization", "he_normal", he)
    near = "def length_map(*given):\n    return right(*given) * 1.00101\n"
    right = notebooks.assignments()["5-beyond"].solutions["length_map"]
    text = told_of("5-beyond", "length_map", f"{right}\nright = length_map\n{near}")
    assert "is off by 0.1%, more than 0.1%" not in text
    assert "is off by 0.10" in text


def test_a_few_errors_are_no_evidence_of_a_cause() -> None:
    source = "def end_to_end_matrix(weights):\n    return np.linalg.multi_dot(weights[::-1])"
    text = told_of("1-deep-chains", "end_to_end_matrix", source)
    assert "identity" not in text
    assert "raises ValueError" in text


def test_what_does_not_come_to_an_end_may_wait_or_work() -> None:
    lost = {
        reason: CheckResult("check", "a title", "failed", 1.0, "lost", reason)
        for reason in ("time", "stalled")
    }
    spoken = {reason: _words.sentence("neuron", check) or "" for reason, check in lost.items()}
    assert "an endless loop, or far more work" in spoken["time"]
    assert "does it wait for something, or never come to an end?" in spoken["stalled"]


def test_a_helper_that_is_not_written_is_named_and_not_its_caller() -> None:
    source = (
        "def helper(w, X):\n    raise NotImplementedError()\n\ndef neuron(w, X):\n    return helper(w, X)"
    )
    text = told_of("3-initialization", "neuron", source)
    assert "`neuron` is not written yet" not in text
    assert "NotImplementedError" in text


def test_a_failed_import_is_named() -> None:
    text = told_of("3-initialization", "neuron", "from my_helpers import neuron")
    assert "There is no function `neuron`, since cell 4 raised ModuleNotFoundError" in text
    assert "my_helpers" in text


def test_a_cell_that_did_not_run_says_what_to_do() -> None:
    def said(note: str) -> str:
        return (
            _words.sentence("neuron", CheckResult("check", "a title", "failed", 1.0, "missing", note)) or ""
        )

    assert "a loop that never ends" in said(
        "cell 4 did not finish within 3 s of processor time; it was skipped"
    )
    assert "no files, network, threads" in said("cell 4 raised PermissionError: [Errno 13] Permission denied")
    assert said("cell 4 raised SyntaxError: invalid syntax (line 1)").endswith("(line 1).")


def test_no_words_of_the_grader_are_told() -> None:
    for source in (
        "def neuron(w, X):\n    return {1, 2}",
        "def neuron(w, X):\n    raise NotImplementedError()",
    ):
        text = told_of("3-initialization", "neuron", source)
        assert "raised unsupported" not in text
        assert "raised stub" not in text


def test_a_cause_is_said_once() -> None:
    one = result_of("1-deep-chains", "linear_forward", f"{CHAIN}    return -X")
    assert len(one.failed) > 3
    lines = [text for _, parts in explained(one) for _, text in parts]
    assert sum("opposite sign" in text for text in lines) == 1
    assert sum("opposite sign" in text for _, text in overview(one)) == 1
    assert not any("opposite sign" in text for _, parts in explained(one, below=True) for _, text in parts)


def test_two_causes_that_look_alike_are_two() -> None:
    causes = (Cause("a", "does this", "Why?"), Cause("b", "does that", "Why?"))
    failed = CheckResult("check", "a title", "failed", 1.0, "wrong", message="No.", causes=("a", "b"))
    [(_, text), *_] = overview(ExerciseResult("neuron", (failed,), causes))
    assert text == "What was seen has 2 explanations. Either your function does this; or it does that."


EXAMPLES = {  # a body, and what the example shows
    "a dictionary": ("backward", "r['db1'] = r['db1'] + np.tanh(r['db1'])\n    return r", "['db1'] is np.array("),
    "a pair": ("forward", "return r[0] + 0.1 * np.cos(r[0]), r[1]", ")[0] is np.array("),
    "single precision": ("layer_gradient_norms", "return r * (1 + 1e-8 * np.cos(r))", "expected np.array("),
}  # fmt: skip


@pytest.mark.parametrize("kind", mostly_slow(EXAMPLES))
def test_an_example_shows_the_difference(kind: str) -> None:
    name, body, words = EXAMPLES[kind]
    right = notebooks.assignments()["2-backpropagation"].solutions[name]
    one = result_of(
        "2-backpropagation",
        name,
        f"{right}\nright = {name}\ndef {name}(*given):\n    r = right(*given)\n    {body}\n",
    )
    assert one.example is not None
    assert words in one.example
    got, wanted = re.split(r", expected ", re.split(r" (?:is|returned) ", one.example)[1])
    assert got != wanted


WEIGHTS = {  # of He's law: a body, and what is said of the draws
    "alternating signs": (
        "w = np.abs(rng.normal(size=n_out * n_in)) * np.where(np.arange(n_out * n_in) % 2, -1, 1)\n"
        "    return w.reshape(n_out, n_in) * np.sqrt(2 / n_in)",
        "their signs alternate",
        "sorted",
    ),
    "wide ones constant": (
        "w = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)\n"
        "    return w if n_out > n_in else np.full((n_out, n_in), np.sqrt(2 / n_in))",
        "all weights are equal",
        "All weights are equal",
    ),
}


@pytest.mark.parametrize("kind", WEIGHTS)
def test_what_is_said_of_weights_is_true_of_them(kind: str) -> None:
    body, words, others = WEIGHTS[kind]
    one = result_of("3-initialization", "he_normal", f"def he_normal(n_out, n_in, rng):\n    {body}\n")
    told = " ".join(str(check.message) for check in one.failed)
    assert words in told
    assert others not in told


def test_an_example_that_shows_no_difference_is_not_shown() -> None:
    """A whole number in the place of a float is a matter of its type."""
    source = (
        "def preactivation_variance(n, weight_variance, mean_square_input):\n"
        "    return int(n * weight_variance * mean_square_input)\n"
    )
    example = result_of("3-initialization", "preactivation_variance", source).example
    assert example is None or "returned 1, expected 1" not in example


def test_a_ratio_near_one_has_the_digits_that_show_it() -> None:
    source = (
        "def glorot_uniform(n_out, n_in, rng):\n    W = rng.uniform(-1, 1, (n_out, n_in))\n"
        "    return np.sqrt(6 / (n_in + n_out)) * W / np.max(np.abs(W))\n"
    )
    assert "weights is 1 times" not in told_of("3-initialization", "glorot_uniform", source)


def test_numbers_in_another_order_are_not_the_same_weights() -> None:
    source = (
        "from statistics import NormalDist\n\ndef he_normal(n_out, n_in, rng):\n    n = n_out * n_in\n"
        "    grid = np.array([NormalDist().inv_cdf((i + 0.5) / n) for i in range(n)])\n"
        "    return rng.permutation(grid).reshape(n_out, n_in) * np.sqrt(2 / n_in)\n"
    )
    told = told_of("3-initialization", "he_normal", source)
    assert "give the same weights" not in told
    assert "the same numbers, in another order" in told


def test_an_added_key_is_no_changed_array() -> None:
    right = notebooks.assignments()["4-depth-150"].solutions["train"]
    source = (
        f"{right}\n_train = train\ndef train(X, Y, p, *rest):\n    losses = _train(X, Y, p, *rest)\n"
        "    p['L'] = 1\n    return losses\n"
    )
    told = told_of("4-depth-150", "train", source)
    assert "put something into a list or a dictionary" in told
    assert "arrays have changed" not in told


def test_a_result_of_another_shape_is_not_explained_by_sizes() -> None:
    """One row or one column, and not a number of entries."""
    right = notebooks.assignments()["2-backpropagation"].solutions["activate"]
    source = (
        f"{right}\n_activate = activate\ndef activate(Z, kind):\n    return np.squeeze(_activate(Z, kind))\n"
    )
    assert "number of entries" not in told_of("2-backpropagation", "activate", source)


def test_a_name_that_is_not_there_is_the_whole_cause() -> None:
    """Zeros in a few cases are no cause where all others raise NameError."""
    source = (
        "def neuron(w, X):\n    if X.shape[1] == 1:\n        return np.zeros(1)\n    return weights @ X\n"
    )
    told = told_of("3-initialization", "neuron", source)
    assert "elsewhere" not in told
    assert "name 'weights' is not defined" in told
