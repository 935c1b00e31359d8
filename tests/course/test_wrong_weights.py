"""Solutions of 3-initialization that are right in most calls, or almost right: they lose points."""

import pytest

from autograder.authoring import Cases
from tests.support.gradings import graded

ASSIGNMENT = "3-initialization"


def lost(exercise: str, source: str, secret: str = "a") -> set[str]:
    """The checks that a source fails."""
    results = graded(ASSIGNMENT, exercise, source, Cases(secret.encode(), f"{ASSIGNMENT}/{exercise}"))
    assert {r.status for r in results} <= {"passed", "failed"}, results
    return {r.name for r in results if r.status == "failed"}


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("return X @ w if X.shape[1] == len(w) > 1 else w @ X", "check_values"),
        ("return np.diag(w) @ X @ np.ones(len(w)) if X.shape[1] == len(w) > 1 else w @ X", "check_values"),
        ("return np.array([np.sum(w * x) for x in (X if X.shape[0] == X.shape[1] > 1 else X.T)])", "check_values"),
        ("z = np.zeros_like(X[0])\n    z[:] = w @ X\n    return z", "check_other_arrays"),
        ("return np.array([w @ x for x in X.T]).astype(np.result_type(X))", "check_other_arrays"),
        ("return (w @ X).astype(w.dtype)", "check_other_arrays"),
        ("return (w / w.sum()) @ X * w.sum()", "check_other_arrays"),
        ("return np.frombuffer(w.data.tobytes()) @ X", "check_other_arrays"),
    ],
)  # fmt: skip
def test_neurons_that_are_right_for_most_inputs(body: str, check: str) -> None:
    assert check in lost("neuron", f"def neuron(w, X):\n    {body}\n")
