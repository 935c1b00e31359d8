"""Untrusted files: what is refused, with which sentence, and that refusing is cheap."""

import contextlib
import json
import os
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import files
from autograder.intake.discovery import discover_all
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.intake.zips import MAX_DIRECTORY
from tests.support.selection import mostly_slow


def discover(path: Path) -> list[Found]:
    return discover_all([path])


def refusal(data: bytes) -> str:
    with pytest.raises(SubmissionError) as caught:
        files.notebook(data)
    return str(caught.value)


def text(**changes: object) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [], **changes}).encode()


def test_an_empty_notebook_is_read() -> None:
    assert files.notebook(text()) == []


def test_a_byte_order_mark_is_fine() -> None:
    assert files.notebook(b"\xef\xbb\xbf" + text()) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"The dog ate it", "not valid JSON"),
        (b"\xff\xfe{}", "UTF-16"),
        (b"", "the file is empty"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"a":' * 100_000, "nested deeper"),
        (b"[" + b"1," * 500_000 + b"1]", "too many parts"),
        (b"9" * 10_000, "not valid JSON"),
        (b"[]", "without nbformat"),
        (text(nbformat=3), "not a version-4 notebook"),
        (text(nbformat="4"), "not a version-4 notebook"),
        (text(cells=None), "cells is damaged"),
        (text(cells=[1, 2]), "cells is damaged"),
        (text(cells=[{}] * 3000), "more than 2000 cells"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_notebook_is_refused_in_words(data: bytes, said: str) -> None:
    assert said in refusal(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_the_scan_counts_as_json_does(value: object) -> None:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def depth(v: object) -> int:
        children = v if isinstance(v, list) else v.values() if isinstance(v, dict) else None
        return 0 if children is None else 1 + max(map(depth, children), default=0)

    if depth(value) <= files.MAX_DEPTH:
        files._measure(data)
    else:
        with pytest.raises(SubmissionError):
            files._measure(data)


@pytest.mark.parametrize(
    "data", [b'"' + b"\\" * 4_000_000, b'"' + b'\\"' * 2_000_000, b'"a' * 2_000_001, b'\\"' * 2_000_000]
)
def test_unclosed_strings_and_backslashes_are_scanned_once(data: bytes) -> None:
    with contextlib.suppress(SubmissionError):
        files._measure(data)  # a quadratic scan would take hours, not milliseconds


TOKENS = ["[", "]", ",", "{}", '""', '"a"', r'"\\"', r'"\""', '"[,"', r'"\\\"{"']


@given(st.lists(st.sampled_from(TOKENS)))
def test_what_lies_in_strings_is_left_out_whatever_is_escaped(tokens: list[str]) -> None:
    bare = "".join(token for token in tokens if not token.startswith('"'))
    assert files._parts("".join(tokens).encode()) == bare.encode()


def filled(start: str, repeated: str, end: str) -> bytes:
    """As much of `repeated` between the two as a file may hold."""
    room = files.MAX_FILE - len((start + end).encode())
    return (start + repeated * (room // len(repeated.encode())) + end).encode()


HEAD = '{"nbformat":4,"metadata":{},"cells":[],"x":"'


@pytest.mark.parametrize(
    ("start", "repeated", "end"),
    mostly_slow([
        ("", '""x', ""), ("", '"', ""), ("", "\\", '"'), ("", '\\"', '"'), ("", '\\\\"', ""),
        ("", "[", ""), ("", "[]", ""),
        ("", "1", ""), ("", "1,", ""), ("", '"[[[[[[[[[[[[[[[[[[[[', ""), (HEAD, "[", '"}'), (HEAD, "a", '"}'),
        (HEAD, "\\n", '"}'), (HEAD + "\u2603", "a", '"}'), (HEAD + "\U0001f600", "a", '"}'), (HEAD, "\U0001f600", '"}'),
        (HEAD, "a", '\\ud83d\\ude00"}'), (HEAD, "a", '\\uD83D\\uDE00"}'), (HEAD, "a\\n", '\\ud83d\\ude00"}'),
    ]),
)  # fmt: skip
def test_no_file_takes_much_memory(start: str, repeated: str, end: str) -> None:
    data = filled(start, repeated, end)
    tracemalloc.start()
    with contextlib.suppress(SubmissionError):
        files.notebook(data)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 200 << 20


@pytest.mark.parametrize(
    "output",
    [
        {"text": [f'line "{n}", [1, {{2}}] \\ é\n' for n in range(100_000)]},
        {"data": {"image/png": "iVBORw0K" * (3 << 20)}},
        {"data": {"text/html": "<b>\U0001f600</b>\n" * (1 << 20)}},
    ],
    ids=["100,000 lines", "an image", "emoji"],
)
def test_honest_outputs_may_be_large(output: dict[str, Any]) -> None:
    cell = {"cell_type": "code", "source": ["x = 1"], "metadata": {}, "outputs": [output]}
    assert files.notebook(text(cells=[cell])) == [cell]
    assert files.notebook(json.dumps({"nbformat": 4, "cells": [cell]}, ensure_ascii=False).encode()) == [cell]


def test_our_own_notebooks_are_parsed_without_limits() -> None:
    assert len(files.cells(text(cells=[{}] * 3000))) == 3000
    with pytest.raises(SubmissionError, match="cells is damaged"):
        files.cells(text(cells=None))


def test_links_pipes_and_hard_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real.ipynb").write_bytes(text())
    (tmp_path / "link.ipynb").symlink_to("real.ipynb")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    for name in ("link", "pipe", "folder"):
        with pytest.raises(SubmissionError):
            files.read_file(tmp_path, Path(f"{name}.ipynb"))
    assert files.read_file(tmp_path, Path("real.ipynb")) == text()
    os.link(tmp_path / "real.ipynb", tmp_path / "hard.ipynb")
    with pytest.raises(SubmissionError, match="hard link"):
        files.read_file(tmp_path, Path("real.ipynb"))


def test_a_linked_folder_below_the_root_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "1-deep-chains").mkdir(parents=True)
    (tmp_path / "elsewhere" / "1-deep-chains" / "1-deep-chains.ipynb").write_bytes(text())
    (tmp_path / "submitted").mkdir()
    (tmp_path / "submitted" / "eve").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SubmissionError):
        files.read_file(tmp_path / "submitted", Path("eve/1-deep-chains/1-deep-chains.ipynb"))
    (item,) = discover(tmp_path / "submitted")
    assert item.student == "eve"
    with pytest.raises(SubmissionError, match="it is a symbolic link"):
        item.read()


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with open(tmp_path / "big.ipynb", "wb") as file:
        file.truncate(files.MAX_FILE + 1)
    with pytest.raises(SubmissionError, match="larger than"):
        files.read_file(tmp_path, Path("big.ipynb"))


def test_a_course_folder_is_read_student_by_student(tmp_path: Path) -> None:
    for student in ("zoe", "ada"):
        folder = tmp_path / "submitted" / student / "1-deep-chains"
        folder.mkdir(parents=True)
        (folder / "1-deep-chains.ipynb").write_bytes(text())
        (folder / "scratch.ipynb").write_bytes(text())
    found = list(discover(tmp_path))
    assert [(item.student, item.path.name) for item in found] == [
        ("ada", "1-deep-chains.ipynb"),
        ("zoe", "1-deep-chains.ipynb"),
    ]
    assert found == list(discover(tmp_path / "submitted"))
    alone = discover(tmp_path / "submitted" / "ada" / "1-deep-chains" / "1-deep-chains.ipynb")[0]
    assert alone.student == "ada"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"ada/1-deep-chains/1-deep-chains.ipynb": text(), "README": b""})
    (item,) = discover(path)
    assert (item.student, item.read()) == ("ada", text())


@pytest.mark.parametrize(
    ("name", "data"),
    [("../../evil.ipynb", b""), ("/etc/evil.ipynb", b""), ("bomb.ipynb", b"0" * 30_000_000)],
)
def test_unsafe_members_are_refused_one_by_one(tmp_path: Path, name: str, data: bytes) -> None:
    path = zipped(tmp_path / "class.zip", {name: data, "good.ipynb": text()})
    outcomes = dict[str, bytes | str]()
    for item in discover(path):
        try:
            outcomes[item.path.name] = item.read()
        except SubmissionError as error:
            outcomes[item.path.name] = str(error)
    assert outcomes["good.ipynb"] == text()
    assert isinstance(outcomes[Path(name).name], str)


def test_a_zip_with_a_huge_list_of_members_is_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"good.ipynb": text(), **{f"{n:0250}": b"" for n in range(16_000)}})
    (item,) = discover(path)
    with pytest.raises(SubmissionError, match="too many members"):
        item.read()
    tracemalloc.start()
    list(discover(path))
    assert tracemalloc.get_traced_memory()[1] < MAX_DIRECTORY
    tracemalloc.stop()


