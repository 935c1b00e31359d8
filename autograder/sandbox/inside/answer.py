"""The worker's whole vocabulary: run a cell, call a function. The same code serves `--unsafe-own-code`."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from operator import is_
from typing import Any

import numpy as np

from .candidates import Answers, tried
from .cells import Caught, Notebook, exception_name
from .edits import edits
from .given import Draws, List, Packed, array, code, is_still, kind_of
from .plain import Room, Unsupported, plain
from .wire import MAX_OBJECTS, Array, Function, Value

# Taken before a student can replace them.
_global_bytes, _global_state = np.random.bytes, np.random.get_state
_bit_generator, _memory = np.random.mtrand.get_bit_generator, ctypes.string_at
_MERSENNE_TWISTER = _bit_generator()
_ADDRESS, _SIZE = _MERSENNE_TWISTER.ctypes.state_address, 625 * 4  # bytes: its words, and which one is next
_NEEDED = 128 << 20  # bytes of address space that the other cells and all calls may need
_Generators = dict[int, np.random.Generator]  # that calls of a batch share, by their seeds
_NOTHING: Iterator[Array] = iter(())
_OVERHEAD = 32  # objects that the envelope of one result takes up


def answer(notebook: Notebook, request: dict[str, Any], caught: Caught) -> dict[str, Value]:
    """The reply to one request of the grader.

    {"cell": source, "number": k, "count": n} -> {"error": None or (type, message)}
    {"name": function, "batch": [[x, …], …],
     "size": bytes a result, "total": bytes}  -> {"replies": [(result, error, modified, reseeded), …]}
    {"words": function, "arguments": [x, …]}  -> {"raised": None or (type, message, cell, line)}
    {"edit": [source, …], "names": [f, …],
     "right": [source, …]}                    -> {"places": array, "texts": [new, …]}
    {"try": [source, …], "lines": n, "name", "batch", "size", "total": as above}
                                              -> {"tried": [[(result, error, modified), …], …]}
    """
    if "words" in request:
        function = notebook.namespace.get(request["words"])
        given = [_build(value, {}) for value in request["arguments"]]
        return {"raised": notebook.words_of(function, given, caught)}
    if "cell" in request:
        error = notebook.run_cell(request["number"], request["count"], request["cell"], caught)
        if error and error[0] == "MemoryError":
            # If the cell keeps what it took, this worker is lost, and the next skips the cell.
            bytearray(_NEEDED)
        return {"error": error}
    if "edit" in request:
        places, texts = edits(request["edit"], request["names"], request["right"])
        return {"places": places, "texts": texts}
    if "try" in request:
        return {"tried": _tried(notebook, request, caught)}
    batch = request["batch"]
    size, objects = request["total"] - 16 * _OVERHEAD * len(batch), MAX_OBJECTS - _OVERHEAD * len(batch)
    _global_bytes(4)  # half a draw: a function that seeds as a cell did comes back to another state than this
    state = _state()
    answers, shared, built = [], _Generators(), None
    for arguments, following in zip_longest(batch, batch[1:]):
        room = Room(min(size, request["size"]), objects)
        allowed = room.size
        built = built or _built(arguments, shared)
        function = notebook.namespace.get(request["name"])
        answers.append(_reply(function, arguments, room, caught, built))
        if answers[-1][2] or not _is_again(arguments, following):
            built = None
        if answers[-1][1] is None:  # only what is sent takes up room
            size, objects = size - (allowed - room.size), room.objects
    reseeded = state != _state()
    return {"replies": [(*answer, reseeded) for answer in answers]}


def _tried(notebook: Notebook, request: dict[str, Any], caught: Caught) -> list[Answers]:
    room = Room(request["total"], MAX_OBJECTS - _OVERHEAD * len(request["batch"]) * len(request["try"]))

    def ask() -> Answers:
        function = notebook.namespace.get(request["name"])
        answers: Answers = []
        for arguments in request["batch"]:
            answers.append(_reply(function, arguments, room, caught, _built(arguments, {})))
            if answers[-1][1] is not None:
                break
        return answers

    return tried(notebook, request["try"], request["lines"], ask, caught)


@dataclass(slots=True)
class _Built:
    """The arguments of a call, and those of their arrays that lie in one memory."""

    memory: bytearray
    arrays: list[Array]
    arguments: list[Any]


def _built(given: Sequence[Any] | Packed, shared: _Generators) -> _Built:
    if not isinstance(given, Packed):
        return _Built(bytearray(), [], [_build(value, shared) for value in given])
    memory = bytearray(given.data)
    arrays = given.arrays(memory)
    left = iter(arrays)
    return _Built(memory, arrays, [_build(value, shared, left) for value in given.skeleton])


def _is_again(given: Any, following: Any) -> bool:
    """Whether the next call is the same, so that it is given the same objects, as in a student's own notebook."""
    if not (isinstance(given, Packed) and isinstance(following, Packed)):
        return _equal(given, following)
    mine, its = ((one.heads, one.which, one.data) for one in (given, following))
    return mine == its and _equal(given.skeleton, following.skeleton)


