"""The packages for platforms, run as each platform runs them: in a bare folder, where our wheel is installed."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import autograder as package
from autograder import platforms
from autograder.commands import options
from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.platforms import gradescope
from autograder.sandbox import Isolation
from tests.support.command import in_process
from tests.support.handed import ASSIGNMENT, OTHER, POINTS, SOLVED, SOLVED_OTHER, STUBS, in_folder
from tests.support.levels import require
from tests.support.own import course_of_own

CLASSROOM = "classroom/.github/workflows/classroom.yml"
EXERCISES = notebooks.assignments()[ASSIGNMENT].exercises
SECRET = "0123456789abcdef"
# Another user's number, in namespaces in which no more can be made.
ALONE = "bwrap --unshare-user --uid 65534 --gid 65534 --disable-userns --dev-bind / / --".split()
ARGUMENTS = ("--assignment", ASSIGNMENT, "--repository", "uni/depth", "--secret-file", "secret")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package for each platform."""
    folder = tmp_path_factory.mktemp("packages")
    (folder / "secret").write_text(SECRET)
    for name in options.PLATFORMS:
        done = in_process(folder, "package", name, name, *ARGUMENTS)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine without us and without a network, whose Python has what we depend on."""
    home, libraries = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("libraries")
    ours = re.compile(r"(__editable__|_?depth150|autograder|pip|setuptools|.*\.pth)")
    for path in {
        path for folder in sys.path if folder.endswith("-packages") for path in Path(folder).iterdir()
    }:
        if not ours.match(path.name):
            (libraries / path.name).symlink_to(path)
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8",
        "PYTHONPATH": str(libraries), "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull,
    }  # fmt: skip


def run(
    environment: dict[str, str], folder: Path, *command: object, returncode: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*map(str, command)], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == returncode, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done


# The packages


def test_the_command_names_every_platform() -> None:
    assert tuple(platforms.PLATFORMS) == options.PLATFORMS


def test_the_folder_with_the_secret_gets_into_no_repository(packages: Path) -> None:
    assert "*" in (packages / "gradescope" / ".gitignore").read_text().splitlines()
    with zipfile.ZipFile(packages / "gradescope" / "autograder.zip") as archive:
        assert {"secret"} == {"secret", ".gitignore"} & set(archive.namelist())


def test_the_wheel_holds_all_that_is_ours(packages: Path) -> None:
    (path,) = packages.glob("container/*.whl")
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        recorded = archive.read(f"depth150-{package.__version__}.dist-info/RECORD").decode()
    root = Path(package.__file__).parents[1]
    ours = subprocess.run(
        ["git", "ls-files", "autograder"], cwd=root, capture_output=True, text=True, check=True
    )
    assert set(ours.stdout.split()) <= names
    for kind in ("solutions", "assignments"):
        assert {
            f"autograder/notebooks/{kind}/{name}/{name}.ipynb" for name in notebooks.assignments()
        } <= names
    assert {line.split(",")[0] for line in recorded.splitlines()} == names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_secret_is_for_its_owner_alone(packages: Path) -> None:
    for name in ("secret", platforms.ARCHIVE):
        assert stat.S_IMODE((packages / "gradescope" / name).stat().st_mode) == 0o600
    for path in packages.rglob("*"):
        if path.is_file() and path.parent.name != "gradescope" and path != packages / "secret":
            assert SECRET.encode() not in path.read_bytes(), path


def test_the_names_of_the_instructor_are_in_it(packages: Path) -> None:
    for path in packages.rglob("*.yml"):
        text = path.read_text()
        assert platforms.REPOSITORY not in text
        assert not re.search(r'ssignment: ""$', text, re.MULTILINE), path
    assert "uses: uni/depth@main" in (packages / "github/grader/.github/workflows/grade.yml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gradescope", "full"), "full is not empty: name a new folder"),
        (("gradescope", "full/file"), "full/file is not empty"),
        (("gradescope", "new", "--assignment", "9"), "there is no assignment '9'"),
        (("github", "new", "--repository", "uni"), "is not of the form OWNER/NAME"),
        (("gradescope", "new", "--secret-file", "gone"), "cannot read the secret file gone"),
        (("moodle", "new"), "is not one of"),
    ],
)
def test_usage(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    in_folder(tmp_path, {"full/file": "mine"})
    done = in_process(tmp_path, "package", *arguments)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "new").exists()
    assert (tmp_path / "full/file").read_text() == "mine"


@pytest.mark.parametrize("platform", options.PLATFORMS)
@pytest.mark.parametrize("there", [False, True])
def test_nothing_is_left_of_a_package_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, there: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    in_folder(tmp_path, {"secret": SECRET, **({"new/": ""} if there else {})})
    monkeypatch.setattr(platforms, "_settings", full)
    done = in_process(tmp_path, "package", platform, "new", "--secret-file", "secret")
    assert (done.returncode, done.stderr) == (1, "Error: cannot write new: No space left on device\n")
    assert [*tmp_path.rglob("new/*")] == []


def test_results_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    in_folder(tmp_path, {"results": "a file where a folder should be"})
    with pytest.raises(SystemExit, match=r"Error: cannot write .*/results.*: (File exists|Not a directory)"):
        gradescope.main(in_layout(tmp_path, {}))


# Gradescope


@pytest.fixture(scope="module")
def root(packages: Path, bare: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Gradescope calls /autograder, after it has built the image."""
    root = tmp_path_factory.mktemp("autograder")
    with zipfile.ZipFile(packages / "gradescope" / platforms.ARCHIVE) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, root / "source"))
            path.chmod(entry.external_attr >> 16)
    run(bare, Path("/"), root / "source" / "setup.sh")
    shutil.copy(root / "source" / "run_autograder", root)
    ours = run(
        bare,
        root,
        root / "source/venv/bin/python",
        "-P",
        "-c",
        "import autograder; print(autograder.__file__)",
    )
    assert Path(ours.stdout).is_relative_to(root / "source" / "venv")
    return root


