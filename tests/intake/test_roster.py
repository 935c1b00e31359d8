"""The roster: under which id a submission goes into the gradebook, and who handed in nothing."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import enrolment, people, roster
from autograder.intake.discovery import discover_all
from autograder.intake.enrolment import enrolled
from autograder.intake.found import Found
from autograder.intake.roster import RosterError
from tests.support.command import Done, in_process
from tests.support.handed import ASSIGNMENT, OWN, POINTS, SOLVED, in_folder, in_zip
from tests.support.selection import mostly_slow

N = f"{ASSIGNMENT}.ipynb"
FULL = """\
id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,Ada@Example.edu,12345
emmy,Emmy,Noether,emmy@example.edu,12346
alan,Alan,Turing,alan@example.edu,12347
"""
CANVAS = {f"lovelaceada_12345_1_{N}": SOLVED, f"noetheremmy_12346_2_{N}": SOLVED}
MOODLE = {
    f"Ada Lovelace_12345_assignsubmission_file_/{N}": SOLVED,
    f"Emmy Noether_12346_assignsubmission_file_/{N}": SOLVED,
}
BLACKBOARD = {f"3_{who}_attempt_2024-10-01-12-00-00_{N}": SOLVED for who in ("ada", "emmy")}
FOLDERS = {f"ada/{OWN}": SOLVED, f"emmy/{OWN}": SOLVED}
METADATA = """\
submission_1:
  :submitters:
  - :name: Ada
    :email: ADA@example.edu
submission_2:
  :submitters:
  - :name: Emmy
    :sid: emmy
"""
GRADESCOPE = {"submission_metadata.yml": METADATA, f"submission_1/{N}": SOLVED, f"submission_2/{N}": SOLVED}


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def under(tmp_path: Path, files: Mapping[str, str], text: str) -> list[Found]:
    """What was handed in, under the roster's ids."""
    found = discover_all([in_folder(tmp_path / "submitted", files)])
    return enrolled(found, roster.read(written(tmp_path / "roster.csv", text)))


def students(found: list[Found]) -> list[str | None]:
    return [item.student for item in found]


@pytest.mark.parametrize("files", [CANVAS, MOODLE, BLACKBOARD, FOLDERS, GRADESCOPE])
def test_whatever_names_the_lms_writes_the_gradebook_has_its_ids(
    tmp_path: Path, files: dict[str, str]
) -> None:
    found = under(tmp_path, files, FULL)
    assert students(found) == ["ada", "emmy", "alan"]
    assert [item.refusal for item in found] == [None, None, "nothing handed in"]
    assert found[2].owner.lms_id == "12347"


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("id,name\nada,Ada Lovelace\nemmy,Emmy Noether\nalan,Alan Turing\n", CANVAS),
        ("id,name\nada,Ada Lovelace\nemmy,Emmy Noether\nalan,Alan Turing\n", MOODLE),
        ('id,name\nada,"Lovelace, Ada"\nemmy,"Nöther, Emmy"\nalan,"Turing, Alan"\n', {**CANVAS}),
        ("ID;Nachname;Last Name;First Name\nada;;Lovelace;Ada\nemmy;;Noether;Emmy\nalan;;Turing;Alan\n", MOODLE),
        ("sep=;\nid;email\nada;ada@example.edu\nemmy;emmy@example.edu\nalan;x@y\n", GRADESCOPE),
        ("Identifier,Full name,Email address\nParticipant 12345,A L,\nParticipant 12346,E N,\nParticipant 9,A T,\n", MOODLE),  # noqa: E501
        ("id\tcanvas id\nada\t12345\nemmy\t12346\nalan\t12347\n", CANVAS),
        ("Student_ID,LMS-ID\nada,12345\nemmy,12346\nalan,12347\n", CANVAS),
        ("student,Email\nada,a@b\nemmy,e@b\nalan,c@d\n", FOLDERS),
        ("id,username\n1,ada\n2,emmy\n3,alan\n", BLACKBOARD),
        ("\ufeffid,name\r\nada,\r\n\r\nemmy,\r\n , \r\nalan,\r\n", FOLDERS),
        ('"id","name"\n"ada","a ""b"" c"\n"emmy","line\nbreak"\n"alan",""', FOLDERS),
    ],
)  # fmt: skip
def test_rosters_come_from_many_programs(tmp_path: Path, text: str, files: dict[str, str]) -> None:
    if "Nöther" in text:
        files = {name.replace("noether", "nother"): content for name, content in files.items()}
    path = written(tmp_path / "roster.csv", text)
    found = under(tmp_path, files, text)
    assert roster.read(path).doubt is None
    assert students(found) == list(roster.read(path).people)
    assert [item.refusal for item in found] == [None, None, "nothing handed in"]


