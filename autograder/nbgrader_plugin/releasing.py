"""Before an assignment is generated: what could not be graded, or would lose grades, is refused while nothing is lost.

nbgrader finds some of it out when the released notebook is gone already, and some when students have handed in.
"""

import ast
import builtins
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NO_CONVERT, read
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry, Notebook
from nbgrader.converters import Autograde, BaseConverter, GenerateAssignment
from nbgrader.converters.base import NbGraderException

from autograder.course import notebooks
from autograder.course.own import CourseError, Own, of_file
from autograder.text import plural, points, printable

_listed, _settled = GenerateAssignment.init_notebooks, GenerateAssignment.init_destination
_OLDER = "%s is newer than %s, which stays as it is: for students to get what was changed, run `%s --force`"
_BUILTIN = frozenset(
    (*dir(builtins), "__name__", "In", "Out", "_", "__", "___", "display", "get_ipython", "exit")
)
_CHANGED = (
    "%s: it gives %s, and the assignment was generated with %s. The gradebook counts: to change it, run "
    "`nbgrader generate_assignment %s --force`, and then `nbgrader autograde %s` for what is graded already"
)
_OTHER_CELLS = (
    "%s: it gives %s, and %s was generated with %s. The gradebook counts, since students' work is in it: put the "
    "notebook back as it was, or make a new assignment of it: source/NEW-NAME/%s"
)
_GRADED = "%s: %s had other points. Run `nbgrader autograde %s`, which grades them again, before you export anything"


def guard() -> None:
    """Replace nbgrader's methods; a second time changes nothing."""
    GenerateAssignment.init_notebooks = _vetted
    GenerateAssignment.init_destination = _told


def _told(converter: GenerateAssignment, assignment: str, student: str) -> bool:
    """Whether to generate it; of one that is kept, say if it is not that of the source any more."""
    is_wanted: bool = _settled(converter, assignment, student)
    if is_wanted:
        return True
    folder = Path(converter._format_dest(assignment, student))
    for path in map(Path, converter.notebooks):
        released = folder / path.name
        if not released.is_file() or released.stat().st_mtime < path.stat().st_mtime:
            converter.log.warning(_OLDER, path, folder, f"nbgrader generate_assignment {assignment}")
    return False


def _vetted(converter: GenerateAssignment) -> None:
    """List the notebooks, and refuse all if one of them cannot be graded."""
    _listed(converter)
    paths = [Path(path) for some in converter.assignments.values() for path in some]
    faults = [fault for path in paths for fault in _faults(converter, path)]
    for fault in faults:
        converter.log.error("%s", fault)
    if faults:
        raise NbGraderException("nothing was generated")
    for path in paths:
        if not converter.no_database:
            _warn_of_grades(converter, path)
        for warning in (*_without_what_they_call(path), *_without_a_stub(path)):
            converter.log.warning("%s", warning)


def _faults(converter: GenerateAssignment, path: Path) -> Iterator[str]:
    try:
        of_file(path)
    except CourseError as error:
        yield str(error)
        return
    known = None if converter.no_database else _in_gradebook(converter, path)
    if known and (changed := sorted(known ^ _marked(path))):
        yield (
            f"{path}: cells were added or removed ({', '.join(changed)}), and students' work is in the gradebook. "
            f"Put the notebook back as it was, or make a new assignment of it: source/NEW-NAME/{path.name}"
        )


def _warn_of_grades(converter: GenerateAssignment, path: Path) -> None:
    """Say what to run if somebody is graded already, and not by these points."""
    course, name = converter.coursedir, path.parent.name
    is_kept = not converter.force and Path(converter._format_dest(name, ".")).is_dir()
    if is_kept:  # and so are the points
        return
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            notebook = gradebook.find_notebook(path.stem, name)
        except MissingEntry:
            return
        if notebook.submissions and kept_points(notebook) != _stated(of_file(path)):
            converter.log.warning(_GRADED, path, plural(len(notebook.submissions), "submission"), name)


