"""Hostile files and archives. Each is made beside an honest submission, which must get full marks all the same."""

import json
import os
import shutil
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.demo.handin import released, solved, write
from autograder.grading.batch import grade_one
from autograder.intake import zips
from autograder.intake.discovery import discover_all
from autograder.results import Grade
from tests.support.harness import ASSIGNMENT, Arena, Outcome
from tests.support.traces import forget_peak, peak, resident, traces

PROCESSOR, PEAK = 20.0, 600 << 20  # seconds of processor time, and bytes
HONEST = Path("honest", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")
HOSTILE = Path("mallory", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")
Make = Callable[[Path, Path], None]  # of the hostile file's path and of the laboratory


@dataclass(frozen=True)
class Intake:
    """A hostile file: `graded` if it is to get full marks in spite of it, otherwise it is to be refused in words."""

    name: str
    make: Make
    graded: bool = False
    archive: bool = False
    given: str = ""  # as a shell gives the class's files, instead of its folder


def _text(**changes: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [], **changes})


def _bytes(data: bytes | str) -> Make:
    def make(path: Path, lab: Path) -> None:
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return make


def _changed(change: Callable[[dict[str, Any]], Any]) -> Make:
    def make(path: Path, lab: Path) -> None:
        document = solved(ASSIGNMENT)
        change(document)
        path.write_text(json.dumps(document))

    return make


def _each(**fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda document: [cell.update(fields) for cell in document["cells"]]


def _append(source: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["cells"].append({"cell_type": "code", "source": source})


def _duplicate(document: dict[str, Any]) -> None:
    document["cells"] += [cell for cell in document["cells"] if cell["cell_type"] == "code"]


def _shadow(document: dict[str, Any]) -> None:
    check = {"cell_type": "code", "source": "100.0", "outputs": [], "execution_count": 1}
    for name in ("check_he_normal", "he_normal"):
        document["cells"].append(
            {**check, "metadata": {"nbgrader": {"grade_id": name, "grade": True, "points": 999}}}
        )


def _device(path: Path, lab: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path, lab: Path) -> None:
    os.link(lab / "open" / "door", path)


def _folder_link(path: Path, lab: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.symlink_to(lab / "submitted" / "victim" / ASSIGNMENT)


def _link_to_honest(path: Path, lab: Path) -> None:
    path.parent.rmdir()
    path.parent.symlink_to(Path("..", HONEST.parent))


def _folder_called_honest(path: Path, lab: Path) -> None:
    below = path.parent.parent / HONEST
    below.parent.mkdir(parents=True)
    below.write_text(write(released(ASSIGNMENT)))


def _called_as_by_an_lms(path: Path, lab: Path) -> None:
    for name in (f"honest_1_2_{ASSIGNMENT}.ipynb", f"honest_1_assignsubmission_file_/{ASSIGNMENT}.ipynb"):
        for folder in (path.parent, path.parent.parent):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(write(released(ASSIGNMENT)))
            (folder / "submission_metadata.yml").write_text("mallory:\n  :submitters:\n  - :name: honest\n")


def _forest(path: Path, lab: Path) -> None:
    for number in range(3000):
        (path.parent.parent / f"{number % 100}" / f"{number}" / "x" / "y").mkdir(parents=True)


def _student_link(path: Path, lab: Path) -> None:
    shutil.rmtree(path.parent.parent)
    path.parent.parent.symlink_to(lab / "submitted" / "victim")


def _sparse(path: Path, lab: Path) -> None:
    with open(path, "wb") as file:
        file.truncate(1 << 40)


def _deep_folders(path: Path, lab: Path) -> None:
    here = path.parent
    for number in range(200):
        here = here / f"{number}"
        here.mkdir()
    (here / "deep.ipynb").write_text("{}")
    path.write_text("{}")


def _zip(members: dict[str, bytes | str], kind: int = zipfile.ZIP_DEFLATED) -> Make:
    def make(path: Path, lab: Path) -> None:
        with zipfile.ZipFile(path, "a", kind) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return make


def _zip_link(path: Path, lab: Path) -> None:
    member = zipfile.ZipInfo(str(HOSTILE))
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(member, str(lab / "gradebook.db"))


def _zip_bomb(path: Path, lab: Path) -> None:
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(str(HOSTILE), "w") as member,
    ):
        for _ in range(200):
            member.write(b"\0" * (1 << 20))


def _patched(find: bytes, change: Callable[[bytearray, int], None]) -> Make:
    """A member whose local or central header lies."""

    def make(path: Path, lab: Path) -> None:
        _zip({str(HOSTILE): write(solved(ASSIGNMENT))})(path, lab)
        data = bytearray(path.read_bytes())
        change(data, data.rindex(find))
        path.write_bytes(data)

    return make


def _size(data: bytearray, place: int) -> None:
    data[place + 24 : place + 28] = struct.pack("<I", 100)


def _encrypted(data: bytearray, place: int) -> None:
    data[place + 8] |= 1


def _method(data: bytearray, place: int) -> None:
    data[place + 10 : place + 12] = struct.pack("<H", 99)


def _overlap(data: bytearray, place: int) -> None:
    data[place + 42 : place + 46] = struct.pack("<I", 0)  # its data are somebody else's


_CENTRAL = b"PK\1\2"
FILES = [
    Intake("deep_json", _bytes('{"nbformat":4,"cells":' + "[" * 200_000 + "]" * 200_000 + "}")),
    Intake("deep_objects", _bytes('{"a":' * 100_000)),
    Intake("many_cells", _bytes('{"nbformat":4,"cells":[' + ",".join(["{}"] * 300_000) + "]}")),
    Intake("many_keys", _bytes("{" + ",".join(f'"{n}":0' for n in range(500_000)) + "}")),
    Intake("huge_integer", _bytes('{"nbformat":4,"x":' + "9" * 3_000_000 + ',"cells":[]}')),
    Intake("huge_float", _bytes(_text(nbformat=1e400))),
    Intake("nan_format", _bytes('{"nbformat":NaN,"cells":[]}')),
    Intake("unclosed_string", _bytes('"' + '\\"' * 8_000_000)),
    Intake("strings_of_nothing", _bytes(b'""x' * (10 << 20))),
    Intake("emoji_in_one_long_string", _bytes('"\U0001f600' + "x" * (31 << 20) + '"')),
    Intake("escaped_backslashes", _bytes(r'"\\"' * (8 << 20))),
    Intake("not_utf_8", _bytes(b"\xff\xfe" + _text().encode("utf-16-le"))),
    Intake("nul_bytes", _bytes(b"\0" * 1_000_000)),
    Intake("empty", _bytes(b"")),
    Intake("hard_link", lambda path, lab: os.link(lab / "gradebook.db", path)),
    Intake("symbolic_link", lambda path, lab: path.symlink_to(lab / "gradebook.db")),
    Intake("link_to_itself", lambda path, lab: path.symlink_to(path)),
    Intake("link_to_a_device", _device),
    Intake("named_pipe", lambda path, lab: os.mkfifo(path)),
    Intake("socket", _socket),
    Intake("folder", lambda path, lab: path.mkdir()),
    Intake("sparse_terabyte", _sparse),
    Intake("linked_folder", _folder_link),
    Intake("linked_student", _student_link),
    Intake("linked_folder_in_a_glob", _link_to_honest, given="*/*/*.ipynb"),
    Intake("linked_folders_in_a_glob", _link_to_honest, given="*/*"),
    Intake("folder_called_as_another", _folder_called_honest, given="*"),
    Intake("folders_called_as_another", _folder_called_honest, given="**/*.ipynb"),
    Intake("pipe_called_zip", lambda path, lab: os.mkfifo(path.parent / "m.zip"), given="*/*/*"),
    Intake("deep_folders", _deep_folders),
    Intake("forest_of_folders", _forest),
    Intake("files_called_as_by_an_lms", _called_as_by_an_lms),
    Intake("files_called_as_by_an_lms_in_a_glob", _called_as_by_an_lms, given="*/*"),
    Intake("wrong_types", _bytes(_text(cells=[{"cell_type": "code", "source": {"a": 1}, "metadata": []}]))),
    Intake("cells_of_numbers", _bytes(_text(cells=[1, None, "x"]))),
    Intake("cells_object", _bytes(_text(cells={"0": {}}))),
    Intake("code_beyond_the_limit", _changed(lambda d: d["cells"][1].update(cell_type="code", source="#" * (5 << 20)))),
    Intake("duplicated_cells", _changed(_duplicate), graded=True),
    Intake("shadowed_ids", _changed(_shadow), graded=True),
    Intake("metadata_list", _changed(_each(metadata=[1])), graded=True),
    Intake("id_games", _changed(_each(id="../../x", execution_count=10**30)), graded=True),
    Intake("hostile_kernel", _changed(lambda d: d["metadata"].update(kernelspec={"name": "../../evil"})), graded=True),
    Intake("surrogates", _changed(_append("# \ud800")), graded=True),
    Intake("nul_in_a_cell", _changed(_append("x = '\0'")), graded=True),
]  # fmt: skip
ARCHIVES = [
    Intake("zip_slip", _zip({"../../pwned.ipynb": "x", "/pwned/abs.ipynb": "x", "a/../../pwned.ipynb": "x"})),
    Intake("zip_bomb", _zip_bomb),
    Intake("zip_unicode_names", _zip({"ps1\u202eypi.ipynb": "x", "a\uff0f..\uff0fx.ipynb": "x", "aux.ipynb": "x"})),
    Intake("zip_odd_names", _zip(dict.fromkeys(("\x1b[2J.ipynb", "a\\..\\b.ipynb", " /.ipynb", "<b>/x.ipynb"), "x"))),
    Intake("zip_link", _zip_link),
    Intake("zip_lying_size", _patched(_CENTRAL, _size)),
    Intake("zip_encrypted", _patched(_CENTRAL, _encrypted)),
    Intake("zip_odd_method", _patched(_CENTRAL, _method)),
    Intake("zip_overlap", _patched(_CENTRAL, _overlap)),
    Intake("zip_lzma", _zip({str(HOSTILE): b"0" * 1_000_000}, zipfile.ZIP_LZMA)),
    Intake("zip_many_members", lambda path, lab: _zip({f"{n}/x": "" for n in range(30_000)})(path, lab)),
    Intake("zip_many_members_with_long_names", lambda path, lab: _zip({f"{n:0250}": "" for n in range(19_000)})(path, lab)),  # noqa: E501
    Intake("zip_in_a_zip", _zip({"inner.ipynb": b"PK\3\4" + b"\0" * 100})),
]  # fmt: skip
INTAKE = [*FILES, *(Intake(one.name, one.make, one.graded, archive=True) for one in ARCHIVES)]


def run(arena: Arena, attack: Intake) -> Outcome:
    """Grade what was made, and the honest submission beside it."""
    top = arena.lab.root / "intake"
    path = _laid_out(top, attack.archive)
    try:
        attack.make(path if attack.archive else path / HOSTILE, arena.lab.root)
        return _watched(arena, attack, sorted(path.glob(attack.given)) if attack.given else [path])
    finally:
        shutil.rmtree(top)


def _laid_out(top: Path, archive: bool) -> Path:
    """The honest submission, and room for the hostile one."""
    submitted = top / "submitted"
    for path in (HONEST, HOSTILE):
        (submitted / path).parent.mkdir(parents=True)
    text = write(solved(ASSIGNMENT))
    if not archive:
        (submitted / HONEST).write_text(text)
        return submitted
    with zipfile.ZipFile(top / "class.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(str(HONEST), text)
    return top / "class.zip"


def _watched(arena: Arena, attack: Intake, paths: list[Path]) -> Outcome:
    zips.archive.cache_clear()  # the one archive that it keeps open: of an earlier test
    before = traces(arena.lab.root / "submitted", arena.server)
    forget_peak()
    memory, start, processor = resident(), time.perf_counter(), time.process_time()
    grades = [grade_one(arena.grader, found, None) for found in discover_all(paths)]
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    zips.archive.cache_clear()
    complaints = [*_judged(attack, grades), *traces(arena.lab.root / "submitted", arena.server).since(before)]
    if processor > PROCESSOR or peak() - memory > PEAK:
        complaints.append(f"{processor:.1f} s of the grader, peak +{(peak() - memory) >> 20} MiB")
    if found := arena.lab.read_canaries(str(grades)):
        complaints.append(f"canaries: {found}")
    return Outcome("intake", attack.name, seconds, tuple(complaints))


def _judged(attack: Intake, grades: list[Grade]) -> Iterator[str]:
    for grade in grades:
        honest = grade.student == "honest"
        if grade.error and "the grader failed" in grade.error:
            yield f"an error of ours: {grade.error}"
        elif (honest or attack.graded) and grade.score != grade.max_score:
            yield f"{grade.student} has {grade.score}, {grade.error}"
        elif not honest and not attack.graded and grade.status == "graded" and grade.score:
            yield f"it was graded: {grade.score}"
    if "many_members" not in attack.name and not any(grade.student == "honest" for grade in grades):
        yield "the honest student was not graded"