def test_a_gradebook_of_canvas_is_a_roster(tmp_path: Path) -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,3 (77)\n"
        "    Points Possible,,,,,100\n"
        '"Lovelace, Ada",12345,S1,ada1,1,\n"Noether, Emmy",12346,S2,emmy1,1,\n"Turing, Alan",12347,S3,alan1,1,\n'
        '"Student, Test",12348,,,1,\n'
    )
    found = under(tmp_path, CANVAS, text)
    assert students(found) == ["ada1", "emmy1", "alan1"]
    assert [item.owner.lms_id for item in found] == [
        "12345",
        "12346",
        "12347",
    ]  # by which its export is filled in
    assert roster.read(tmp_path / "roster.csv").doubt is None


@pytest.mark.parametrize(
    ("logins", "numbers", "ids"),
    [
        (("", ""), ("S1", "S2"), ["S1", "S2"]),
        (("", ""), ("", ""), ["12345", "12346"]),
        (("ada1", ""), ("S1", "S2"), ["ada1"]),
    ],
)
def test_the_ids_of_a_gradebook_of_canvas_are_those_that_it_has(
    tmp_path: Path, logins: tuple[str, str], numbers: tuple[str, str], ids: list[str]
) -> None:
    lines = [f'"Name {n}",1234{n + 5},{numbers[n]},{logins[n]}' for n in range(2)]
    path = written(tmp_path / "roster.csv", "\n".join(["Student,ID,SIS User ID,SIS Login ID", *lines]))
    known = roster.read(path)
    assert list(known.people) == ids
    assert (known.doubt is None) is (len(ids) == 2)


def test_numbers_of_another_lms_do_not_exchange_people(tmp_path: Path) -> None:
    """Canvas' number of Emmy is Moodle's of Ada, and the other way round: the names decide."""
    known = "id,name,canvas id\nada,Ada Lovelace,12346\nemmy,Emmy Noether,12345\n"
    found = [item for item in under(tmp_path, MOODLE, known) if not item.missing]
    assert {item.student: item.relative.parts[0].split("_")[0] for item in found} == {
        "ada": "Ada Lovelace",
        "emmy": "Emmy Noether",
    }


# Whom nobody can tell apart

TWINS = "id,name,lms_id\na1,Ada Lovelace,\na2,Ada Lovelace,\nemmy,Emmy Noether,\n"


def test_people_of_the_same_name_are_not_guessed(tmp_path: Path) -> None:
    found = under(tmp_path, MOODLE, TWINS)
    assert students(found) == ["Ada Lovelace", "emmy"]  # neither of them is said to have handed in nothing
    assert "it may be a1 or a2" in found[0].notes[0]
    assert roster.read(tmp_path / "roster.csv").doubt is None


def test_two_who_handed_in_under_one_name_are_not_guessed(tmp_path: Path) -> None:
    files = MOODLE | {f"Ada Lovelace_666_assignsubmission_file_/{N}": SOLVED}
    found = under(tmp_path, files, "id,name\nada,Ada Lovelace\nemmy,Emmy Noether\n")
    assert students(found) == ["Ada Lovelace", "Ada Lovelace", "emmy"]
    assert all("another student has it, too" in item.notes[0] for item in found[:2])


@pytest.mark.parametrize("known", [FULL, "id,name,moodle id\nada,Ada Lovelace,12345\nemmy,Emmy Noether,\n"])
def test_who_takes_the_name_of_another_does_not_get_the_others_row(tmp_path: Path, known: str) -> None:
    files = MOODLE | {f"Ada Lovelace_666_assignsubmission_file_/{N}": SOLVED}
    found = [item for item in under(tmp_path, files, known) if not item.missing]
    assert {item.owner.lms_id: item.student for item in found} == {
        "12345": "ada",
        "12346": "emmy",
        "666": "Ada Lovelace",
    }


