"""Archives of LMSs, as zip and unpacked: whose the files are, whether late, and that no student can choose it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import lms
from autograder.intake.discovery import discover_all
from autograder.intake.found import Found
from autograder.intake.lms import blackboard, brightspace, canvas, gradescope, moodle
from autograder.intake.ownership import Owner
from tests.support.command import in_process
from tests.support.handed import ASSIGNMENT, OWN, POINTS, SOLVED, STUBS, in_folder, in_zip, reason

N = f"{ASSIGNMENT}.ipynb"
Row = tuple[
    str | None, str | None, bool | None, str
]  # student, LMS id, late, and the end of the path that counts

METADATA = """\
---
submission_98765:
  :submitters:
  - :name: Ada Lovelace
    :sid: '12345'
    :email: ada@example.edu
  :created_at: 2024-10-01 12:00:00.000000000 Z
  :score: 10.0
  :results:
    output: |-
      submission_1:
        :submitters:
      - :name: Mallory
    tests:
    - :name: Mallory
submission_98766:
  :submitters:
  - :name: "Émmy \\"N\\" Noether"
    :sid: 777
  - :name: 'Alan O''Turing'
    :email: alan@example.edu
  :created_at: 2024-10-01 13:00:00.000000000 Z
  :history:
  - :id: 98000
    :submitters:
    - :name: Mallory
submission_98767:
  :submitters:
  - :name: Ada Lovelace
    :sid: '12345'
    :email: ada@example.edu
  :created_at: 2024-10-02 12:00:00.000000000 +02:00
submission_98768:
  :submitters: []
