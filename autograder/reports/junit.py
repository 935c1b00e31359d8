"""JUnit XML for CI: a suite for each submission, a case for each check, the points as properties.

A failed check is a `failure`. A submission without a grade is one case with an `error`, and has no points.
Deterministic apart from the suites' `time`; the time of a single check is not known.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from autograder.reports._words import NAME, PARAGRAPH, SENTENCE, explanation, notes, sentence, warning, who
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.text import inert, points, printable

_COUNTED = {"tests": "testcase", "failures": "failure", "errors": "error"}
# What `printable` lets through is legal in XML 1.0, so that escaping is all that is left to do.


def pieces(grades: Sequence[Grade]) -> Iterator[str]:
    """All grades as one document, a suite at a time; twice, since what is in them is counted first."""
    totals = Counter[str]()
    for grade in grades:
        suite = _suite(grade)
        totals.update({name: int(suite.get(name, 0)) for name in _COUNTED})
    root = Element("testsuites", {"name": "autograder"} | {name: str(totals[name]) for name in _COUNTED})
    empty = tostring(root, "unicode")
    yield '<?xml version="1.0" encoding="utf-8"?>\n' + (empty.replace(" />", ">") if grades else f"{empty}\n")
    for grade in grades:
        suite = _suite(grade)
        indent(suite, " ", level=1)
        yield "\n " + inert(tostring(suite, "unicode"), "#&#35;")
    if grades:
        yield "\n</testsuites>\n"


def _suite(grade: Grade) -> Element:
    name = f"{_text(who(grade), NAME)}/{_text(grade.assignment or '?', NAME)}"
    suite = Element("testsuite", name=name)
    if grade.seconds:
        suite.set("time", f"{grade.seconds:.6f}")
    _properties(suite, submission=_text(grade.submission), isolation=_text(grade.isolation))
    if grade.error is not None:
        _ungraded(suite, grade.error)
    else:
        _graded(suite, grade)
    _count(suite, suite)
    said = [*filter(None, [warning([grade])]), *map(_text, notes(grade))]
    if said:
        SubElement(suite, "system-err").text = "\n".join(said)
    return suite


def _graded(suite: Element, grade: Grade) -> None:
    _properties(suite, score=points(grade.score or 0.0), max_score=points(grade.max_score or 0.0))
    if grade.by_hand:
        _properties(suite, by_hand=points(grade.by_hand))
    suite.extend(
        _case(suite.attrib["name"], exercise, check)
        for exercise in grade.exercises
        for check in exercise.checks
    )


def _ungraded(suite: Element, reason: str) -> None:
    case = SubElement(suite, "testcase", classname=suite.attrib["name"], name="grading")
    SubElement(case, "error", type="not graded", message=_text(reason))


def _case(suite: str, exercise: ExerciseResult, check: CheckResult) -> Element:
    """A case; its class name holds the student's, since many readers merge cases of the same names."""
    title = f"{_text(check.name, NAME)}: {_text(check.title)}"
    case = Element("testcase", classname=f"{suite}.{_text(exercise.name, NAME)}", name=title)
    _properties(case, score=points(check.score), max_score=points(check.max_score))
    if check.status != "passed":
        kind = "failure" if check.status == "failed" else "error"
        problem = SubElement(
            case,
            kind,
            type=check.status,
            message=_text(sentence(exercise.name, check) or check.title, PARAGRAPH),
        )
        problem.text = "\n".join(word + _text(text, PARAGRAPH) for word, text in explanation(exercise, check))
    return case


def _properties(parent: Element, **values: str) -> None:
    properties = parent.find("properties")
    if properties is None:
        properties = SubElement(parent, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=value)


def _count(element: Element, cases: Element) -> None:
    for attribute, path in _COUNTED.items():
        element.set(attribute, str(len(list(cases.iter(path)))))


def _text(text: str, limit: int = SENTENCE) -> str:
    return printable(text, limit)