def test_a_name_is_no_login(tmp_path: Path) -> None:
    """In an LMS students choose their names: one may call herself as another one logs in."""
    files = {f"ada_666_3_{N}": SOLVED, f"noetheremmy_12346_2_{N}": SOLVED}
    found = under(tmp_path, files, FULL)
    assert students(found) == ["ada", "emmy", "ada", "alan"]
    assert ["not in the roster" in str(item.notes) for item in found] == [True, False, False, False]
    assert found[2].missing


def test_who_is_not_in_the_roster_stays_and_is_remarked(tmp_path: Path) -> None:
    found = under(tmp_path, FOLDERS | {f"mallory/{OWN}": SOLVED}, FULL)
    assert students(found) == ["ada", "emmy", "mallory", "alan"]
    assert found[2].notes == ("this student is not in the roster",)


def test_nobodys_files_stay_nobodys(tmp_path: Path) -> None:
    found = under(tmp_path, FOLDERS | {"ada.ipynb": SOLVED}, FULL)
    assert sorted(students(found), key=str) == [None, "ada", "alan", "emmy"]


def test_if_nothing_was_handed_in_everybody_is_listed(tmp_path: Path) -> None:
    found = under(tmp_path, {}, FULL)
    assert students(found)[1:] == ["ada", "emmy", "alan"]


# What is the matter with a roster

BAD: dict[str, tuple[str | bytes, str, list[str]]] = {
    "no column": ("name,email\nAda Lovelace,a@b\n", "no column with the gradebook's ids", ["ada", "emmy"]),
    "no heading": ("ada,Ada\nemmy,Emmy\n", "no column with the gradebook's ids", ["ada", "emmy"]),
    "empty": ("", "it is empty", ["ada", "emmy"]),
    "blank": ("\n , \n\n", "it is empty", ["ada", "emmy"]),
    "headings only": ("id,name\n", "there is nobody in it", ["ada", "emmy"]),
    "UTF-16": ("id,name\nada,x\n".encode("utf-16"), "in UTF-16", ["ada", "emmy"]),
    "UTF-16 without a mark": ("id,name\nada,x\n".encode("utf-16-le"), "in UTF-16", ["ada", "emmy"]),
    "Latin 1": ("id,name\nada,é\n".encode("latin-1"), "not in UTF-8", ["ada", "emmy"]),
    "a spreadsheet": (b"PK\3\4" + bytes(range(256)), "UTF-16, or no text", ["ada", "emmy"]),
    "another course": ("id,name\nx,X\ny,Y\n", "it may be the roster of another course.", ["ada", "emmy"]),
    "a huge cell": ("id,name\nada," + "x" * 200_000, "is no CSV", ["ada", "emmy"]),
    "a duplicate": ("id,lms\nada,1\nemmy,2\nada,1\n", "more than one line for ada (lines 2, 4)", ["ada", "emmy"]),
    "duplicates": (FULL + "ada,X,Y,z@b,9\nzoe,Z,Z,,\n", "for ada (lines 2, 5)", ["ada", "alan", "emmy", "zoe"]),
    "two logins": ("id,username\nada,x\nemmy,x\n", "have the same login: x of ada and emmy", ["ada", "emmy"]),
    "two addresses": ("id,email\nada,x@y\nemmy,X@y\n", "the same e-mail address: x@y of ada and emmy", ["ada", "emmy"]),
    "no id": ("id,name\nada,A\n,Nobody\nemmy,E\n", "no `id` in line 3", ["ada", "emmy"]),
}  # fmt: skip


GRADE = ("grade", "--format", "json", "--roster", "roster.csv", "--secret-file")


def secret(tmp_path: Path) -> Path:
    return written(tmp_path / "secret", "one that is there")


