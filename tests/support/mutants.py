"""Mechanical mutants of our solutions: each is one small change of the syntax tree."""

import ast
import copy
from collections.abc import Iterator

from autograder.course import notebooks
from autograder.demo.handin import solved

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add), ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,), ast.Pow: (ast.Mult,),
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.LtE: (ast.Lt,), ast.GtE: (ast.Gt,),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
NAMES = {
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "zeros": "ones", "ones": "zeros",
    "standard_normal": "random",
    "sqrt": "square", "exp": "log", "tanh": "sinh", "maximum": "minimum", "minimum": "maximum", "cos": "sin",
    "isfinite": "isnan", "any": "all", "all": "any", "hermgauss": "leggauss", "argmin": "argmax",
}  # fmt: skip


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may be replaced with."""
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), ()):
            yield ast.BinOp(node.left, operator(), node.right)
        if isinstance(node.op, ast.MatMult | ast.Sub | ast.Div | ast.Pow):
            yield ast.BinOp(node.right, node.op, node.left)
        yield from (node.left, node.right)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [comparison()], node.comparators)
    elif isinstance(node, ast.Constant):
        yield from map(ast.Constant, changed_constant(node.value))
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield node.value
        elif node.attr in NAMES:
            yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)
    elif isinstance(node, ast.Call):
        yield from changed_call(node)
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Slice):
        yield ast.Slice(None, None, None)


def changed_constant(value: object) -> Iterator[bool | int | float]:
    """Neighbours of a constant."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        yield from (value * 2, value + 1.0, -value)


def changed_call(node: ast.Call) -> Iterator[ast.AST]:
    """A call with neighbouring arguments swapped, without one of its arguments, or replaced by its argument."""
    for i in range(len(node.args) - 1):
        swapped = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield ast.Call(node.func, swapped, node.keywords)
    for i in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :])
    if len(node.args) == 1 and not node.keywords:
        yield node.args[0]


def mutants(source: str) -> Iterator[str]:
    """All mutants of a function's source, each once."""
    tree = ast.parse(source)
    original, seen = ast.unparse(tree), set()
    for mutated in (*expressions(tree), *statements(tree)):
        text = ast.unparse(ast.fix_missing_locations(mutated))
        if text not in seen and text != original:
            seen.add(text)
            yield text


def expressions(tree: ast.Module) -> Iterator[ast.Module]:
    """The tree with one expression replaced (docstrings and annotations are left alone)."""
    skipped = {
        id(n)
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef)
        for part in unread(f)
        for n in ast.walk(part)
    }
    for parent_number, parent in enumerate(ast.walk(tree)):
        for field, value in ast.iter_fields(parent):
            for position, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST) or id(child) in skipped:
                    continue
                for replacement in replacements(child):
                    changed = copy.deepcopy(tree)
                    target = list(ast.walk(changed))[parent_number]
                    if isinstance(value, list):
                        getattr(target, field)[position] = replacement
                    else:
                        setattr(target, field, replacement)
                    yield changed


def unread(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The parts of a function that do not compute: docstring and annotations."""
    if ast.get_docstring(function) is not None:
        yield function.body[0]
    if function.returns is not None:
        yield function.returns
    yield from (argument.annotation for argument in function.args.args if argument.annotation is not None)


def statements(tree: ast.Module) -> Iterator[ast.Module]:
    """The tree with one statement removed, or a branch of an `if` taken always."""
    for number, node in enumerate(ast.walk(tree)):
        body = getattr(node, "body", [])
        for position, statement in enumerate(body if isinstance(body, list) and node is not tree else []):
            for replacement in instead_of(statement):
                changed = copy.deepcopy(tree)
                target = list(ast.walk(changed))[number]
                target.body[position : position + 1] = replacement  # type: ignore[attr-defined]
                yield changed


def instead_of(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """What may stand in a statement's place; a docstring or comment computes nothing."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    yield [ast.Pass()]
    if isinstance(statement, ast.If):
        yield statement.body
        yield statement.orelse or [ast.Pass()]


def solution(assignment: str, exercise: str) -> str:
    """The source of a solution cell."""
    return next(notebooks.source(c) for c in solved(assignment)["cells"] if notebooks.grade_id(c) == exercise)