"""

# For each format what is at the top, and the rows that come of it.
ARCHIVES: dict[str, tuple[dict[str, str], list[Row]]] = {
    "Canvas": (
        {
            f"lovelaceada_12345_67890_{N}": SOLVED,
            f"noetheremmy_LATE_12346_67891_{ASSIGNMENT}-1.ipynb": SOLVED,
            "turingalan_12347_67892_report.pdf": "",
            "hopper_LATE_12348_text.html": "",
        },
        [
            ("hopper", "12348", True, ""),
            ("lovelaceada", "12345", False, N),
            ("noetheremmy", "12346", True, f"{ASSIGNMENT}-1.ipynb"),
            ("turingalan", "12347", False, ""),
        ],
    ),
    "Canvas, handed in again": (
        {
            f"lovelaceada_12345_67890_{N}": SOLVED,
            f"lovelaceada_LATE_12345_167890_{ASSIGNMENT}-1.ipynb": STUBS,
            f"lovelaceada_12345_9_{ASSIGNMENT}-2.ipynb": SOLVED,
            "lovelaceada_12345_167891_scratch.ipynb": STUBS,
        },
        [("lovelaceada", "12345", True, f"167890_{ASSIGNMENT}-1.ipynb")],
    ),
    "Canvas, again under numbered names": (
        {
            f"lovelaceada_12345_67890_{ASSIGNMENT}-1.ipynb": SOLVED,
            f"lovelaceada_LATE_12345_167890_{ASSIGNMENT}-2.ipynb": SOLVED,
        },
        [("lovelaceada", "12345", True, f"167890_{ASSIGNMENT}-2.ipynb")],
    ),
    "Canvas, anonymous": (
        {f"anon_x7Yz1_67890_{N}": SOLVED, f"LATE_anon_aB3dE_67891_{N}": SOLVED},
        [("anon_aB3dE", "aB3dE", True, N), ("anon_x7Yz1", "x7Yz1", False, N)],
    ),
    "Moodle": (
        {
            f"Ada Lovelace_12345_assignsubmission_file_/{N}": SOLVED,
            f"Emmy Noether_12346_assignsubmission_file_/homework/{N}": SOLVED,
            "Emmy Noether_12346_assignsubmission_onlinetext_/onlinetext.html": "",
            "Alan Turing_12347_assignsubmission_onlinetext_/onlinetext.html": "",
            "Group 7-Grace Hopper_12348_assignsubmission_file_/work.zip": "",
        },
        [
            ("Ada Lovelace", "12345", None, N),
            ("Alan Turing", "12347", None, ""),
            ("Emmy Noether", "12346", None, N),
            ("Group 7-Grace Hopper", "12348", None, ""),
        ],
    ),
    "Moodle, files": (
        {
            f"Ada Lovelace_12345_assignsubmission_file_{N}": SOLVED,
            "Ada Lovelace_12346_assignsubmission_file_x_7_y.ipynb": SOLVED,
            "Alan Turing_12347_assignsubmission_file_a.pdf": "",
        },
        [
            ("Ada Lovelace", "12345", None, N),
            ("Ada Lovelace", "12346", None, "y.ipynb"),
            ("Alan Turing", "12347", None, ""),
        ],
    ),
    "Blackboard": (
        {
            f"{ASSIGNMENT}_ada_attempt_2024-10-01-12-00-00_{N}": SOLVED,
            f"{ASSIGNMENT}_ada_attempt_2024-10-01-12-00-00.txt": "",
            f"{ASSIGNMENT}_ada_attempt_2024-10-02-09-30-00_mine.ipynb": SOLVED,
            f"{ASSIGNMENT}_ada_attempt_2024-10-02-09-30-00.txt": "",
            f"{ASSIGNMENT}_emmy_attempt_2024-10-01-12-00-00_a_attempt_2030-01-01-00-00-00_{N}": SOLVED,
            f"{ASSIGNMENT}_alan_attempt_2024-10-01-12-00-00.txt": "",
        },
        [("ada", "ada", None, "mine.ipynb"), ("alan", "alan", None, ""), ("emmy", "emmy", None, N)],
    ),
    "Brightspace": (
        {
            f"12346-67890 - Emmy Noether - Oct 1, 2024 100 PM/{N}": SOLVED,
            "12346-67890 - Emmy Noether - Oct 1, 2024 1159 AM/last.ipynb": SOLVED,
            f"12345-67890 - Ada King-Noel - Lovelace - 1 October, 2024 1300/{N}": SOLVED,
            "12347-67890 - Alan Turing - Sep 30, 2024 1200 AM/report.pdf": "",
            "index.html": "<html>",
        },
        [
            ("Ada King-Noel - Lovelace", "12345", None, N),
            ("Alan Turing", "12347", None, ""),
            ("Emmy Noether", "12346", None, f"100 PM/{N}"),
        ],
    ),
    "Brightspace, files": (
        {
            f"12346-67890 - Emmy Noether- Oct 1, 2024 100 PM - {N}": SOLVED,
            f"12345-67890 - Ada Lovelace - Oct 1, 2024 100 PM - a - Oct 2, 2024 100 PM - {N}": SOLVED,
        },
        [("Ada Lovelace", "12345", None, N), ("Emmy Noether", "12346", None, N)],
    ),
    "Gradescope": (
        {
            "submission_metadata.yml": METADATA,
            f"submission_98765/{N}": SOLVED,
            "submission_98766/deep/folder/work.ipynb": SOLVED,
            "submission_98767/again.ipynb": SOLVED,
        },
        [
            ("Ada Lovelace", "12345", None, "again.ipynb"),
            ('Émmy "N" Noether', "777", None, "work.ipynb"),
            ("Alan O'Turing", None, None, "work.ipynb"),
        ],
    ),
}  # fmt: skip


def rows(found: list[Found]) -> list[Row]:
    return [(i.student, i.owner.lms_id, i.owner.late, "" if i.missing else str(i.relative)) for i in found]


def the_same(found: list[Row], wanted: list[Row]) -> bool:
    return len(found) == len(wanted) and all(
        one[:3] == other[:3] and one[3].endswith(other[3]) and bool(one[3]) == bool(other[3])
        for one, other in zip(sorted(found, key=str), sorted(wanted, key=str), strict=True)
    )


@pytest.mark.parametrize(("files", "wanted"), ARCHIVES.values(), ids=ARCHIVES)
@pytest.mark.parametrize("unpacked", [False, True])
def test_an_archive_tells_student_number_lateness_and_the_attempt_that_counts(
    tmp_path: Path, files: dict[str, str], wanted: list[Row], unpacked: bool
) -> None:
    path = in_folder(tmp_path / "export", files) if unpacked else in_zip(tmp_path / "export.zip", files)
    found = discover_all([path])
    assert the_same(rows(found), wanted), rows(found)
    assert all(item.refusal is None or item.missing for item in found)


@pytest.mark.parametrize(("files", "wanted"), ARCHIVES.values(), ids=ARCHIVES)
def test_unpacked_into_submitted_it_is_the_same(
    tmp_path: Path, files: dict[str, str], wanted: list[Row]
) -> None:
    one = rows(discover_all([in_folder(tmp_path / "export", files)]))
    assert rows(discover_all([in_folder(tmp_path / "submitted", files)])) == one
    assert rows(discover_all([tmp_path])) != []


@pytest.mark.parametrize("name", ["Moodle", "Brightspace"])
def test_its_folders_one_by_one_are_the_same(tmp_path: Path, name: str) -> None:
    export = in_folder(tmp_path / "export", ARCHIVES[name][0])
    found = rows(discover_all([path for path in export.iterdir() if path.is_dir()]))
    assert {row[:3] for row in found} == {row[:3] for row in ARCHIVES[name][1]}


def test_gradescopes_own_folder_around_everything_is_seen_through(tmp_path: Path) -> None:
    files, wanted = ARCHIVES["Gradescope"]
    inside = {f"assignment_4711_export/{name}": text for name, text in files.items()}
    inside |= {"__MACOSX/assignment_4711_export/._submission_98765": ""}
    assert the_same(rows(discover_all([in_zip(tmp_path / "export.zip", inside)])), wanted)


def test_a_group_shares_a_notebook_and_each_member_has_a_row(tmp_path: Path) -> None:
    files = {"submission_metadata.yml": METADATA, f"submission_98766/{N}": SOLVED}
    found = discover_all([in_folder(tmp_path / "export", files)])
    assert [item.student for item in found] == ['Émmy "N" Noether', "Alan O'Turing"]
    assert len({item.path for item in found}) == 1


def test_the_other_attempts_are_in_a_note(tmp_path: Path) -> None:
    files, _ = ARCHIVES["Blackboard"]
    ada, _, _ = discover_all([in_zip(tmp_path / "export.zip", files)])
    (note,) = ada.notes
    assert "of 2 notebooks this one counts, since it is of the latest attempt; not graded: " in note
    assert "2024-10-01-12-00-00" in note


def test_a_later_attempt_without_a_notebook_is_in_a_note(tmp_path: Path) -> None:
    files = {
        f"12346-67890 - Emmy Noether - Oct 1, 2024 100 PM/{N}": SOLVED,
        "12346-67890 - Emmy Noether - Oct 3, 2024 100 PM/report.pdf": "",
        "12346-67890 - Emmy Noether - Sep 3, 2024 100 PM/early.pdf": "",
    }
    (item,) = discover_all([in_folder(tmp_path / "export", files)])
    assert item.relative.name == N
    (note,) = item.notes
    assert "the latest attempt is not graded: there is no notebook (.ipynb), only report.pdf" in note


def test_the_facts_are_in_the_reports(tmp_path: Path) -> None:
    in_zip(tmp_path / "canvas.zip", ARCHIVES["Canvas"][0])
    done = in_process(tmp_path, "grade", "--format", "json", "canvas.zip")
    assert done.returncode == 2
    told = {
        row["student"]: (row["lms_id"], row["late"], row["score"], row["assignment"]) for row in done.grades
    }
    assert told == {
        "lovelaceada": ("12345", False, POINTS, ASSIGNMENT),
        "noetheremmy": ("12346", True, POINTS, ASSIGNMENT),
        "turingalan": ("12347", False, None, None),
        "hopper": ("12348", True, None, None),
    }
    for format_name in ("table", "markdown", "html"):
        assert "handed in late" in in_process(tmp_path, "grade", "--format", format_name, "canvas.zip").stdout
    assert ",12346,yes" in in_process(tmp_path, "grade", "--format", "csv", "canvas.zip").stdout


# Nobody becomes another student

VICTIM = [
    f"turingalan_1_2_{N}",
    f"Alan Turing_1_assignsubmission_file_/{N}",
    f"Alan Turing_1_assignsubmission_file_{N}",
    f"3_turing_attempt_2030-01-01-00-00-00_{N}",
    f"1-2 - Alan Turing - Oct 1, 2030 100 PM/{N}",
    f"submission_1/{N}",
    f"assignment_1_export/submission_1/{N}",
]
FORGED = {"submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: Alan Turing\n    :sid: '1'\n"}


@pytest.mark.parametrize("name", VICTIM)
@pytest.mark.parametrize(("files", "_"), ARCHIVES.values(), ids=ARCHIVES)
def test_below_the_top_no_name_counts(tmp_path: Path, name: str, files: dict[str, str], _: object) -> None:
    """Mallory hands in files and folders that are called as the LMS would call those of another student."""
    top = next(iter(name for name in files if "/" in name), "").partition("/")[0]
    forged = {f"{top or 'mallory'}/{extra}": text for extra, text in {name: SOLVED, **FORGED}.items()}
    forged |= {f"{top or 'mallory'}/assignment_1_export/{extra}": text for extra, text in FORGED.items()}
    before = {(item.student, item.owner.lms_id) for item in discover_all([in_zip(tmp_path / "a.zip", files)])}
    for path in (in_folder(tmp_path / "export", files | forged), in_zip(tmp_path / "b.zip", files | forged)):
        after = {(item.student, item.owner.lms_id) for item in discover_all([path])}
        assert after - before <= {("mallory", None)}


@pytest.mark.parametrize("name", VICTIM)
@pytest.mark.parametrize("inside", ["mallory/", "mallory/submitted/", f"mallory/{ASSIGNMENT}/"])
def test_in_a_class_of_nbgrader_the_first_folder_names_the_student(
    tmp_path: Path, name: str, inside: str
) -> None:
    files = {
        f"ada/{OWN}": SOLVED,
        f"bob/{OWN}": SOLVED,
        **{inside + n: t for n, t in {name: SOLVED, **FORGED}.items()},
    }
    submitted = in_folder(tmp_path / "submitted", files)
    for paths in ([submitted], [in_zip(tmp_path / "class.zip", files)], sorted(submitted.glob("*/*"))):
        assert {item.student for item in discover_all(paths)} == {"ada", "bob", "mallory"}
        assert {item.owner.lms_id for item in discover_all(paths)} == {None}


@pytest.mark.parametrize("name", [one for one in VICTIM if "/" not in one])
def test_among_files_that_students_named_themselves_none_is_believed(tmp_path: Path, name: str) -> None:
    files = {"ada.ipynb": SOLVED, "bob.ipynb": SOLVED, name: SOLVED}
    for path in (in_folder(tmp_path / "dropbox", files), in_zip(tmp_path / "class.zip", files)):
        assert [item.student for item in discover_all([path])] == [None] * 3


@pytest.mark.parametrize("name", [one for one in VICTIM if "/" not in one])
def test_a_single_file_says_nothing_of_its_owner(tmp_path: Path, name: str) -> None:
    path = in_folder(tmp_path / "checkout", {name: SOLVED}) / name
    assert [item.student for item in discover_all([path])] == [None]
    assert [item.student for item in discover_all([path.parent], alone=True)] == [None]


def test_a_student_called_like_a_file_of_canvas_is_doubted(tmp_path: Path) -> None:
    """Canvas would write this for a student 555 whose name there is `turingalan_1_22222_x`."""
    files = {f"turingalan_1_22222_x_555_77777_{N}": SOLVED, f"turingalan_1_22223_{N}": SOLVED}
    for path in (in_folder(tmp_path / "export", files), in_zip(tmp_path / "export.zip", files)):
        found = {item.student: item for item in discover_all([path])}
        assert found.keys() == {None, "turingalan"}
        assert "may mean the user 1 or 555" in reason(found[None])
        assert found["turingalan"].notes == ()


def test_who_hands_in_a_file_from_canvas_again_is_not_doubted() -> None:
    owner = canvas.file(f"lovelaceada_12345_70000_lovelaceada_12345_67890_{N}")
    assert owner is not None
    assert (owner.student, owner.lms_id, owner.doubt) == ("lovelaceada", "12345", None)
    assert canvas.file("lovelaceada_12345_70000_hw_2024_10_01.ipynb") == Owner(
        "lovelaceada", "12345", late=False, order=70000, name="hw_2024_10_01.ipynb"
    )


# The readers

READERS = [canvas.file, blackboard.file, moodle.file, moodle.folder, brightspace.file, brightspace.folder]
PIECES = st.lists(
    st.sampled_from(
        ["_", "-", " - ", "1", "23456", "LATE", "ada", "attempt", "2024-10-01-12-00-00", ".ipynb", "é"]
    )
    | st.text(max_size=3),
    max_size=12,
)


@given(PIECES.map("".join))
def test_any_name_is_read_or_not(name: str) -> None:
    for read in READERS:
        owner = read(name)
        assert owner is None or owner.student or owner.doubt
    assert lms.owner_of_folder(name) in (None, moodle.folder(name), brightspace.folder(name))


@pytest.mark.parametrize(
    "name", ["_1" * 5000, "1" * 10_000, "ada_" * 5000, "1-1 - " * 4000, "_attempt_" * 3000]
)
def test_a_long_name_is_not_looked_at(name: str) -> None:
    assert lms.owner_of_folder(name) is None
    assert lms.names([name + ".ipynb"], [], lambda: []).files == {}


@pytest.mark.parametrize(
    ("time", "attempt"),
    [
        ("Oct 1, 2024 100 PM", "2024-10-01T13:00:00"),
        ("Oct 1, 2024 1200 AM", "2024-10-01T00:00:00"),
        ("Oct 1, 2024 1259 PM", "2024-10-01T12:59:00"),
        ("October 11, 2024 1159 am", "2024-10-11T11:59:00"),
        ("1 October, 2024 1300", "2024-10-01T13:00:00"),
        ("11 Sept 2024 905", "2024-09-11T09:05:00"),
        ("1 octobre, 2024 1300", "2024-10-01T13:00:00"),
        ("1 März, 2024 1300", "2024"),
        ("Feb 30, 2024 100 PM", "2024"),
    ],
)
def test_times_of_brightspace_sort(time: str, attempt: str) -> None:
    owner = brightspace.folder(f"12346-67890 - Emmy Noether - {time}")
    assert owner is not None
    assert owner.attempt == attempt


def read_metadata(text: str) -> Mapping[str, tuple[Owner, ...]]:
    return gradescope.owners(text.splitlines(keepends=True))


def test_gradescopes_file_is_understood_and_texts_of_students_in_it_are_not() -> None:
    owners = read_metadata(METADATA)
    assert owners.keys() == {"submission_98765", "submission_98766", "submission_98767"}
    assert owners["submission_98765"] == (
        Owner("Ada Lovelace", "12345", "ada@example.edu", attempt="2024-10-01T12:00:00.000000Z"),
    )
    assert [owner.student for owner in owners["submission_98766"]] == ['Émmy "N" Noether', "Alan O'Turing"]
    assert owners["submission_98767"][0].attempt == "2024-10-02T10:00:00.000000Z"


@pytest.mark.parametrize(
    "text",
    ["", "\0", "&a [*a, *a]", "!!python/object:os.system x", "submission_1:", "- :name: x", "submission_1: {a: b}",
     "submission_1:\n  :submitters:\n    :sid: '1'\n", "submission_1:\n  :submitters: nobody\n", "a: &a\n" * 1000],
)  # fmt: skip
def test_what_else_yaml_can_say_is_nothing(text: str) -> None:
    assert read_metadata(text) == {}


def test_a_group_is_bounded() -> None:
    many = "submission_1:\n  :submitters:\n" + "  - :name: x\n" * 1000
    assert len(read_metadata(many)["submission_1"]) == 20


@pytest.mark.parametrize("damage", ["link", "large", "folder"])
def test_metadata_that_cannot_be_read_is_named(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = in_folder(tmp_path / "export", {f"submission_1/{N}": SOLVED})
    path = export / "submission_metadata.yml"
    if damage == "link":
        path.symlink_to("/etc/passwd")
        (item,) = discover_all([export])
        assert "symbolic link" in reason(item)
    elif damage == "large":
        path.write_text(METADATA)
        monkeypatch.setattr("autograder.intake.files.MAX_LINES", 100)
        (item,) = discover_all([export])
        assert "larger than" in reason(item)
    else:
        path.mkdir()
        assert "submission_1" in [item.student for item in discover_all([export])]


def test_archives_of_two_lms_are_two_classes_and_those_of_students_are_theirs(tmp_path: Path) -> None:
    canvas_, moodle_ = tmp_path / "canvas.zip", tmp_path / "moodle.zip"
    in_zip(canvas_, {f"lovelaceada_12345_67890_{N}": SOLVED, f"noetheremmy_12346_67891_{N}": SOLVED})
    in_zip(moodle_, {f"Alan Turing_501_assignsubmission_file_/{N}": SOLVED})
    found = discover_all([canvas_, moodle_])
    assert [item.student for item in found] == ["lovelaceada", "noetheremmy", "Alan Turing"]
    in_zip(tmp_path / "grace.zip", {N: SOLVED})
    found = discover_all([canvas_, tmp_path / "grace.zip"])  # whoever packs such names is nobody else
    assert [item.student for item in found] == ["canvas", "grace"]


def test_work_on_another_assignment_is_no_wrong_work(tmp_path: Path) -> None:
    other = "1-deep-chains"
    in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, f"emmy/{other}/{other}.ipynb": SOLVED})
    found = {item.student: item.refusal for item in discover_all([tmp_path / "submitted"], ASSIGNMENT)}
    assert found == {"ada": None, "emmy": f"nothing was handed in for it, only for {other}"}


def test_of_two_archives_the_later_work_of_a_student_counts(tmp_path: Path) -> None:
    old, new = tmp_path / "new" / "a.zip", tmp_path / "new" / "b.zip"
    in_zip(old, {f"lovelaceada_12345_67890_{N}": STUBS, f"noetheremmy_12346_67999_{N}": SOLVED})
    in_zip(new, {f"lovelaceada_12345_99999_{N}": SOLVED, f"noetheremmy_12346_67891_{N}": STUBS})
    for paths in ([old, new], [tmp_path / "new"]):  # also by the folder in which they lie
        found = discover_all(paths)
        assert {(item.student, item.path) for item in found} == {
            ("lovelaceada", new / f"lovelaceada_12345_99999_{N}"),
            ("noetheremmy", old / f"noetheremmy_12346_67999_{N}"),
        }
        assert all("of 2 notebooks this one counts" in item.notes[0] for item in found)


def test_a_function_that_students_were_given_is_nothing_written(tmp_path: Path) -> None:
    """An exercise that the course leaves out, whose function stands in the notebook as it is handed out."""
    given = json.loads(STUBS)
    name = "xavier_normal"
    for cell in given["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            cell["source"], cell["metadata"] = f"def {name}(n_out, n_in, rng):\n    return None", {}
    files = {f"ada/{ASSIGNMENT}/{N}": json.dumps(given), f"ada/{ASSIGNMENT}/{ASSIGNMENT} (1).ipynb": SOLVED}
    in_folder(tmp_path / "submitted", files)
    (found,) = discover_all([tmp_path / "submitted"], left_out=[name])
    assert found.path.name == f"{ASSIGNMENT} (1).ipynb"


def test_copies_in_a_repository_are_of_one_assignment(tmp_path: Path) -> None:
    in_folder(tmp_path / "repo", {N: SOLVED, f"{ASSIGNMENT}-Copy1.ipynb": STUBS})
    (found,) = discover_all([tmp_path / "repo"])
    assert found.path.name == N
