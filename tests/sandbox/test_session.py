"""What a session reports, with isolation and without."""

import tracemalloc
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox import (
    CellError,
    Function,
    Isolation,
    Limits,
    OwnCode,
    Reply,
    Rng,
    Sandbox,
    Session,
    SessionLost,
    Spent,
    StudentFault,
)
from autograder.sandbox.replies import weight
from tests.support.levels import ask, cells, require


def test_cells_share_one_namespace_and_run_in_order(anywhere: Any) -> None:
    with anywhere.open(cells("a = 1", "a += 1", "def f(): return a, __name__")) as session:
        assert session.calls("f", [()])[0].value == [2, "__main__"]


def test_an_exception_ends_its_cell_only(anywhere: Any) -> None:
    with anywhere.open(cells("x = 1; 1/0; x = 2", "def f(): return x")) as session:
        assert session.errors == (CellError(1, "ZeroDivisionError", "division by zero"),)
        assert session.calls("f", [()])[0].value == 1


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("x = 1\n\nx = = 2", "SyntaxError", "invalid syntax (line 3)"),
        ("class Mine(Exception): pass\nraise Mine('hm')", "Error", "hm"),
        ("class Mine(KeyError): pass\nraise Mine('hm')", "KeyError", "'hm'"),
        ("raise ValueError('\\x1b[31m\\u202ered\\n' + 'x' * 900)", "ValueError", "[31m red " + "x" * 189),
        ("raise ValueError('\\ud800')", "ValueError", "?"),
        ("class E(Exception):\n def __str__(self): raise self\nraise E()", "Error", ""),
        ("raise type('SystemError', (Exception,), {})('a name of my own')", "Error", "a name of my own"),
        ("import pandas", "ModuleNotFoundError", "No module named 'pandas'"),
    ],
)
def test_errors_are_named_and_cleaned(sandbox: Any, source: str, kind: str, message: str) -> None:
    with sandbox.open(cells(source)) as session:
        [error] = session.errors
        assert (error.number, error.type) == (1, kind)
        assert error.message[:60] == message[:60]
        assert len(error.message) <= 200


def test_ctrl_c_of_the_student_is_recorded(sandbox: Any) -> None:
    with sandbox.open(cells("raise KeyboardInterrupt")) as session:
        assert session.errors[0].type == "KeyboardInterrupt"


def test_ctrl_c_of_the_owner_ends_own_code() -> None:
    with pytest.raises(KeyboardInterrupt):
        OwnCode().open(cells("raise KeyboardInterrupt"))


RESULTS = {
    "None": None,
    "True": True,
    "2**63 - 1": 2**63 - 1,
    "1.5": 1.5,
    "float('inf')": float("inf"),
    "'ü'": "ü",
    "b'x'": b"x",
    "(1, [2, (3,)])": [1, [2, [3]]],
    "{'W1': 1, 'b1': (2,)}": {"W1": 1, "b1": [2]},
    "__import__('collections').OrderedDict(a=1)": dict(OrderedDict(a=1)),
}


@pytest.mark.parametrize(("expression", "value"), RESULTS.items())
def test_plain_values_come_back(anywhere: Any, expression: str, value: Any) -> None:
    result = ask(anywhere, f"def f(): return {expression}")
    assert (type(result), result) == (type(value), value)


SEQUENCES = (
    "__import__('collections').namedtuple('Pair', 'a b')(1, 2.0)",
    "__import__('collections').deque([1, 2.0])",
    "type('Mine', (list,), {'__iter__': lambda self: iter('ab')})([1, 2.0])",
    "type('Mine', (tuple,), {'__len__': lambda self: 1 / 0})([1, 2.0])",
)


@pytest.mark.parametrize("expression", SEQUENCES)
def test_kinds_of_lists_come_back_as_lists(anywhere: Any, expression: str) -> None:
    assert ask(anywhere, f"def f(): return {expression}") == [1, 2.0]


def test_pairs_in_a_list_arrive_as_tuples(anywhere: Any) -> None:
    pairs = [(np.ones(1), 1.0), (np.ones(2), 2.0)]
    with anywhere.open(
        cells("def f(pairs): return [type(pairs) is list, *(type(p) is tuple for p in pairs)]")
    ) as session:
        assert session.calls("f", [(pairs,)]) == [Reply([True] * 3, None)]


