"""`make term`: a whole term with an installed wheel, from `init` to the exported grades."""

import argparse
import tempfile
from pathlib import Path

from tests.support.term import Term, whole_term


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="where nbgrader and autograder are installed")
    parser.add_argument("--students", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="depth150-term-") as root:
        whole_term(Term(Path(root), asked.bin.resolve(), asked.students, say=print))
    print(f"a term with {asked.students} students: all as the documents say")


if __name__ == "__main__":
    main()
