"""Grade in the folders that PrairieLearn gives: `python -m autograder.platforms.prairielearn /grade PACKAGE`."""

import sys
from pathlib import Path

from autograder.platforms import handed
from autograder.reports import prairielearn


def main(root: Path, package: Path) -> None:
    """Write `results/results.json`; it is there whatever was handed in. A question's own settings go before ours."""
    tests = root / "tests"
    said = handed.chosen(tests if (tests / handed.SETTINGS).exists() else package)
    grade = handed.one(handed.grades(root / "student", said, tests / "secret"))
    handed.write(root / "results" / "results.json", [prairielearn.render([grade])])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
