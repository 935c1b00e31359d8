"""Single edits of a student's own functions: what one slip of the hand may have made of a right line.

Hostile source is never parsed in the trusted process, so a worker does it that has not run any of it. An edit is a
place in the text and what is written there instead; the rest of the text stays as the student wrote it.
"""

import ast
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from .borrowed import Lender, indented
from .transformer import as_python
from .wire import MAX_TEXT, Array

MAX_NAMES = 12  # variables of one function that are tried in each other's place
MAX_EDITS = 900  # of all functions that are edited
# How likely an edit is; at first nothing is treated apart any more.
GUARD, BORROWED, SLIP, ADDED, RARE, LAST = range(6)
Made = Iterator[tuple[int, str]]  # how unlikely a slip it is, and the text that would be right
Function = ast.FunctionDef | ast.AsyncFunctionDef
Unit = Function | ast.ClassDef
Edits = Iterator[tuple[int, int, int, int, str]]  # how unlikely, start, end, line, text

_OPERATORS: dict[type[ast.operator], tuple[str, ...]] = {
    ast.Add: ("-", "*", "@", "/"), ast.Sub: ("+", "*", "/"), ast.Mult: ("/", "@", "+", "-", "**"),
    ast.Div: ("*", "//", "-", "+", "**"), ast.FloorDiv: ("/", "%"), ast.MatMult: ("*",), ast.Pow: ("*", "/", "+", "-"),
    ast.Mod: ("//", "/"), ast.BitAnd: ("|",), ast.BitOr: ("&",),
}  # fmt: skip
_SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@", ast.Pow: "**",
    ast.Mod: "%", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">", ">=", "!="), ast.LtE: ("<", ">=", ">"), ast.Gt: (">=", "<", "<=", "!="),
    ast.GtE: (">", "<=", "<"), ast.Eq: ("!=", "<=", ">=", "<", ">"), ast.NotEq: ("==", ">", "<"),
    ast.Is: ("is not",), ast.IsNot: ("is",), ast.In: ("not in",), ast.NotIn: ("in",),
}  # fmt: skip
_ALIKE = (  # functions and methods that are taken for each other
    ("sum", "mean", "max", "min", "prod", "cumsum", "cumprod", "median", "norm"), ("std", "var"),
    ("argmax", "argmin"), ("maximum", "minimum"), ("zeros", "ones"), ("zeros_like", "ones_like", "empty_like"),
    ("standard_normal", "random"), ("uniform", "normal"), ("randn", "rand"), ("sqrt", "square", "abs"),
    ("exp", "log", "expm1"), ("log", "log2", "log10", "log1p", "exp"),
    ("tanh", "sinh", "arctan", "cosh"), ("sin", "cos"), ("any", "all"), ("isfinite", "isnan", "isinf"),
    ("floor", "ceil", "round", "rint"), ("float32", "float64"), ("dot", "multiply", "outer", "matmul"),
    ("append", "extend"), ("hermgauss", "leggauss"), ("hstack", "vstack", "column_stack"), ("qr", "svd"),
    ("logical_and", "logical_or"), ("add", "subtract"), ("multiply", "divide"), ("greater", "greater_equal", "less"),
)  # fmt: skip
_GUARDS = {"clip", "maximum", "minimum", "max", "min", "where", "round", "around", "nan_to_num"}
_SIDES = {1: "maximum", 2: "minimum"}  # what `clip` does on one side alone
_METHODS = {"copy", "sum", "mean", "flatten", "ravel", "squeeze", "round", "clip"}
_REDUCING = {"sum", "mean", "max", "min", "std", "var", "norm", "prod", "any", "all", "argmax", "argmin"}
_NEIGHBOURS = {
    name: [o for group in _ALIKE if name in group for o in group if o != name] for name in chain(*_ALIKE)
}
_AROUND = ("np.sqrt", "np.abs", "np.array", "float", "len", "range", "np.exp", "np.tanh")
_TIGHT = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Tuple, ast.Dict)


