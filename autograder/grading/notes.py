"""What a student is told of a cell that raised: little enough that no hidden input fits into it.

A submission may learn hidden inputs while it is graded, and no sandbox closes every way from one worker to
another (clocks, caches). So an exception's message is told only if it is one of Python's or numpy's own
sentences about words of the notebook, or stands in the notebook as it is. The student sees the rest in Jupyter.
"""

import builtins
import re
from collections.abc import Iterable, Sequence

from autograder.sandbox import Cell, CellError
from autograder.text import printable

MAX_MESSAGES = 3  # of the first cells that raised; the others mostly follow from them

# {} is a word of the notebook or a type, # a small number. What follows the sentence is not told.
_SENTENCES = (
    "name '{}' is not defined",
    "cannot access local variable '{}' where it is not associated with a value",
    "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
    "No module named '{}'",
    "cannot import name '{}' from '{}'",
    "module '{}' has no attribute '{}'",
    "'{}' object has no attribute '{}'",
    "'{}' object is not callable",
    "'{}' object is not iterable",
    "'{}' object is not subscriptable",
    "'{}' object does not support item assignment",
    "'{}' object cannot be interpreted as an integer",
    "unsupported operand type(s) for {}: '{}' and '{}'",
    "'{}' not supported between instances of '{}' and '{}'",
    'can only concatenate str (not "{}") to str',
    'can only concatenate list (not "{}") to list',
    "only length-1 arrays can be converted to Python scalars",
    "only 0-dimensional arrays can be converted to Python scalars",
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid",
    "{}() missing # required positional argument: '{}'",
    "{}() missing # required positional arguments: '{}' and '{}'",
    "{}() takes # positional argument but # were given",
    "{}() takes # positional arguments but # was given",
    "{}() takes # positional arguments but # were given",
    "{}() got an unexpected keyword argument '{}'",
    "not enough values to unpack (expected #, got #)",
    "too many values to unpack (expected #)",
    "division by zero",
    "float division by zero",
    "integer division or modulo by zero",
    "integer modulo by zero",
    "list index out of range",
    "list assignment index out of range",
    "tuple index out of range",
    "string index out of range",
    "maximum recursion depth exceeded",
    "The truth value of an array with more than one element is ambiguous",
    "operands could not be broadcast together with shapes () ()",
    "matmul: Input operand # has a mismatch in its core dimension #",
    "shapes () and () not aligned",
    "index # is out of bounds for axis # with size #",
    "too many indices for array: array is #-dimensional, but # were indexed",
    "cannot reshape array of size # into shape ()",
    "all the input array dimensions except for the concatenation axis must match exactly",
    "setting an array element with a sequence",
    "[Errno #] No such file or directory: '{}'",
    "[Errno #] Permission denied: '{}'",
    "[Errno #] Operation not permitted",
    "invalid literal for int() with base #: '{}'",
    "Singular matrix",
    "can't start new thread",
    "math domain error",
    "math range error",
    "expected a positive input",
    "expected a nonnegative input",
    "cannot convert float NaN to integer",
    "cannot convert float infinity to integer",
    "pop from empty list",
    "zero-size array to reduction operation",
    "Cannot cast ufunc '{}' output from dtype('{}') to dtype('{}')",
    "need at least one array to concatenate",
    "Unable to allocate",
    "'W#'",
    "'b#'",
    "'dW#'",
    "'db#'",
    "invalid syntax. Perhaps you forgot a comma? (line #)",
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='? (line #)",
    "invalid syntax (line #)",
    "invalid character '{}' (U+{}) (line #)",
    "invalid non-printable character U+{} (line #)",
    "inconsistent use of tabs and spaces in indentation (line #)",
    "invalid decimal literal (line #)",
    "cannot assign to function call here. Maybe you meant '==' instead of '='? (line #)",
    "cannot assign to {} here. Maybe you meant '==' instead of '='? (line #)",
    "unexpected character after line continuation character (line #)",
    "'{}' outside function (line #)",
    "'{}' outside loop (line #)",
    "positional argument follows keyword argument (line #)",
    "expected 'except' or 'finally' block (line #)",
    "unterminated triple-quoted string literal (detected at line #) (line #)",
    "unterminated f-string literal (detected at line #) (line #)",
    "expected ':' (line #)",
    "unexpected indent (line #)",
    "unindent does not match any outer indentation level (line #)",
    "'{}' was never closed (line #)",
    "unmatched '{}' (line #)",
    "closing parenthesis '{}' does not match opening parenthesis '{}' (line #)",
    "closing parenthesis '{}' does not match opening parenthesis '{}' on line # (line #)",
    "'return' outside function (line #)",
    "Missing parentheses in call to 'print'",
    "unterminated string literal (detected at line #) (line #)",
    "expected an indented block after function definition on line # (line #)",
    "expected an indented block after '{}' statement on line # (line #)",
    "f-string: expecting '}' (line #)",
)  # fmt: skip
_PLACES = {
    re.escape("{}"): r"(.{1,80}?)",
    re.escape("#"): r"\d{1,4}",
    re.escape("()"): r"\((?:\d{1,4}(?:, ?|(?=\)))){0,4}\)",
}
TYPES = {name for name, value in vars(builtins).items() if isinstance(value, type)} | {
    *("NoneType", "function", "method", "module", "generator", "builtin_function_or_method"),
    *("float64", "float32", "int64", "add", "subtract", "multiply", "divide", "matmul", "power", "maximum"),
    *("numpy.ndarray", "numpy.float64", "numpy.int64", "numpy.random._generator.Generator"),
}


def _pattern(sentence: str) -> re.Pattern[str]:
    text = re.escape(sentence)
    if not re.search(r"\w\\\(\\\)", text):  # `f() missing …` has no shape in it
        text = text.replace(re.escape("()"), _PLACES[re.escape("()")])
    for place in ("{}", "#"):
        text = text.replace(re.escape(place), _PLACES[re.escape(place)])
    return re.compile(text)


_PATTERNS = tuple(map(_pattern, _SENTENCES))


def notes_on(errors: Sequence[CellError], cells: Iterable[Cell]) -> tuple[str, ...]:
    """A sentence on each cell that raised or was skipped; the exception's own words for the first few."""
    source = "\n".join(cell.source for cell in cells)
    raised = [error.number for error in errors if not error.skipped]
    return tuple(_note(error, source if error.number in raised[:MAX_MESSAGES] else "") for error in errors)


def _note(error: CellError, source: str) -> str:
    if error.skipped:
        return printable(f"cell {error.number} {error.message}")
    said = told(error.message, source)
    return printable(f"cell {error.number} raised {error.type}" + (f": {said}" if said else ""))


def told(message: str, source: str) -> str | None:
    """What may be told of an exception's message, given the notebook's source; None if it is to be read in Jupyter."""
    for pattern in _PATTERNS:
        match = pattern.match(message)
        if match and all(_is_known(word, source) for word in match.groups()):
            return match.group()
    return message if message and message in source else None


def _is_known(word: str, source: str) -> bool:
    """Whether a word, or the character with this number, stands in the notebook; or is a type's name."""
    number = re.fullmatch("[0-9A-F]{4,5}", word)
    return word in TYPES or word in source or bool(number and chr(int(word, 16)) in source)
