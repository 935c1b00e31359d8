"""Reading a submitted notebook: measured before it is parsed, then built anew from what we understand."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode

from autograder.course import notebooks
from autograder.intake import files
from autograder.nbgrader_plugin import nodes
from autograder.text import utf8

_IMAGES = ("image/png", "image/jpeg", "image/gif")


class CheckedReader(NotebookExporter):
    """nbgrader's reader and writer of notebooks, in front of which stands our intake."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Read the notebook in `filename` and run the preprocessors on it."""
        convert: Any = super().from_notebook_node  # nbconvert has no types for it
        # What nbgrader reads in its second pass we have written in the first.
        if getattr(self.parent, "_sanitizing", True):
            found = getattr(self.parent, "handed_in", {}).get(filename)
            data = found.read() if found else submitted(Path(filename))
            notebook = read(data)
            if self.parent is not None:  # by which a journal knows it
                self.parent.content = data
        else:
            notebook = written(Path(filename))
        made: tuple[Any, dict[str, Any]] = convert(notebook, resources or {})
        return made


def submitted(path: Path) -> bytes:
    """The notebook in `path`; nothing in `<student>/<assignment>/` may be a link."""
    return files.read_file(path.parents[2], Path(*path.parts[-3:]))


def read(data: bytes) -> NotebookNode:
    """The notebook in these bytes, without outputs."""
    return nodes.notebook([_clean(cell) for cell in files.notebook(data)])


def written(path: Path) -> NotebookNode:
    """The notebook that we have written to `path`."""
    return nodes.notebook([_clean(cell) for cell in files.cells(path.read_bytes())])


def _clean(cell: dict[str, Any]) -> NotebookNode:
    """A cell with its source, nbgrader's entry and pasted images; what is not code can only be text."""
    source = utf8(notebooks.source(cell))  # a lone surrogate could not be saved
    metadata = cell.get("metadata")
    entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kind = "code" if cell.get("cell_type") == "code" else "markdown"
    cleaned = nodes.cell(kind, source, entry if isinstance(entry, dict) else None)
    if kind == "markdown":
        cleaned.attachments = _images(cell.get("attachments"))
    return cleaned


def _images(attachments: Any) -> dict[str, dict[str, str]]:
    """The pasted images (students answer with photographs of paper), nothing else."""
    named = attachments.items() if isinstance(attachments, dict) else ()
    return {
        utf8(name): {k: utf8(data) for k, data in bundle.items() if k in _IMAGES and isinstance(data, str)}
        for name, bundle in named
        if isinstance(bundle, dict)
    }