@pytest.fixture
def submission(root: Path) -> Iterator[Path]:
    """The folder of one submission; its results do not outlive it."""
    yield in_folder(root / "submission", {})
    for name in ("submission", "results"):
        shutil.rmtree(root / name, ignore_errors=True)


@pytest.fixture(params=[(), ALONE], ids=["as we are", "another user without user namespaces"])
def within(request: pytest.FixtureRequest) -> list[str]:
    """The beginning of a command, which says as whom it runs."""
    if request.param:
        require(Isolation.BWRAP)
    return [*request.param]


def is_isolated(isolation: str, within: list[str]) -> bool:
    """Whether the isolation is what is to be had there."""
    return isolation == Isolation.KERNEL if within else isolation != Isolation.NONE


def results(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return found


@pytest.mark.slow
def test_gradescope_grades_what_is_handed_in(
    root: Path, submission: Path, bare: dict[str, str], within: list[str]
) -> None:
    in_folder(
        submission,
        {"my work/Untitled.ipynb": SOLVED, "extra.ipynb": STUBS, "notes.pdf": "", "json.py": "1/0"},
    )
    run(bare, root, *within, root / "run_autograder")
    found = results(root)
    assert (found["score"], sum(test["max_score"] for test in found["tests"])) == (POINTS, POINTS)
    assert "of 2 notebooks this one counts" in found["output"]
    assert is_isolated(found["extra_data"]["isolation"], within)


@pytest.mark.slow
def test_gradescope_counts_only_its_assignment(root: Path, submission: Path, bare: dict[str, str]) -> None:
    in_folder(submission, {f"{OTHER}.ipynb": SOLVED_OTHER})
    run(bare, root, root / "run_autograder")
    assert "score" not in results(root)
    assert f"it holds the exercises of {OTHER}" in results(root)["output"]


@pytest.mark.slow
def test_gradescope_is_told_why_there_is_no_grade(root: Path, submission: Path, bare: dict[str, str]) -> None:
    in_folder(submission, {"report.pdf": ""})
    run(bare, root, root / "run_autograder")
    assert "score" not in results(root)
    assert "NOT GRADED: there is no notebook" in results(root)["output"]


def in_layout(root: Path, settings: object, title: str | None = None) -> Path:
    """The folders of Gradescope, for the module alone."""
    in_folder(root / "submission", {f"{ASSIGNMENT}.ipynb": SOLVED, f"{OTHER}.ipynb": SOLVED_OTHER})
    in_folder(root / "source", {"secret": SECRET, "settings.json": json.dumps(settings)})
    if title is not None:
        in_folder(root, {"submission_metadata.json": json.dumps({"assignment": {"title": title}})})
    return root


@pytest.mark.parametrize("name", [ASSIGNMENT, OTHER])
def test_the_title_may_name_the_assignment(tmp_path: Path, name: str) -> None:
    words = name.replace("-", " ").title()
    gradescope.main(in_layout(tmp_path, {"assignment": None}, f"Homework: {words} (due Monday)"))
    assert results(tmp_path)["extra_data"]["assignment"] == name


def test_each_check_is_as_visible_as_the_settings_say(tmp_path: Path) -> None:
    of = {"neuron": "hidden", "neuron/check_values": "after_published"}
    settings = {"assignment": ASSIGNMENT, "visibility": "after_due_date", "visibility_of": of}
    gradescope.main(in_layout(tmp_path, settings))
    for test in results(tmp_path)["tests"]:
        about = test["extra_data"]
        others = "hidden" if about["exercise"] == "neuron" else "after_due_date"
        wanted = "after_published" if about["check"] == "check_values" and others == "hidden" else others
        assert test["visibility"] == wanted


@pytest.mark.parametrize(
    "settings",
    [{"visibility": "secret"}, {"visibility_of": {"neuron": 1}}, {"visibility_of": []}, []],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: object) -> None:
    with pytest.raises(SystemExit, match=r"settings\.json"):
        gradescope.main(in_layout(tmp_path, settings))


def test_the_points_of_the_course_go_along(tmp_path: Path) -> None:
    course_of_own(tmp_path / "course")
    done = in_process(tmp_path, "package", "gradescope", "source", "--course", "course")
    assert done.returncode == 0, done.stderr
    in_folder(tmp_path / "submission", {"mine.ipynb": SOLVED})
    gradescope.main(tmp_path)
    tests = results(tmp_path)["tests"]
    of = {
        name: sum(t["max_score"] for t in tests if t["extra_data"]["exercise"] == name) for name in EXERCISES
    }
    assert (of["he_normal"], of["neuron"], results(tmp_path)["score"]) == pytest.approx(
        (30, 0, sum(of.values()))
    )
    secret = (tmp_path / "source" / "secret").read_bytes()
    assert secret.strip() == (tmp_path / "course" / ".autograder-secret").read_bytes().strip()


@pytest.mark.slow
def test_an_installed_wheel_packs_itself(
    root: Path, packages: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    run(
        bare,
        tmp_path,
        root / "source/venv/bin/python",
        "-P",
        "-m",
        "autograder",
        "package",
        "container",
        "again",
    )
    [(one, other)] = zip(packages.glob("container/*.whl"), tmp_path.glob("again/*.whl"), strict=True)
    assert one.read_bytes() == other.read_bytes()


# GitHub and GitLab


def pushed(folder: Path, **notebooks: str) -> Path:
    """A repository in which a student has put what Python and pip might take for theirs."""
    source = f"open({str(folder / 'obeyed')!r}, 'w').close()"
    evil = {f"{name}.py": source for name in ("venv", "pip", "json", "numpy", "autograder", "sitecustomize")}
    return in_folder(folder, {f"work/{name}.ipynb": text for name, text in notebooks.items()} | evil)


def load(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text())
    return loaded


def of_step(step: dict[str, Any], inputs: dict[str, str]) -> dict[str, str]:
    """The environment of a step, as the runner fills it in."""
    values = {f"inputs.{name}": value for name, value in inputs.items()}
    return {
        name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: values.get(found[1], ""), text)
        for name, text in step["env"].items()
    }


def graded(reports: Path) -> dict[str, Any]:
    """The one grade that was saved."""
    found: dict[str, Any] = json.loads((reports / "grades.jsonl").read_text())
    return found


@pytest.mark.slow
def test_the_action_grades_a_pushed_repository(
    packages: Path, bare: dict[str, str], within: list[str], tmp_path: Path
) -> None:
    grader = packages / "github" / "grader"
    action = load(grader / "action.yml")
    step = action["runs"]["steps"][-1]
    inputs = {name: value["default"] for name, value in action["inputs"].items()} | {"secret": SECRET}
    runner = {
        "GITHUB_ACTION_PATH": str(grader), "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }  # fmt: skip
    environment = bare | runner | of_step(step, inputs) | {"REPORTS": str(tmp_path / "reports")}
    repository = pushed(tmp_path / "repository", mine=SOLVED)
    done = run(environment, repository, *within, "bash", "-c", step["run"])
    assert done.stdout == f"{ASSIGNMENT}: {POINTS:g}/{POINTS:g}\n"
    outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
    result = json.loads(b64decode(outputs["result"]))
    assert (outputs["score"], result["version"], result["max_score"]) == (f"{POINTS:g}", 3, POINTS)
    assert f"{POINTS:g}/{POINTS:g}" in (tmp_path / "summary").read_text()
    assert is_isolated(graded(tmp_path / "reports")["isolation"], within)
    assert not (repository / "obeyed").exists()


@pytest.mark.slow
def test_a_job_of_gitlab_grades_a_pushed_repository(
    packages: Path, root: Path, bare: dict[str, str], within: list[str], tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for name in ("grade.sh", "practice-secret", "settings.json"):
        shutil.copy(packages / "gitlab" / "grader" / name, share)
    job = load(packages / "gitlab" / "grader" / "grade.yml")["grade"]
    project = pushed(tmp_path / "project", one=STUBS, two=SOLVED)
    environment = bare | {
        "CI_PROJECT_DIR": str(project),
        "PATH": f"{root / 'source/venv/bin'}:{bare['PATH']}",
    }
    environment |= {
        name: text.replace("$CI_PROJECT_DIR", str(project)) for name, text in job["variables"].items()
    }
    for command in (*job["script"], *job["after_script"]):
        here = command.replace("/usr/local/share/autograder", str(share))
        done = run(environment, project, *within, "bash", "-c", here)
    assert f"{ASSIGNMENT}  {POINTS:g}/{POINTS:g} " in done.stdout
    assert not re.search("&#[0-9]+;", done.stdout)
    assert not (project / "obeyed").exists()
    reports = project / "autograder-report"
    assert is_isolated(graded(reports)["isolation"], within)
    assert sorted(path.name for path in reports.iterdir()) == [
        "grades.jsonl", "junit.xml", "report.md", "report.txt",
    ]  # fmt: skip
    assert job["artifacts"]["reports"]["junit"] == "autograder-report/junit.xml"
    assert (project / job["artifacts"]["reports"]["junit"]).exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [({}, 0), ({"FAIL_UNDER": "1"}, 3), ({"ASSIGNMENT": OTHER}, 2)],
    ids=["graded", "below", "other"],
)
def test_the_job_ends_as_the_command_does(tmp_path: Path, more: dict[str, str], code: int) -> None:
    from autograder.platforms import pushed as job

    repository = in_folder(tmp_path / "repository", {"mine.ipynb": STUBS, "practice-secret": SECRET})
    environment = {"REPORTS": str(tmp_path / "reports"), **more}
    assert job.main(tmp_path, repository / "practice-secret", repository, environment) == code


def test_a_student_reads_whose_hand_in_has_no_grade_and_why(tmp_path: Path) -> None:
    from autograder.platforms import pushed as job

    (tmp_path / "secret").write_text(SECRET)
    repository = in_folder(tmp_path / "ada-homework", {"report.pdf": ""})
    assert job.main(tmp_path, tmp_path / "secret", repository, {"REPORTS": str(tmp_path)}) == 2
    for name in ("report.txt", "report.md"):
        said = (tmp_path / name).read_text()
        assert "ada-homework" in said
        assert "not graded" in said
        assert "there is no notebook" in said


def test_no_job_is_called_like_a_keyword_of_gitlab(packages: Path) -> None:
    keywords = (
        "image services stages before_script after_script variables cache include default workflow spec pages"
    )
    for file in ("grade.yml", ".gitlab-ci.yml"):
        for name, job in load(packages / "gitlab" / "grader" / file).items():
            assert name not in keywords.split()
            assert job["script"]


@pytest.mark.parametrize("path", ["template/.github/workflows/practice.yml", CLASSROOM])
def test_workflows_give_what_is_asked_for(packages: Path, path: str) -> None:
    """What a workflow passes on is an input of what it calls; what it reads is an output."""
    github = packages / "github"
    called = load(github / "grader/.github/workflows/grade.yml")
    about = called[True]["workflow_call"]  # YAML 1.1 takes `on` for true
    jobs = load(github / path)["jobs"].values()
    for job in jobs:
        assert set(job.get("with", {})) <= set(about["inputs"])
    used = set(re.findall(r"needs\.grade\.outputs\.(\w+)", (github / path).read_text()))
    assert used <= set(about["outputs"]) & set(called["jobs"]["grade"]["outputs"])
    action = load(github / "grader/action.yml")
    assert set(called["jobs"]["grade"]["steps"][-1]["with"]) <= set(action["inputs"])
    assert set(called["jobs"]["grade"]["outputs"]) <= set(action["outputs"])


# Containers and PrairieLearn


def test_all_that_the_container_copies_is_there(packages: Path) -> None:
    for folder in (packages / "container", packages / "gitlab" / "grader"):
        copied = re.findall(
            r"^COPY (?:--\S+ )*(.+) \S+$", (folder / "Containerfile").read_text(), re.MULTILINE
        )
        names = [name for line in copied for name in line.split()]
        assert len(names) == 5
        assert all([*folder.glob(name)] for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "score"), [(SOLVED, 1.0), (STUBS, 0.0), ("{", None)])
def test_prairielearn_grades_in_its_layout(
    packages: Path,
    root: Path,
    bare: dict[str, str],
    within: list[str],
    tmp_path: Path,
    text: str,
    score: float | None,
) -> None:
    in_folder(tmp_path, {"student/work.ipynb": text, "tests/secret": SECRET, "data/data.json": "{}"})
    environment = bare | {"PATH": f"{root / 'source/venv/bin'}:{bare['PATH']}"}
    run(environment, Path("/"), *within, packages / "container" / "grade-prairielearn", tmp_path, "/")
    found = results(tmp_path)
    assert (found.get("score"), found["gradable"]) == (score, score is not None)


def test_prairielearn_without_a_secret_does_not_count(tmp_path: Path) -> None:
    from autograder.platforms import prairielearn

    in_folder(tmp_path, {"student/work.ipynb": write(solved(ASSIGNMENT)), "tests/": ""})
    prairielearn.main(tmp_path, tmp_path)
    assert results(tmp_path)["gradable"] is False
    assert "cannot read the secret file" in results(tmp_path)["format_errors"][0]