@dataclass(frozen=True)
class Source:
    """A cell's text, and where its nodes lie in it."""

    text: str
    starts: tuple[int, ...]

    def place(self, line: int, column: int) -> int:
        """The offset of a line's column, which the parser counts in bytes."""
        start = self.starts[line - 1]
        part = self.text[start : start + column]
        return start + (column if part.isascii() else len(self._line(line)[:column].decode(errors="ignore")))

    def _line(self, line: int) -> bytes:
        return self.text[self.starts[line - 1] : self.starts[line]].encode()

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)

    def of(self, node: ast.expr | ast.stmt) -> str:
        """A node's text."""
        start, end = self.span(node)
        return self.text[start:end]

    def tight(self, node: ast.expr) -> str:
        """A node's text, in parentheses if an operator beside it could tear it apart."""
        return (
            self.of(node) if isinstance(node, _TIGHT) and not _is_bare(node, self) else f"({self.of(node)})"
        )


def _is_bare(node: ast.expr, source: Source) -> bool:
    """Whether it is a tuple without parentheses, or a negative number."""
    return isinstance(node, ast.Tuple) and not source.of(node).startswith("(")


def source_of(text: str) -> Source:
    """A text with the offsets of its lines."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return Source(text, tuple(starts))


def edits(cells: Sequence[str], names: Sequence[str], right: Sequence[str]) -> tuple[Array, list[str]]:
    """All single edits of the functions of these names, the likeliest first; what lacks is borrowed from `right` ones.

    Each is a text, and a row: how unlikely, cell, start and end of the definition, start and end of the edit, its line.
    """
    lender = Lender(right)
    found = [
        (rank, index, [rank, cell, *edit], new)
        for cell, text in enumerate(cells)
        for unit, function, source in _functions(text, names)
        for index, (rank, edit, new) in enumerate(_of_function(unit, function, source, lender, names))
    ]
    found.sort(key=lambda one: one[:2])
    del found[MAX_EDITS:]
    places = np.array([place for _, _, place, _ in found], np.int64).reshape(-1, 7)
    return places, [new for *_, new in found]


def _functions(text: str, names: Sequence[str]) -> Iterator[tuple[Unit, Function, Source]]:
    """The functions of these names in a cell, and the methods of classes, each with what is defined with it.

    Of two of one name the last one counts. None if the cell is no Python.
    """
    try:
        if as_python(text).strip("\n") != text.strip("\n"):
            return  # lines with magics
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    source = source_of(text)
    last = {node.name: node for node in body if isinstance(node, Unit)}
    for unit in last.values():
        if unit.name in names:
            functions = unit.body if isinstance(unit, ast.ClassDef) else [unit]
            yield from ((unit, node, source) for node in functions if isinstance(node, Function))


def _of_function(
    unit: Unit, function: Function, source: Source, lender: Lender, own: Collection[str]
) -> Iterator[tuple[int, list[int], str]]:
    first, last = source.span(unit)
    if unit.decorator_list:
        first = source.span(unit.decorator_list[0])[0] - 1
    seen = set()
    for rank, start, end, line, new in chain(
        _borrowed(function, source, lender, own),
        _expressions(function, source),
        _statements(function, source),
    ):
        if new != source.text[start:end] and len(new) < MAX_TEXT // 4 and (start, end, new) not in seen:
            seen.add((start, end, new))
            yield rank, [first, last, start, end, line], new


def _expressions(function: Function, source: Source) -> Edits:
    """Another expression in the place of one."""
    names, texts = _variables(function), _texts(function)
    for node, parent in _inside(function):
        if isinstance(parent, ast.JoinedStr | ast.FormattedValue) and not _is_placed(node, source):
            continue
        torn, (start, end) = _is_torn(node, parent), source.span(node)
        for rank, new in chain(_expression(node, source, texts), _variable(node, parent, source, names)):
            yield rank, start, end, node.lineno, f"({new})" if torn and not _is_whole(new) else new


def _borrowed(function: Function, source: Source, lender: Lender, own: Collection[str]) -> Edits:
    """What a right solution has there, and this function lacks; not in the place of what calls an `own` function."""
    keys: dict[int, Hashable] = {}
    names = {*_variables(function), *(n.id for n in ast.walk(function) if isinstance(n, ast.Name))}
    for node, parent in _inside(function):
        stored = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
        if not (stored or isinstance(parent, ast.JoinedStr | ast.FormattedValue) or _calls(node, own)):
            start, end = source.span(node)
            for new in lender.instead_of(node, keys, names):
                yield BORROWED, start, end, node.lineno, f"({new})" if _is_torn(node, parent) else new
    for lacking in lender.statements(function, keys, names):
        for block in _blocks(function):
            for statement in block:
                start, end = source.span(statement)
                text, blanks = indented(lacking, statement.col_offset), " " * statement.col_offset
                if isinstance(statement, ast.Pass):
                    yield ADDED, start, end, statement.lineno, text
                else:
                    yield ADDED, start, start, statement.lineno, f"{text}\n{blanks}"
            yield ADDED, end, end, statement.end_lineno or statement.lineno, f"\n{blanks}{text}"


def _calls(node: ast.expr, own: Collection[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in own for part in ast.walk(node))


def _inside(function: Function) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Every expression of the body, with what it is a part of; no annotations, no docstring."""
    waiting: list[tuple[ast.AST, ast.AST]] = [(node, function) for node in function.body]
    if ast.get_docstring(function) is not None:
        waiting = waiting[1:]
    waiting += [(default, function) for default in function.args.defaults]
    while waiting:
        node, parent = waiting.pop(0)
        if isinstance(node, ast.expr):
            yield node, parent
        inner = [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.arguments)]
        waiting[:0] = [(child, node) for child in inner]