def test_a_change_inside_a_pair_is_noticed(anywhere: Any) -> None:
    with anywhere.open(
        cells("def f(pairs): pairs[1][0][0] = 5\ndef g(pairs): pairs[1] = list(pairs[1])")
    ) as session:
        pairs = [(np.ones(1), 1.0), (np.ones(2), 2.0)]
        assert [session.calls(name, [(pairs,)])[0].modified for name in "fg"] == [(0,), ()]


ARRAYS = {
    "np.float64(2)": np.array(2.0),
    "np.int32(2)": np.array(2, dtype="i4"),
    "np.bool_(True)": np.array(True),
    "np.matrix([[1., 2.]])": np.array([[1.0, 2.0]]),
    "np.ma.masked_array([1., 2.])": np.array([1.0, 2.0]),
    "np.longdouble(2) * np.ones(2)": np.array([2.0, 2.0]),
    "np.ones(2, dtype='>f4')": np.ones(2, dtype="f4"),
    "np.arange(6.).reshape(2, 3).T": np.arange(6.0).reshape(2, 3).T,
    "np.zeros((0, 3))": np.zeros((0, 3)),
    "np.arange(20000.)": np.arange(20000.0),
}


@pytest.mark.parametrize(("expression", "value"), ARRAYS.items())
def test_arrays_come_back_plain(anywhere: Any, expression: str, value: Any) -> None:
    result = ask(anywhere, f"def f(): return {expression}")
    assert type(result) is np.ndarray
    assert result.dtype == value.dtype
    assert result.shape == value.shape
    assert np.array_equal(result, value)


ERRORS = {
    "1/0": "ZeroDivisionError",
    "np.linalg.inv(np.zeros((2, 2)))": "ValueError",  # LinAlgError is one
    "np.zeros(2) @ np.zeros(3)": "ValueError",
    "(_ for _ in ()).throw(NotImplementedError)": "stub",
    "(_ for _ in ()).throw(type('Mine', (Exception,), {}))": "other",
    "__import__('sys').exit()": "SystemExit",
    "f()": "RecursionError",
    "(i for i in ())": "unsupported",
    "lambda: 1": "unsupported",
    "2**63": "unsupported",
    "1j": "unsupported",
    "{1: 2}": "unsupported",
    "{1, 2}": "unsupported",
    "'\\ud800'": "unsupported",
    "'x' * 1025": "unsupported",
    "[{'ü' * 1025: 1}]": "unsupported",
    "b'x' * 5000": "unsupported",
    "np.array([None])": "unsupported",
    "np.array(['a'])": "unsupported",
    "np.array([('a', 1)], dtype=[('x', 'U5'), ('y', 'i4')])": "unsupported",
    "np.broadcast_to(0., (10**6, 10**6))": "unsupported",
    "np.zeros(50_000_000, dtype='i1')": "unsupported",
    "[0] * 300_000": "unsupported",
    "type('Lie', (), {'__class__': float})()": "unsupported",
    "type('Mine', (dict,), {})()": "unsupported",
    "[x := [], x.append(x), x][2]": "unsupported",
}


@pytest.mark.parametrize(("expression", "error"), ERRORS.items())
def test_failed_calls_are_named_and_the_session_lives(anywhere: Any, expression: str, error: str) -> None:
    with anywhere.open(cells(f"def f(): return {expression}\ndef g(): return 1", "h = 3")) as session:
        [reply] = session.calls("f", [()])
        assert reply == Reply(None, error)
        with pytest.raises(StudentFault) as fault:
            _ = reply.value
        assert fault.value.error == error
        assert session.calls("g", [()])[0].value == 1


def test_what_is_missing_is_said_to_be(anywhere: Any) -> None:
    with anywhere.open(cells("h = 3")) as session:
        assert [r.error for r in session.calls("h", [(), (1,)])] == ["replaced", "replaced"]
        assert session.calls("nothing", [()])[0].error == "missing"
        assert session.calls("nothing", []) == []


CHANGES = """
def f(kind, a, nested, rng):
    if kind == 1: a[0] = 5
    if kind == 2: nested["list"][0][0, 0] = 5
    if kind == 3: nested["new"] = 1
    if kind == 4: np.random.seed(1)
    if kind == 5: np.random.normal()
    if kind == 6: a.shape = (1, 3)
    if kind == 7: nested["list"].append(1)
    if kind == 8: a[0] = a[0]; a = a + 1
    if kind == 9: nested["list"][0] = nested["list"][0].copy()
    if kind == 10: a.dtype = np.int64
    rng.normal()
"""