def test_a_zip_of_a_large_notebook_is_read_whole(tmp_path: Path) -> None:
    data = os.urandom(6 << 20)
    (item,) = discover(zipped(tmp_path / "class.zip", {"good.ipynb": data}))
    assert item.read() == data


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(b"PK\x03\x04 not really")
    (item,) = discover(tmp_path / "class.zip")
    with pytest.raises(SubmissionError, match="not a zip file"):
        item.read()


def hand_in(root: Path, *folders: str, name: str = "1-deep-chains") -> None:
    folder = root.joinpath(*folders, name)
    folder.mkdir(parents=True)
    (folder / f"{name}.ipynb").write_bytes(text())


def test_a_student_called_submitted_hides_nobody(tmp_path: Path) -> None:
    for student in ("alice", "submitted"):
        hand_in(tmp_path, student)
    hand_in(tmp_path, "submitted", "mallory")
    assert {"alice", "submitted"} <= {item.student for item in discover(tmp_path)}


def test_one_student_cannot_queue_thousands_of_notebooks(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice")
    (tmp_path / "mallory").mkdir()
    for number in range(100):
        (tmp_path / "mallory" / f"{number}.ipynb").write_bytes(text())
    found = list(discover(tmp_path))
    assert [item.student for item in found] == ["alice", "mallory"]
    assert "of 100 notebooks this one counts" in found[-1].notes[0]


def test_a_folder_that_cannot_be_listed_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(tmp_path, "alice")
    hand_in(tmp_path, "mallory")
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if "mallory" in str(path):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    outcomes = {item.path.name: item for item in discover(tmp_path)}
    assert outcomes["1-deep-chains.ipynb"].student == "alice"
    with pytest.raises(SubmissionError):
        outcomes["mallory"].read()


def test_a_zip_of_the_whole_class_names_the_students(tmp_path: Path) -> None:
    names = [f"class/submitted/{student}/1-deep-chains/1-deep-chains.ipynb" for student in ("ada", "bob")]
    path = zipped(tmp_path / "class.zip", dict.fromkeys(names, text()))
    assert [item.student for item in discover(path)] == ["ada", "bob"]


def test_names_that_are_no_utf8_can_be_reported(tmp_path: Path) -> None:
    os.makedirs(os.fsencode(tmp_path) + b"/b\xe9n/1-deep-chains")
    with open(os.fsencode(tmp_path) + b"/b\xe9n/1-deep-chains/1-deep-chains.ipynb", "wb") as file:
        file.write(text())
    (item,) = discover(tmp_path)
    assert (item.student or "").encode() == b"b\\udce9n"
    assert item.read() == text()


def test_nobody_hands_in_for_another_by_the_folders_in_a_zip(tmp_path: Path) -> None:
    names = [
        "class/ada/1-deep-chains/1-deep-chains.ipynb",
        "class/mallory/ada/1-deep-chains/1-deep-chains.ipynb",
    ]
    path = zipped(tmp_path / "class.zip", dict.fromkeys([*names, "a/../../evil.ipynb"], text()))
    assert [item.student for item in discover(path)] == [None, "ada", "mallory"]