@pytest.mark.parametrize("kind", mostly_slow(BAD))
def test_a_bad_roster_is_one_sentence_and_exit_code_2_and_everybody_is_graded(
    tmp_path: Path, kind: str
) -> None:
    text, said, wanted = BAD[kind]
    in_folder(tmp_path / "submitted", FOLDERS)
    written(tmp_path / "roster.csv", text)
    done = in_process(tmp_path, *GRADE, secret(tmp_path), "submitted")
    assert done.returncode == 2
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("Error: the roster roster.csv: ")
    assert said in sentence
    graded = {row["student"]: row["score"] for row in done.grades}
    assert sorted(graded) == wanted
    assert (graded["ada"], graded["emmy"]) == (POINTS, POINTS)


def graded_with(tmp_path: Path, text: str, *arguments: str) -> Done:
    in_zip(tmp_path / "canvas.zip", CANVAS)
    written(tmp_path / "roster.csv", text)
    return in_process(tmp_path, *GRADE, secret(tmp_path), *arguments, "canvas.zip")


def test_who_handed_in_nothing_is_not_graded(tmp_path: Path) -> None:
    done = graded_with(tmp_path, FULL, "--assignment", ASSIGNMENT)
    assert (done.returncode, done.stderr) == (2, "")
    ada, _, alan = done.grades
    assert (ada["student"], ada["lms_id"], ada["late"], ada["score"]) == ("ada", "12345", False, POINTS)
    assert (alan["student"], alan["lms_id"], alan["late"], alan["score"]) == ("alan", "12347", None, None)
    assert (alan["error"], alan["assignment"], alan["submission"]) == (
        "nothing handed in",
        ASSIGNMENT,
        "roster.csv",
    )


def test_if_everybody_handed_in_all_is_well(tmp_path: Path) -> None:
    done = graded_with(tmp_path, FULL.partition("alan,")[0])
    assert (done.returncode, done.stderr, len(done.grades)) == (0, "", 2)


@pytest.mark.parametrize(
    "arguments", [["--roster", "nowhere.csv"], ["--roster", "roster.csv", "--format", "gradescope"]]
)
def test_wrong_usage_is_told_before_anybody_is_graded(tmp_path: Path, arguments: list[str]) -> None:
    written(tmp_path / "roster.csv", FULL)
    in_folder(tmp_path / "submitted", FOLDERS)
    assert in_process(tmp_path, "grade", *arguments, "submitted").returncode == 1


# Laws

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_table_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], parted: str
) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    path.write_text("id,name\n" + "\n".join(parted.join(row) for row in rows), encoding="utf-8", newline="")
    with contextlib.suppress(RosterError):
        assert roster.read(path).people


@given(st.lists(st.text("abéß", min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_name_has_the_same_forms_whichever_part_comes_first(parts: list[str]) -> None:
    first = " ".join(parts)
    last_first = f"{parts[-1]}, {' '.join(parts[:-1])}"
    assert people.forms(first) == people.forms(last_first)


@given(st.permutations(["ada", "emmy", "alan"]))
def test_the_missing_are_in_the_order_of_the_roster(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str]
) -> None:
    path = written(tmp_path_factory.mktemp("roster") / "r.csv", "id\n" + "\n".join(ids))
    assert students(enrolled([], roster.read(path))) == ids
    assert {item.refusal for item in enrolled([], roster.read(path))} == {enrolment.NOTHING}


def test_a_rosters_number_fills_the_lms_s_export_however_the_work_came(tmp_path: Path) -> None:
    in_folder(tmp_path / "submitted", FOLDERS)
    written(tmp_path / "roster.csv", "id,lms_id\nada,501\nemmy,502\n")
    written(
        tmp_path / "moodle.csv",
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Online text\n"
        "Participant 501,A. L.,a@b,,,50.00,\nParticipant 502,E. N.,e@b,,,50.00,\n",
    )
    arguments = (
        "grade",
        "--roster",
        "roster.csv",
        "--assignment",
        ASSIGNMENT,
        "--lms",
        "moodle",
        "moodle.csv",
    )
    done = in_process(
        tmp_path, *arguments, "--secret-file", secret(tmp_path), "--output", "import.csv", "submitted"
    )
    assert done.returncode == 0, done.stderr
    grades = [line.split(",")[4] for line in (tmp_path / "import.csv").read_text().splitlines()[1:]]
    assert grades == ["50", "50"]