@pytest.mark.parametrize(
    ("kind", "modified", "reseeded"),
    [(0, (), False), (1, (1,), False), (2, (2,), False), (3, (2,), False), (4, (), True), (5, (), True),
     (6, (1,), False), (7, (2,), False), (8, (), False), (9, (), False), (10, (1,), False)],
)  # fmt: skip
def test_changes_in_place_are_reported(
    anywhere: Any, kind: int, modified: tuple[int, ...], reseeded: bool
) -> None:
    given = np.array([1.0, np.nan, -0.0])
    with anywhere.open(cells(CHANGES)) as session:
        [reply] = session.calls("f", [(kind, given, {"list": (np.ones((2, 2)), 1)}, Rng(3))])
    assert (reply.error, reply.modified, reply.reseeded) == (None, modified, reseeded)
    assert given.shape == (3,)
    assert given[0] == 1  # ours is ours


@pytest.mark.parametrize(
    ("change", "modified"),
    [("pass", ()), ("weights[0] = weights[0].copy()", ()), ("weights[0] = weights[0].tolist()", (1,)),
     ("weights.reverse()", (1,)), ("weights.append(weights[0])", (1,)), ("weights[2][0] = 7", (1,)), ("X += 1", (0,)),
     ("weights[1] = weights[0]", (1,)), ("table['b'] = table.pop('a'); X[0] = 5", (0, 2)), ("X.sort()", (0,)),
     ("table['a'], table['c'] = table['c'], table['a']", (2,)), ("whole[0, 0] = 3", (3,)), ("turned[0, 0] = 3", (4,))],
)  # fmt: skip
def test_changes_among_many_arrays_are_reported(
    anywhere: Any, change: str, modified: tuple[int, ...]
) -> None:
    X, weights = np.array([3.0, 1.0, 2.0]), [np.full((2, 3), float(k)) for k in range(3)]
    table = {"a": weights[0], "c": np.arange(4), "b": None}
    given = X, weights, table, np.ones((200, 200)), np.arange(6.0).reshape(2, 3).T
    source = (
        f"def f(X, weights, table, whole, turned):\n    {change}\n    return [np.sum(w) for w in weights[:1]]"
    )
    with anywhere.open(cells(source)) as session:
        [reply] = session.calls("f", [given])
    assert (reply.error, reply.modified) == (None, modified)


def test_arrays_of_a_call_do_not_overlap_and_are_aligned(anywhere: Any) -> None:
    source = """
def f(*arrays):
    apart = not any(np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i])
    return apart and all(a.flags.aligned and a.flags.writeable and a.ctypes.data % 16 == 0 for a in arrays)
"""
    kinds = (np.float32, np.int8, np.float64, np.complex128, np.bool_, np.int16)
    assert ask(anywhere, source, *(np.ones(n, kind) for kind in kinds for n in (1, 3, 7)))


def test_more_kinds_of_arrays_than_a_byte_can_tell_arrive(anywhere: Any) -> None:
    source = "def f(arrays): return [len(a) + float(a[0]) for a in arrays]"
    arrays = [np.full(n, float(n)) for n in range(1, 300)]
    assert ask(anywhere, source, arrays) == [2.0 * n for n in range(1, 300)]


def test_draws_without_a_seed_are_the_same_in_every_worker(sandbox: Any) -> None:
    source = "import random\ndef f(): return random.random(), random.getrandbits(60), np.random.random()"
    assert ask(sandbox, source) == ask(sandbox, source)


def test_arguments_arrive_as_promised(anywhere: Any) -> None:
    source = """
def f(array, pair, table, rng, function, n):
    array += 1
    kinds = [type(x).__name__ for x in (array, pair, table, rng, n)]
    return kinds, array, float(rng.normal()), function(array)
"""
    arguments = (np.zeros(20_000), (1, 2.5), {"a": None}, Rng(9), Function("lambda x: float(np.sum(x))"), 3)
    kinds, array, draw, total = ask(anywhere, source, *arguments)
    assert kinds == ["ndarray", "list", "dict", "Generator", "int"]
    assert np.array_equal(array, np.ones(20_000))
    assert draw == np.random.default_rng(9).normal()
    assert total == 20_000