def _variables(function: Function) -> list[str]:
    arguments = function.args
    given = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return list(dict.fromkeys(name for name in given + stored if name != "_"))[:MAX_NAMES]


def _texts(function: Function) -> list[str]:
    """Texts that the body names, such as the kinds of activations."""
    words = [n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [word for word in dict.fromkeys(words) if word.isidentifier()][:8]


def _is_placed(node: ast.expr, source: Source) -> bool:
    """Whether the parser knows where it is: before Python 3.12 not always inside an f-string."""
    try:
        return ast.dump(ast.parse(source.of(node), mode="eval").body) == ast.dump(node)
    except (SyntaxError, ValueError):
        return False


def _is_torn(node: ast.expr, parent: ast.AST) -> bool:
    """Whether what stands around it could tear another expression in its place apart."""
    if isinstance(
        parent, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.Attribute | ast.Starred
    ):
        return True
    return (
        isinstance(parent, ast.Subscript | ast.Call)
        and getattr(parent, "value", getattr(parent, "func", None)) is node
    )


def _is_whole(text: str) -> bool:
    return text.replace(".", "").replace("_", "").isalnum()


def _expression(node: ast.expr, source: Source, texts: Sequence[str]) -> Made:
    """Slips that need no other variable."""
    for kind, slips in _SLIPS.items():
        if isinstance(node, kind):
            yield from slips(node, source)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in texts:
        yield from ((SLIP, repr(other)) for other in texts if other != node.value)


def _operation(node: ast.BinOp, source: Source) -> Made:
    left, right, sign = source.tight(node.left), source.tight(node.right), _SIGNS.get(type(node.op), "+")
    for other in _OPERATORS.get(type(node.op), ()):
        yield SLIP, f"{left} {other} {right}"
    if isinstance(node.op, ast.MatMult | ast.Sub | ast.Div | ast.Pow | ast.FloorDiv):
        yield SLIP, f"{right} {sign} {left}"
    if isinstance(node.op, ast.MatMult):
        yield SLIP, f"{left}.T {sign} {right}"
        yield SLIP, f"{left} {sign} {right}.T"
        yield RARE, f"({right} {sign} {left}).T"
        yield RARE, f"np.outer({left}, {right})"
    yield SLIP, source.of(node.left) if sign != "**" else left
    yield SLIP, source.of(node.right)
    # (a * b) ** c for a * b ** c, and the like: the operator that binds tighter was meant to bind last
    if isinstance(node.left, ast.BinOp) and not isinstance(node.left.op, ast.MatMult):
        inner, a, b = (
            _SIGNS.get(type(node.left.op), "+"),
            source.tight(node.left.left),
            source.tight(node.left.right),
        )
        yield RARE, f"{a} {inner} ({b} {sign} {right})"
    if isinstance(node.right, ast.BinOp) and not isinstance(node.right.op, ast.MatMult):
        inner, a, b = (
            _SIGNS.get(type(node.right.op), "+"),
            source.tight(node.right.left),
            source.tight(node.right.right),
        )
        yield RARE, f"({left} {sign} {a}) {inner} {b}"


def _comparison(node: ast.Compare, source: Source) -> Made:
    if len(node.ops) == 1:
        left, right = source.tight(node.left), source.tight(node.comparators[0])
        for other in _COMPARISONS.get(type(node.ops[0]), ()):
            yield SLIP, f"{left} {other} {right}"


def _choice(node: ast.BoolOp, source: Source) -> Made:
    parts = [source.tight(value) for value in node.values]
    yield SLIP, (" or " if isinstance(node.op, ast.And) else " and ").join(parts)
    yield from ((RARE, part) for part in parts)


def _constant(node: ast.Constant, _: Source) -> Made:
    value = node.value
    if isinstance(value, bool):
        yield SLIP, repr(not value)
    elif isinstance(value, int | float) and abs(value) < 1e300:
        near = [value + 1, value - 1, 2 * value, value / 2, -value, 0, 1, 2]
        wanted = {(-1 if v < 0 else 1, abs(v)): v for v in map(type(value), near)}
        yield from ((SLIP, f"({v!r})" if v < 0 else repr(v)) for v in wanted.values() if v != value)
        yield RARE, repr(10 * value)
        if isinstance(value, float) or value in (1, 2, 4):
            yield from ((RARE, repr(v)) for v in (0.5, 3.0, 0.01, 1e-5, 1e-7, 64, value / 10))
    elif value is None:
        yield from ((RARE, new) for new in ("0", "1", "True", "False"))


def _sign(node: ast.UnaryOp, source: Source) -> Made:
    yield SLIP, source.tight(node.operand)


def _attribute(node: ast.Attribute, source: Source) -> Made:
    value = source.of(node.value)
    if node.attr == "T":
        yield SLIP, value
    yield from ((SLIP, f"{value}.{other}") for other in _NEIGHBOURS.get(node.attr, ()))


def _name(node: ast.Name, _: Source) -> Made:
    yield from (
        (RARE, f"np.{other}")
        for other in _NEIGHBOURS.get(node.id, ())
        if node.id in ("max", "min", "sum", "abs")
    )
    if node.id in ("max", "min", "any", "all"):
        yield SLIP, {"max": "min", "min": "max", "any": "all", "all": "any"}[node.id]


def _call(node: ast.Call, source: Source) -> Made:
    function, arguments = source.of(node.func), [source.of(a) for a in node.args]
    keywords = [source.text[slice(*_keyword_span(k, source))] for k in node.keywords]
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")

    def call(given: Sequence[str], named: Sequence[str]) -> str:
        return f"{function}({', '.join([*given, *named])})"

    for i in range(len(arguments) - 1):
        swapped = [*arguments[:i], arguments[i + 1], arguments[i], *arguments[i + 2 :]]
        yield SLIP, call(swapped, keywords)
    yield from _range_call(name, arguments)
    if name in _REDUCING:
        yield from _reduction(node, source, call, arguments, keywords)
    for i in range(len(keywords)):
        yield RARE, call(arguments, [*keywords[:i], *keywords[i + 1 :]])
    if len(arguments) > 1:
        yield from (
            (RARE, call([*arguments[:i], *arguments[i + 1 :]], keywords)) for i in range(len(arguments))
        )
        yield from ((GUARD if name in _GUARDS else RARE, argument) for argument in arguments)
    if name == "clip" and len(arguments) == 3:
        yield from ((GUARD, f"np.{one}({arguments[0]}, {arguments[i]})") for i, one in _SIDES.items())
    if len(arguments) == 1:
        yield RARE, arguments[0]
    if name in _METHODS and isinstance(node.func, ast.Attribute):
        yield (GUARD if name in _GUARDS else RARE), source.of(node.func.value)


def _keyword_span(keyword: ast.keyword, source: Source) -> tuple[int, int]:
    assert keyword.end_lineno is not None
    assert keyword.end_col_offset is not None
    start = source.place(keyword.lineno, keyword.col_offset)
    return start, source.place(keyword.end_lineno, keyword.end_col_offset)


def _range_call(name: str, arguments: Sequence[str]) -> Made:
    if name != "range" or not arguments:
        return
    first, last = ("0", arguments[0]) if len(arguments) == 1 else arguments[:2]
    step = arguments[2:3]
    for a, b in (
        (first, f"{last} + 1"), (first, f"{last} - 1"), (f"{first} + 1", last), (f"{first} - 1", last),
        (f"{first} + 1", f"{last} + 1"), (f"{first} - 1", f"{last} - 1"), (f"{first} - 1", f"{last} + 1"),
    ):  # fmt: skip
        yield SLIP, f"range({', '.join([a, b, *step])})"
    yield SLIP, f"reversed(range({', '.join(arguments)}))"


def _reduction(
    node: ast.Call,
    source: Source,
    call: Callable[[Sequence[str], Sequence[str]], str],
    arguments: Sequence[str],
    keywords: Sequence[str],
) -> Made:
    """Axis and keepdims as they may have been meant."""
    given = {k.arg: source.of(k.value) for k in node.keywords if k.arg}
    for axis in ("0", "1"):
        if axis != given.get("axis"):
            rest = [k for k in keywords if not k.replace(" ", "").startswith("axis=")]
            yield SLIP, call(arguments, [f"axis={axis}", *rest])
            if "keepdims" not in given:
                yield RARE, call(arguments, [f"axis={axis}", *rest, "keepdims=True"])
    if "keepdims" not in given:
        yield SLIP, call(arguments, [*keywords, "keepdims=True"])
    if getattr(node.func, "attr", "") in ("std", "var") and "ddof" not in given:
        yield RARE, call(arguments, [*keywords, "ddof=1"])


def _conditional(node: ast.IfExp, source: Source) -> Made:
    test, body, other = (source.tight(part) for part in (node.test, node.body, node.orelse))
    yield SLIP, f"{other} if {test} else {body}"
    yield from ((GUARD, part) for part in (body, other))


def _part(node: ast.Subscript, source: Source) -> Made:
    value, place = source.of(node.value), node.slice
    if isinstance(place, ast.Slice):
        yield from ((SLIP, f"{value}[{new}]") for new in (":", "1:", ":-1", "::-1", "1:-1", "2:"))
    else:
        index = source.tight(place)
        yield from ((SLIP, f"{value}[{new}]") for new in (f"{index} + 1", f"{index} - 1", "-1", "0", "1"))
    if isinstance(place, ast.Tuple) and len(place.elts) == 2:
        a, b = map(source.of, place.elts)
        yield from ((SLIP, f"{value}[{new}]") for new in (f"{b}, {a}", a, f":, {a}"))
    yield RARE, value


def _sequence(node: ast.Tuple | ast.List, source: Source) -> Made:
    parts = [source.of(item) for item in node.elts]
    if len(parts) > 1 and isinstance(node.ctx, ast.Load):
        brackets = ("[", "]") if isinstance(node, ast.List) else ("(", ")")
        yield SLIP, brackets[0] + ", ".join(parts[::-1]) + brackets[1]
        yield from ((RARE, part) for part in parts)


def _dictionary(node: ast.Dict, source: Source) -> Made:
    """Two neighbouring values exchanged."""
    for a, b in zip(node.values, node.values[1:], strict=False):
        if None not in node.keys:
            start, end = source.span(node)
            (a1, a2), (b1, b2) = source.span(a), source.span(b)
            text = source.text
            yield RARE, text[start:a1] + text[b1:b2] + text[a2:b1] + text[a1:a2] + text[b2:end]


_SLIPS: dict[type[ast.expr], Callable[..., Made]] = {
    ast.BinOp: _operation, ast.Compare: _comparison, ast.BoolOp: _choice, ast.Constant: _constant,
    ast.UnaryOp: _sign, ast.Attribute: _attribute, ast.Name: _name, ast.Call: _call, ast.IfExp: _conditional,
    ast.Subscript: _part, ast.Tuple: _sequence, ast.List: _sequence, ast.Dict: _dictionary,
}  # fmt: skip


def _variable(node: ast.expr, parent: ast.AST, source: Source, names: Sequence[str]) -> Made:
    """Another variable in its place, or beside it; a root, a square, a sign, a factor that is missing."""
    text = source.tight(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from ((SLIP, other) for other in names if other != node.id and node.id in names)
        if node.id in names:
            yield from ((SLIP, new) for new in (f"{node.id} + 1", f"{node.id} - 1"))
            yield RARE, f"{node.id}.T"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield from ((LAST, other) for other in names)
    if not _is_a_value(node, parent):
        return
    yield from (
        (RARE, new) for new in (f"-{text}", f"2 * {text}", f"{text} / 2", f"{text} - 1", f"{text} + 1")
    )
    yield from ((RARE, f"{text} {new}") for new in ("** 2", "** 0.5", "** -1", "// 2", "/ 4", "* 3"))
    yield from ((RARE, f"{call}({source.of(node)})") for call in _AROUND)
    yield from (
        (RARE, new) for new in (f"1 - {text}", f"1 / {text}", f"{text}.T", f"{text}.copy()", f"{text}[::-1]")
    )
    yield from (
        (RARE, new) for new in (f"reversed({source.of(node)})", f"list({source.of(node)})", f"{text}[1:]")
    )
    yield from ((LAST, new) for name in names for new in _beside(text, name))


def _beside(text: str, name: str) -> Iterator[str]:
    yield from (f"{text} {sign} {name}" for sign in ("*", "/", "+", "-", "@"))
    yield from (f"{name} {new}" for new in (f"@ {text}", f"- {text}", f"/ {text}"))


def _is_a_value(node: ast.expr, parent: ast.AST) -> bool:
    """Whether it is the whole of what is returned, assigned or given, or an operand: there a factor may lack."""
    if isinstance(node, ast.Constant | ast.Lambda | ast.Starred) or isinstance(
        getattr(node, "ctx", None), ast.Store
    ):
        return False
    if isinstance(parent, ast.Return | ast.Assign | ast.AugAssign | ast.For | ast.Lambda | ast.keyword):
        return getattr(parent, "value", getattr(parent, "iter", getattr(parent, "body", None))) is node
    return isinstance(parent, ast.BinOp | ast.Call | ast.Tuple | ast.Dict) and node is not getattr(
        parent, "func", None
    )


def _statements(function: Function, source: Source) -> Edits:
    """A statement in another form, left out, exchanged with the next one, or moved out of a block or into one."""
    for block in _blocks(function):
        for node in block:
            start, end = source.span(node)
            yield from ((rank, start, end, node.lineno, new) for rank, new in _statement(node, source))
        for one, two in pairwise(block):
            (a, b), (c, d) = source.span(one), source.span(two)
            yield RARE, a, d, one.lineno, source.text[c:d] + source.text[b:c] + source.text[a:b]
            if isinstance(one, ast.For | ast.While | ast.If):
                yield RARE, *_reindented(two, one.body[0].col_offset, source)
        for node in block:
            inner = getattr(node, "body", None)
            if isinstance(inner, list) and len(inner) > 1 and not isinstance(node, Function):
                yield RARE, *_reindented(inner[-1], node.col_offset, source)


def _blocks(function: Function) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block[1:] if node is function and ast.get_docstring(function) is not None else block


def _reindented(node: ast.stmt, column: int, source: Source) -> tuple[int, int, int, str]:
    """The statement's edit that moves it to another column."""
    start, end = source.span(node)
    line = source.starts[node.lineno - 1]
    return (
        line,
        end,
        node.lineno,
        " " * column + source.text[start:end].replace("\n" + " " * node.col_offset, "\n" + " " * column),
    )


def _statement(node: ast.stmt, source: Source) -> Made:
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name | ast.Subscript):
        target, sign, value = source.of(node.target), _SIGNS.get(type(node.op), "+"), source.of(node.value)
        yield SLIP, f"{target} = {target} {sign} ({value})"
        yield SLIP, f"{target} = {value}"
        yield from ((SLIP, f"{target} {other}= {value}") for other in _OPERATORS.get(type(node.op), ()))
    elif isinstance(node, ast.Assign):
        yield from _begun_further_off(node, source)
        if isinstance(assigned := node.targets[0], ast.Name):
            yield from ((RARE, f"{assigned.id} {sign}= {source.of(node.value)}") for sign in "+-*@")
    if isinstance(node, ast.If):
        start, end = source.span(node)
        a, b = source.span(node.test)
        for rank, new in (
            (SLIP, f"not ({source.text[a:b]})"),
            (RARE, "True"),
            (RARE if node.orelse else GUARD, "False"),
        ):
            yield rank, source.text[start:a] + new + source.text[b:end]
    elif not isinstance(node, ast.For | ast.While | ast.With | ast.FunctionDef):
        yield (GUARD if _is_for_some(node) else RARE), "pass"


def _begun_further_off(node: ast.Assign, source: Source) -> Made:
    """The numbers with which a search may begin, so large that anything is better."""
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    (first, last), text = source.span(node), source.text
    for value in values:
        if isinstance(value, ast.Constant) and type(value.value) in (int, float):
            start, end = source.span(value)
            yield GUARD, f'{text[first:start]}float("inf"){text[end:last]}'


def _is_for_some(node: ast.stmt) -> bool:
    """Whether it changes those entries for which something holds."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    return any(
        isinstance(one, ast.Subscript) and any(isinstance(part, ast.Compare) for part in ast.walk(one.slice))
        for one in targets
    )