def _equal(one: Any, other: Any) -> bool:
    """Whether these are equal, and of a kind that a call may be given again: generators are not."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is List:
        return bool(one.length == other.length)
    if kind is list or kind is tuple:
        return len(one) == len(other) and all(map(_equal, one, other))
    if kind is dict:
        return list(one) == list(other) and all(map(_equal, one.values(), other.values()))
    if kind is np.ndarray:  # a large one, or our own code's
        return one is other
    return kind in (bytes, int, float, str, bool) and bool(one == other)


def _reply(
    function: object, given: Sequence[Any] | Packed, room: Room, caught: Caught, built: _Built
) -> tuple[Value, ...]:
    """Result, error, positions of the arguments that were changed."""
    if not callable(function):
        return None, "missing" if function is None else "replaced", []
    result, error = _call(function, built.arguments, room, caught)
    if not isinstance(given, Packed):
        return result, error, _modified(given, built.arguments)
    if built.memory == given.data and _all_there(given, built.arguments, built.arrays):
        return result, error, []
    return result, error, _modified(given.one_by_one(), built.arguments)


def _all_there(given: Packed, arguments: Sequence[Any], arrays: list[Array]) -> bool:
    """Whether all arrays are where they were, of the shapes and dtypes that they had. If not, others may be equal."""
    kinds = [kind_of(head) for head in given.heads]
    for index, one in zip(given.which, arrays, strict=True):
        shape, dtype, _ = kinds[index]
        if one.shape != shape or one.dtype is not dtype:
            return False
    left = iter(arrays)
    return all(_holds(value, now, left) for value, now in zip(given.skeleton, arguments, strict=True))


def _holds(given: Any, now: Any, left: Iterator[Array]) -> bool:
    kind = type(given)
    if kind is bytes and not given:
        return now is next(left)
    if kind is List:
        alike = type(now) in (list, tuple) and len(now) == given.length
        return alike and all(map(is_, now, islice(left, given.length)))
    if kind is list:
        alike = type(now) in (list, tuple) and len(now) == len(given)
        return alike and all(_holds(value, item, left) for value, item in zip(given, now, strict=True))
    if kind is dict:
        alike = type(now) is dict and list(given) == list(now)
        return alike and all(_holds(value, now[key], left) for key, value in given.items())
    return given is now or _same(given, now)


def _modified(given: Sequence[Any], arguments: Sequence[Any]) -> list[int]:
    pairs = enumerate(zip(given, arguments, strict=True))
    return [i for i, (a, b) in pairs if a is not b and not _same(a, b)]


def _call(
    function: Callable[..., object], arguments: list[Any], room: Room, caught: Caught
) -> tuple[Value, str | None]:
    try:
        return plain(function(*arguments), room), None
    except Unsupported:
        return None, "unsupported"
    except caught as error:
        name = exception_name(error)
        return None, _stub(error, function) if name == "NotImplementedError" else name


def _stub(error: BaseException, function: Callable[..., object]) -> str:
    """'stub', or 'stub in f' if f raised, and not the function that was called itself."""
    try:
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace is None or trace.tb_frame.f_code is function.__code__:
            return "stub"
        name = trace.tb_frame.f_code.co_name
        return f"stub in {name[:80]}" if name.isidentifier() else "stub"
    except BaseException:  # a student's callable may have no code, or one that raises
        return "stub"


def _build(value: Any, shared: _Generators, left: Iterator[Array] = _NOTHING, inside: bool = False) -> Any:
    """What the student's function is given: its own copies, so that the originals show what it changed.

    All sequences cross as lists. A list inside a list is a pair, such as (A_prev, Z), and a tuple in the notebooks.
    """
    kind = type(value)
    if kind is bytes:  # first, as most are
        return array(value) if value else next(left)
    if kind is List:
        return tuple(islice(left, value.length)) if inside else list(islice(left, value.length))
    if kind is list:
        items = [_build(item, shared, left, True) for item in value]
        return tuple(items) if inside else items
    if kind is dict:
        return {key: _build(item, shared, left) for key, item in value.items()}
    if kind is Draws:
        return _generator(value, shared)
    if kind is Function:
        return eval(code(value.source), {"np": np})
    return value.copy() if kind is np.ndarray else value


def _generator(draws: Draws, shared: _Generators) -> np.random.Generator:
    seed = draws.given.seed
    if not draws.given.shared:
        return draws.generator()
    if seed not in shared:
        shared[seed] = draws.generator()
    return shared[seed]


def _same(given: Any, now: Any) -> bool:
    """Whether an argument is as it was given. A generator is meant to advance."""
    kind = type(given)
    if kind is bytes:
        return is_still(given, now)
    if isinstance(given, np.ndarray):
        same_kind = type(now) is np.ndarray and given.shape == now.shape and given.dtype == now.dtype
        return bool(same_kind and given.tobytes() == now.tobytes())
    if kind is list:
        return type(now) in (list, tuple) and len(given) == len(now) and all(map(_same, given, now))
    if kind is Draws or kind is Function:
        return True
    if kind is not type(now):
        return False
    if isinstance(given, dict):
        return list(given) == list(now) and all(map(_same, given.values(), now.values()))
    return given is now or bool(given == now)


def _state() -> object:
    """The state of NumPy's global generator, read where it lies: to ask for it takes as long as many calls."""
    if _bit_generator() is _MERSENNE_TWISTER:
        return _memory(_ADDRESS, _SIZE)
    return repr(_global_state())  # the student has put another one there