def test_our_numpy_scalars_arrive_as_numbers(anywhere: Any) -> None:
    source = "def f(*x): return [type(v).__name__ for v in x]"
    assert ask(anywhere, source, np.float64(1), np.int32(2), np.bool_(True)) == ["float", "int", "bool"]


def test_every_call_of_a_batch_has_its_own_arguments_and_result(anywhere: Any) -> None:
    source = (
        "kept = np.zeros(3)\ndef f(x, rng):\n    kept[...] = x\n    x[0] = -1\n    return kept, rng.random()"
    )
    shared = np.ones(3)
    with anywhere.open(cells(source)) as session:
        first, second = session.calls("f", [(shared, Rng(1)), (2 * shared, Rng(1))])
    assert np.array_equal(first.value[0], [1, 1, 1])
    assert np.array_equal(second.value[0], [2, 2, 2])
    assert first.value[1] == second.value[1]


def test_a_call_that_comes_twice_in_a_row_is_given_the_same_objects(anywhere: Any) -> None:
    source = """
seen = []
def f(value, change):
    seen.append(value)
    if change:
        value.clear()
    return len(seen) > 1 and seen[-1] is seen[-2]
"""
    table = {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1))}
    other = {"b1": np.zeros((2, 1)), "W1": np.ones((2, 2))}
    arrays = [np.ones(2), np.ones(3)]
    with anywhere.open(cells(source)) as session:
        batch = [(value, False) for value in (table, table, other, arrays, arrays, arrays, arrays[:1])]
        same = [reply.value for reply in session.calls("f", batch)]
        assert same == [False, True, False, False, True, True, False]
        first, second = session.calls("f", [(table, True), (table, True)])
    assert (first.modified, second.modified, second.value) == ((0,), (0,), False)


def test_calls_of_a_batch_may_share_a_generator(anywhere: Any) -> None:
    source = "seen = []\ndef f(rng):\n    seen.append(rng)\n    return rng.random(), rng is seen[0]"
    batch = [(Rng(5, shared=True),), (Rng(5),), (Rng(6, shared=True),), (Rng(5, shared=True),)]
    with anywhere.open(cells(source)) as session:
        first, fresh, other, second = (reply.value for reply in session.calls("f", batch))
        [later] = session.calls("f", batch[:1])
    one, two = np.random.default_rng(5).random(2)
    assert [first, fresh, second] == [[one, True], [one, False], [two, True]]
    assert other == [np.random.default_rng(6).random(), False]
    assert later.value == [one, False]  # of another batch


def test_a_generator_that_stands_still_gives_the_same_in_any_order(anywhere: Any) -> None:
    source = """
def draws(rng):
    return rng.standard_normal((2, 3)), rng.random(2), rng.normal(1.0, 2.0), rng.standard_normal(2, dtype=np.float32)
def turned(rng):
    *_, integers, single, normal, uniform, standard = (
        rng.permutation(5), rng.integers(9, size=3), rng.standard_normal(2, dtype=np.float32), rng.normal(1.0, 2.0),
        rng.random(2), rng.standard_normal((2, 3)),
    )
    return standard, uniform, normal, single
"""
    word = 5 << 29 | 0x08F50000
    with anywhere.open(cells(source)) as session:
        [one] = session.calls("draws", [(Rng(word, still=True),)])
        [other] = session.calls("turned", [(Rng(word, still=True),)])
    for a, b in zip(one.value, other.value, strict=True):
        assert np.array_equal(a, b)
        assert np.ptp(a) == 0
    assert abs(one.value[1][0] - word / 2**32) < 1e-9
    assert one.value[2] == 1.0 + 2.0 * one.value[0][0, 0]


def test_a_batch_beyond_the_limits_loses_only_its_tail(sandbox: Any) -> None:
    source = "def f(n): return np.zeros(n)"
    with sandbox.open(cells(source)) as session:
        replies = session.calls("f", [(500_000,)] * 5)  # 4 million bytes each; 16 MiB fit
    assert [reply.error for reply in replies] == [None] * 4 + ["unsupported"]


KEPT = 1 << 20


@pytest.fixture(scope="module")
def forgetful() -> Iterator[Sandbox]:
    """A sandbox whose grader keeps one MiB of a submission's results."""
    require(Isolation.KERNEL)
    with Sandbox(Isolation.KERNEL, Limits(kept=KEPT)) as box:
        yield box


