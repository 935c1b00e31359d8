"""`pytest --autograde`, as it is run: an item a check, nothing of a student's is obeyed, nothing hidden is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.course.exercises import exercise_of
from autograder.course.notebooks import assignments
from autograder.demo.handin import solved, write
from tests.support.command import autograder
from tests.support.handed import ASSIGNMENT, OWN, POINTS, SOLVED, STUBS, in_folder
from tests.support.own import course_of_own

CHECKS = [f"{e}::{c.name}" for e in assignments()[ASSIGNMENT].exercises for c in exercise_of(e).checks]
LOOT = """
def he_normal(n_out, n_in, rng):
    print("LOOT", n_out, n_in)
    raise ValueError(f"LOOT {n_out} {n_in}")
"""
EVIL = "open('obeyed', 'w').close()\ndef test_evil(): pass\n"
BESIDE = {
    f"{folder}{name}": EVIL
    for folder in ("", "ada/")
    for name in ("conftest.py", "test_evil.py", "__init__.py")
}
HANDED_IN = {f"ada/{OWN}": SOLVED, f"bob/{OWN}": STUBS, "eve/report.pdf": ""}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run pytest beside the class, with a home of its own."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:cov", *arguments]
        done = subprocess.run(argv, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert "Traceback" not in done.stdout + done.stderr, done.stdout
        return done

    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    in_folder(tmp_path / "submitted", HANDED_IN | BESIDE)
    return command


def outcomes(path: Path) -> dict[str, list[str]]:
    """The names of all cases by how they ended."""
    found: dict[str, list[str]] = {"passed": [], "failure": [], "error": []}
    for case in ElementTree.parse(path).iter("testcase"):
        kind = next((child.tag for child in case if child.tag in found), "passed")
        found[kind].append(f"{case.get('classname')}.{case.get('name')}")
    return found


@pytest.mark.parametrize(
    "parallel", [(), pytest.param(("-n", "2"), marks=pytest.mark.slow)], ids=["one", "two"]
)
def test_an_item_a_check(run: Run, tmp_path: Path, parallel: tuple[str, ...]) -> None:
    done = run("--autograde", "submitted", "--junitxml", "junit.xml", *parallel)
    assert done.returncode == 1
    ended = outcomes(tmp_path / "junit.xml")
    dotted = [check.replace("::", ".") for check in CHECKS]
    assert sorted(ended["passed"]) == sorted(f"submitted.ada/{ASSIGNMENT}.{check}" for check in dotted)
    assert sorted(ended["failure"]) == sorted(f"submitted.bob/{ASSIGNMENT}.{check}" for check in dotted)
    assert ended["error"] == ["submitted.eve/?.grading"]
    assert "not graded: there is no notebook (.ipynb), only report.pdf" in done.stdout
    assert not (tmp_path / "obeyed").exists()


@pytest.mark.slow
def test_the_points_are_those_of_the_grader(run: Run, tmp_path: Path) -> None:
    run("--autograde", "submitted", "--junitxml", "junit.xml", "-k", "ada")
    cases = ElementTree.parse(tmp_path / "junit.xml").iter("testcase")
    properties = [{p.get("name"): float(p.get("value", "")) for p in case.iter("property")} for case in cases]
    assert [sum(p[name] for p in properties) for name in ("score", "max_score")] == [POINTS, POINTS]


def test_k_and_x_choose(run: Run) -> None:
    chosen = len(exercise_of("he_normal").checks)
    assert f"{chosen} passed, {chosen} failed" in run_summary(
        run("--autograde", "submitted", "-k", "he_normal")
    )
    assert "1 failed" in run_summary(run("--autograde", "submitted", "-x"))


def run_summary(done: subprocess.CompletedProcess[str]) -> str:
    """'3 passed, 2 failed': what ended how, in this order."""
    last = done.stdout.strip().splitlines()[-1]
    parts = [part.strip("= ") for part in last.split(" in ")[0].split(",")]
    return ", ".join(part for word in ("passed", "failed", "error") for part in parts if word in part)


def test_nothing_hidden_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("0123456789abcdef-secret")
    in_folder(tmp_path / "submitted", {f"ada/{OWN}": write(solved(ASSIGNMENT, {"he_normal": LOOT}))})
    done = run(
        "--autograde", "submitted", "--autograde-secret-file", "secret", "--junitxml", "junit.xml", "-k", "ada",
        "-v", "-s", "-o", "junit_logging=all",
    )  # fmt: skip
    xml = (tmp_path / "junit.xml").read_text()
    assert done.returncode == 1
    assert "`he_normal` raised ValueError on a valid input." in xml
    for text in (xml, done.stdout, done.stderr):
        assert "LOOT" not in text
        assert "abcdef-secret" not in text
    assert not (tmp_path / ".autograder-secret").exists()


@pytest.mark.slow
def test_the_secret_may_be_configured_and_gives_the_same_grades(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("0123456789abcdef")
    (tmp_path / "pytest.ini").write_text("[pytest]\nautograde_secret_file = secret\n")
    run("--autograde", "submitted", "-k", "ada")
    assert not (tmp_path / ".autograder-secret").exists()
    (tmp_path / "secret").write_text("short")
    done = run("--autograde", "submitted")
    assert (done.returncode, "holds fewer than 16 characters" in done.stderr) == (4, True)


@pytest.mark.slow
def test_the_course_may_have_points_of_its_own(run: Run, tmp_path: Path) -> None:
    course_of_own(tmp_path / "course")
    (tmp_path / "pytest.ini").write_text("[pytest]\nautograde_course = course\n")
    run("--autograde", "submitted", "--junitxml", "junit.xml", "-k", "ada")
    cases = [*ElementTree.parse(tmp_path / "junit.xml").iter("testcase")]
    he_normal = [
        p for case in cases if "he_normal" in str(case.get("classname")) for p in case.iter("property")
    ]
    assert sum(float(p.get("value", "")) for p in he_normal if p.get("name") == "score") == 30.0
    assert not [case for case in cases if str(case.get("classname")).endswith(".neuron")]
    done = run("--autograde", "submitted", "--autograde-course", "submitted")
    assert (done.returncode, "there is no folder" in done.stderr) == (4, True)


@pytest.mark.slow
def test_a_file_is_graded_like_a_folder(run: Run, tmp_path: Path) -> None:
    in_folder(tmp_path, {f"{ASSIGNMENT}.ipynb": SOLVED, "test_evil.py": EVIL})
    assert run_summary(run("--autograde", f"{ASSIGNMENT}.ipynb")) == f"{len(CHECKS)} passed"
    done = run("--autograde", "test_evil.py")
    assert (done.returncode, run_summary(done)) == (1, "1 error")
    assert not (tmp_path / "obeyed").exists()


@pytest.mark.parametrize(
    "arguments", [("submitted",), ("submitted/ada",), ("submitted/ada", "submitted/bob")]
)
def test_no_configuration_of_a_student_is_used(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "pytest.ini").unlink()
    place = "submitted" if arguments == ("submitted",) else "submitted/ada"
    (tmp_path / place / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    done = run("--autograde", *arguments)
    assert done.returncode == 4
    assert "a student may have written it" in done.stderr


def test_a_course_beside_the_class_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text('configure(c, made_with="1")\n')
    done = run("--autograde", "submitted", "--collect-only")
    assert (
        "this is a course folder: its own points and exercises count with --autograde-course ." in done.stdout
    )


def test_no_module_of_a_student_is_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text(EVIL)
    done = run("--autograde", ".", "-c", os.devnull)  # `python -m` looks for modules where it starts
    assert (done.returncode, "Python looks for modules in" in done.stderr) == (4, True)
    assert not (tmp_path / "obeyed").exists()


def test_the_folder_is_named(run: Run) -> None:
    done = run("--autograde")
    assert (done.returncode, "name the folder of what was handed in" in done.stderr) == (4, True)


def test_without_the_option_nothing_happens(tmp_path: Path) -> None:
    in_folder(tmp_path, {f"{ASSIGNMENT}.ipynb": SOLVED, "test_mine.py": "def test_mine(): pass\n"})
    script = (
        "import sys, pytest; code = pytest.main(['-q', '-p', 'no:cacheprovider', '-p', 'no:hypothesispytest'])\n"
        "loaded = [m for m in ('numpy', 'autograder.intake', 'autograder.reports') if m in sys.modules]\n"
        "print(int(code), 'autograder.pytest_plugin' in sys.modules, loaded)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert "1 passed" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 True []", done.stderr


@pytest.mark.slow
def test_the_same_verdicts_as_the_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("0123456789abcdef")
    done = autograder(tmp_path, "grade", "--format", "json", "--secret-file", "secret", "submitted")
    run("--autograde", "submitted", "--autograde-secret-file", "secret", "--junitxml", "junit.xml")
    failed = sum(c["status"] == "failed" for g in done.grades for e in g["exercises"] for c in e["checks"])
    assert len(outcomes(tmp_path / "junit.xml")["failure"]) == failed
