"""Edits that write what a right solution has there and the student's function lacks: an operand, a call, a statement.

Only what differs in one part from something in the student's own function: a whole solution would repair everything.
"""

import ast
import builtins
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Keys = dict[int, Hashable]
MAX_TEXT = 200  # characters of what is borrowed
_KNOWN = {"np", "numpy", *vars(builtins)}


class Lender:
    """Right solutions, by their parts."""

    def __init__(self, sources: Iterable[str]) -> None:
        trees = [ast.parse(source) for source in sources]
        self.functions = [n for tree in trees for n in tree.body if isinstance(n, Function)]
        self._keys: Keys = {}
        self._around = defaultdict[Hashable, list[ast.expr]](list)
        self._beside = defaultdict[Hashable, list[ast.expr]](list)
        for function in self.functions:
            for node in expressions(function):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self._around[key(child, self._keys)].append(node)
                for gap in gaps(node, self._keys):
                    self._beside[gap].append(node)

    def instead_of(self, node: ast.expr, keys: Keys, names: set[str]) -> Iterator[str]:
        """Expressions that hold this one as a part, or differ from it in one part, made of known names."""
        own = key(node, keys)
        beside = [other for gap in gaps(node, keys) for other in self._beside[gap]]
        found = [
            *self._around[own],
            *(other for other in beside if not self._differ_deeper(node, other, keys)),
        ]
        for other in found:
            if key(other, self._keys) != own and _free(other) <= names | _KNOWN:
                text = ast.unparse(other)
                if len(text) <= MAX_TEXT:
                    yield text

    def _differ_deeper(self, node: ast.expr, other: ast.expr, keys: Keys) -> bool:
        """Whether the part in which two expressions differ is alike but for a part of its own: that one is enough."""
        for one, another in zip(_parts(node), _parts(other), strict=True):
            if key(one, keys) != key(another, self._keys):
                around = key(one, keys) in {key(part, self._keys) for part in _parts(another)}
                return around or not set(gaps(one, keys)).isdisjoint(gaps(another, self._keys))
        return False

    def statements(self, function: Function, keys: Keys, names: set[str]) -> Iterator[ast.stmt]:
        """Statements of known names that the function lacks, if it has most of the others."""
        own = {key(node, keys) for node in simple(function)}
        for lender in self.functions:
            lent = list(simple(lender))
            missing = [node for node in lent if key(node, self._keys) not in own]
            if 0 < len(missing) <= len(lent) / 2:
                branches = [node for node in ast.walk(lender) if isinstance(node, ast.If)]
                whole = [node for node in branches if all(part in missing for part in simple(node))]
                yield from (node for node in (*missing, *whole) if _free(node) <= names | _KNOWN)


def key(node: ast.AST, keys: Keys) -> Hashable:
    """Equal for nodes that are written alike; `keys` remembers."""
    known = keys.get(id(node))
    if known is None:
        known = keys[id(node)] = (type(node).__name__, *(_key(value, keys) for value in _fields(node)))
    return known


def _key(value: object, keys: Keys) -> Hashable:
    if isinstance(value, ast.AST):
        return key(value, keys)
    if isinstance(value, list):
        return tuple(_key(item, keys) for item in value)
    return type(value).__name__, repr(value)


def _fields(node: ast.AST) -> list[object]:
    return [getattr(node, name, None) for name in node._fields if name not in ("ctx", "kind", "type_comment")]


def _parts(node: ast.AST) -> list[ast.AST]:
    return [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.expr_context)]


def gaps(node: ast.AST, keys: Keys) -> Iterator[Hashable]:
    """For each part of an expression what is left without it: equal for two that differ in this part alone."""
    if isinstance(node, ast.Name | ast.Constant):
        return
    values = _fields(node)
    kind = type(node).__name__
    for i, value in enumerate(values):
        if isinstance(value, ast.AST):
            yield kind, i, *(_key(v, keys) for v in values[:i] + values[i + 1 :])
        elif isinstance(value, list):
            rest = tuple(_key(v, keys) for v in values[:i] + values[i + 1 :])
            for j in range(len(value)):
                yield kind, i, j, len(value), tuple(_key(v, keys) for v in value[:j] + value[j + 1 :]), rest


def expressions(function: Function) -> Iterator[ast.expr]:
    """Every expression of the body that has a value."""
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
                yield node


def simple(block: ast.AST) -> Iterator[ast.stmt]:
    """The statements without blocks of their own; no docstring."""
    for node in ast.walk(block):
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and not _is_text(node):
            yield node


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _free(node: ast.AST) -> set[str]:
    """The names that it reads and does not bind itself."""
    bound = {a.arg for a in ast.walk(node) if isinstance(a, ast.arg)}
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    return (
        {n.id for n in names if isinstance(n.ctx, ast.Load)}
        - bound
        - {n.id for n in names if isinstance(n.ctx, ast.Store)}
    )


def indented(node: ast.stmt, column: int) -> str:
    """A statement's text for a block at this column, its first line without the blanks."""
    return ast.unparse(node).replace("\n", "\n" + " " * column)