@pytest.mark.parametrize(
    "result",
    [
        "np.zeros(30_000)",
        "[np.zeros(30) for _ in range(600)]",
        "['x' * 999 + chr(0x1F600)] * 60",
        "[{chr(0x1F600) * 9 + str(i): None} for i in range(1000)]",
        "[[]] * 5000",
    ],
)
def test_what_the_grader_keeps_of_a_submission_is_bounded(forgetful: Sandbox, result: str) -> None:
    """Each of these results takes between a twentieth and a third of what may be kept."""
    source, spent = f"def f(): return {result}", Spent()

    def call(session: Session, times: int) -> None:
        for _ in range(times):
            assert session.calls("f", [()])[0].error is None

    with forgetful.open(cells(source), spent) as session:
        call(session, 3)
        with pytest.raises(SessionLost, match="memory"):
            call(session, 17)
    assert spent.used_up
    with forgetful.open(cells(source), spent) as other, pytest.raises(SessionLost, match="budget"):
        call(other, 1)


@pytest.mark.parametrize("make", [dict.fromkeys, list])
def test_the_weight_of_a_value_is_what_it_takes(make: Any) -> None:
    tracemalloc.start()
    value = make(f"{chr(0x1F600)}{number}" * 20 for number in range(2000))
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert weight(value) == pytest.approx(taken, rel=0.05)


def test_numpy_warnings_are_no_errors(anywhere: Any) -> None:
    with anywhere.open(
        cells("x = np.log(0.) + np.float16(1e9)\n'\\d'", "def f(): return np.exp(1e9)")
    ) as session:
        assert session.errors == ()
        assert session.calls("f", [()])[0].value == np.inf


def test_an_argument_that_cannot_cross_is_our_mistake(anywhere: Any) -> None:
    with anywhere.open(cells("def f(x): return 1")) as session:
        with pytest.raises(TypeError, match="cannot cross"):
            session.calls("f", [(object(),)])
        assert session.calls("f", [(1,)])[0].value == 1


def test_plain_functions_can_be_graded() -> None:
    seen = []

    def f(a: Any, pair: Any) -> tuple[Any, ...]:
        seen.append(type(pair))
        a[0] = 7
        return (a, np.float64(1))

    given = np.zeros(2)
    [reply] = OwnCode.of({"f": f}).calls("f", [(given, (1, 2))])
    assert seen == [list]
    assert given[0] == 0
    assert reply.modified == (0,)
    assert type(reply.value) is list


def test_own_code_leaves_the_plotting_library_alone() -> None:
    import sys

    before = {name: module for name, module in sys.modules.items() if name.startswith("matplotlib")}
    with OwnCode().open(cells("import matplotlib.pyplot as plt\nplt.plot([1])")) as session:
        assert session.errors == ()
    assert {name: module for name, module in sys.modules.items() if name.startswith("matplotlib")} == before


def test_a_closed_session_says_so(sandbox: Any) -> None:
    session = sandbox.open(cells("def f(): return 1"))
    session.close()
    session.close()
    with pytest.raises(ValueError, match="closed"):
        session.calls("f", [()])


def test_session_lost_is_not_a_student_fault() -> None:
    assert not issubclass(SessionLost, StudentFault)


LAYOUTS = {
    "whole": (np.arange(6.0).reshape(2, 3), (True, True)),
    "in pieces": (np.arange(12.0).reshape(2, 6)[:, ::2], (False, True)),
    "a transpose": (np.arange(6).reshape(3, 2).T, (False, True)),
    "read-only": (np.broadcast_to(np.array([1.0, 2.0]), (3, 2)), (False, False)),
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_function_is_given_arrays_as_they_lie_and_may_be_written_into(kind: str, anywhere: Any) -> None:
    array, expected = LAYOUTS[kind]
    source = (
        "def f(x):\n    return [x.flags.c_contiguous, x.flags.writeable, x, x.dtype.kind]\n"
        "def g(x):\n    x[0, 0] += 1\n    return x"
    )
    session = anywhere.open(cells(source))
    for _ in range(2):  # each call gets its own
        contiguous, writeable, values, dtype = session.calls("f", [(array,)])[0].value
        assert ((contiguous, writeable), dtype) == (expected, array.dtype.kind)
        assert np.array_equal(values, array)
        (changed,) = session.calls("g", [(array,)])
        assert changed.error == (None if expected[1] else "ValueError")
        assert changed.modified == ((0,) if expected[1] else ())