def _without_what_they_call(path: Path) -> Iterator[str]:
    """Which cells use a name that nothing in the notebook defines, as that of an exercise that it leaves out."""
    cells = [cell for cell in read(path, NO_CONVERT).cells if cell.cell_type == "code"]
    names = [_names(cell.source) for cell in cells]
    defined = _BUILTIN.union(*(made for made, _ in names))
    for cell, (_, used) in zip(cells, names, strict=True):
        if used - defined and "*" not in defined:
            named = (
                notebooks.grade_id(cell)
                or f"that begins with `{printable(cell.source.split(chr(10))[0], 80)}`"
            )
            yield (
                f"{path}: the code cell {named} uses {', '.join(sorted(used - defined))}, which nothing in the "
                "notebook defines: change or delete that cell, or students get a NameError"
            )


def _without_a_stub(path: Path) -> Iterator[str]:
    """Which exercises lose their `def` and their docstring, since all of the cell is taken for the solution."""
    for cell in read(path, NO_CONVERT).cells:
        if utils.is_solution(cell) and cell.cell_type == "code" and notebooks.BEGIN not in cell.source:
            yield (
                f"{path}: the cell {notebooks.grade_id(cell)} has no `### {notebooks.BEGIN}` and `### END SOLUTION`: "
                "students get an empty cell, without `def` and docstring"
            )


def _names(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell defines, and those that it uses; none if it is not plain Python."""
    try:
        nodes = [*ast.walk(ast.parse(re.sub(r"^\s*[%!].*", "", source, flags=re.MULTILINE)))]
    except (SyntaxError, ValueError):
        return set(), set()
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return {name for node in nodes if (name := _made(node))}, used


def _made(node: ast.AST) -> str | None:
    """The name that a part of a program defines; None if it defines none."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
            return node.name
        case ast.MatchMapping():
            return node.rest
        case ast.arg():
            return node.arg
        case ast.alias():
            return (node.asname or node.name).split(".")[0]
        case ast.Name(ctx=ast.Store()):
            return node.id
    return None


def _in_gradebook(converter: BaseConverter, path: Path) -> set[str]:
    """The cells that the gradebook knows of a notebook for which there is students' work."""
    course = converter.coursedir
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            notebook = gradebook.find_notebook(path.stem, path.parent.name)
        except MissingEntry:
            return set()
        return {cell.name for cell in notebook.source_cells} if notebook.submissions else set()


def _marked(path: Path) -> set[str]:
    """The cells of a notebook that nbgrader keeps in its gradebook."""
    kinds = (utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task)
    cells = read(path, NO_CONVERT).cells
    return {cell.metadata.nbgrader.grade_id for cell in cells if any(kind(cell) for kind in kinds)}


def warn_of_changes(converter: Autograde, notebook: Notebook) -> None:
    """Say which points of the instructor's notebook are others than in the gradebook, which counts."""
    course, name = converter.coursedir, notebook.assignment.name
    path = Path(course.format_path(course.source_directory, ".", name), f"{notebook.name}.ipynb")
    try:
        stated = _stated(of_file(path))
    except CourseError:  # it may be elsewhere: `generate_assignment` says so
        return
    kept = kept_points(notebook)
    for cell in sorted(stated.keys() | kept.keys()):
        now, then = _words(stated, cell), _words(kept, cell)
        if now != then and notebook.submissions and (cell in stated) != (cell in kept):
            converter.log.warning(_OTHER_CELLS, path, now, name, then, path.name)
        elif now != then:
            converter.log.warning(_CHANGED, path, now, then, name, name)


def kept_points(notebook: Notebook) -> Mapping[str, float]:
    """The points of its cells in the gradebook, also those that a person gives."""
    return {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}


def _stated(own: Own) -> Mapping[str, float]:
    return {notebooks.GRADE_CELL + name: worth for name, worth in own.points} | dict(own.by_hand)


def _words(stated: Mapping[str, float], cell: str) -> str:
    return f"{cell} {points(stated[cell])} points" if cell in stated else f"no points to {cell}"
