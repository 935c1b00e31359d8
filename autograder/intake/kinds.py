"""What people hand in instead of a notebook, and the way out: a sentence on bytes that are no JSON."""

import json
import re

_LOOKED_AT = 1 << 20  # bytes: enough to know a file by

_BEGINNINGS = (
    (rb"\s*\Z", "the file is empty: save the notebook in Jupyter again, and hand in that file"),
    (
        rb"\xff\xfe|\xfe\xff|.\0.\0|\0.\0.",
        "it is saved as UTF-16: save it as UTF-8, or download it from Jupyter again",
    ),
    (rb"%PDF", "it is a PDF: hand in the notebook itself (.ipynb)"),
    (rb"PK\x03\x04", "it is a zip file: unpack it, and hand in the notebook in it"),
    (
        rb"\s*<[!a-zA-Z]",
        "it is a web page: download the notebook itself (on GitHub: Raw), not the page around it",
    ),
    (
        rb"\s*(?:#|import |from |def |class |%|\"\"\")",
        "it is a Python script, or another text: hand in the notebook itself (.ipynb)",
    ),
)
_CONFLICT = re.compile(rb"^(?:<{7}|>{7})(?: |\r?$)", re.MULTILINE)


def what_it_is(data: bytes) -> str:
    """What bytes are that are no JSON, and what to hand in instead."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    for beginning, sentence in _BEGINNINGS:
        if re.match(beginning, head, re.DOTALL):
            return sentence
    conflict = _CONFLICT.search(head)
    if conflict:
        line = head.count(b"\n", 0, conflict.start()) + 1
        return f"it has git's conflict marks in line {line}: settle the conflict, then open the notebook and save it"
    if not head.lstrip().startswith(b"{"):
        return "it is not a notebook (not valid JSON): download it from Jupyter again"
    return _damage(data)


def _damage(data: bytes) -> str:
    try:
        json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "it holds characters that are no UTF-8: save it as UTF-8, or download it from Jupyter again"
    except json.JSONDecodeError as error:
        return f"it breaks off or is damaged in line {error.lineno} (not valid JSON): download it from Jupyter again"
    except (ValueError, RecursionError):
        pass
    return "it is damaged (not valid JSON): download it from Jupyter again"
