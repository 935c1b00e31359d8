"""What a batch does when something outside kills a worker: again, alone; and never a lower score."""

from pathlib import Path

import pytest

from autograder.demo.handin import solved, write
from autograder.grading.batch import Settings, grade_all, here
from autograder.grading.grader import Grader
from autograder.intake.discovery import discover_all
from autograder.intake.submission import Submission
from autograder.results import Grade
from autograder.sandbox import WorkerKilled

NAME = "1-deep-chains"


@pytest.mark.parametrize(("kills", "status"), [(0, "graded"), (1, "graded"), (2, "error")])
def test_a_submission_whose_worker_is_killed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int, status: str
) -> None:
    folder = tmp_path / "submitted" / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(write(solved(NAME)), encoding="utf-8")
    tries, honest = list[str](), Grader.grade

    def grade(self: Grader, submission: Submission) -> Grade:
        tries.append(submission.path)
        if len(tries) <= kills:
            raise WorkerKilled
        return honest(self, submission)

    monkeypatch.setattr(Grader, "grade", grade)
    settings = Settings(b"a secret", own_code=True)
    ((_, result),) = grade_all(discover_all([tmp_path / "submitted"]), settings, here(settings))
    assert (result.status, len(tries)) == (status, min(kills + 1, 2))
    assert result.percent == (100 if status == "graded" else None)
    assert status == "graded" or "give the machine more memory" in (result.error or "")
