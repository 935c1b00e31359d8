"""The solved notebooks run from top to bottom in a real Jupyter kernel, as students run theirs."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course import notebooks
from tests.support.patience import HANGS
from tests.support.selection import mostly_slow


@pytest.mark.parametrize("assignment", mostly_slow(notebooks.assignments()))
def test_notebook_runs_without_errors_or_warnings_and_draws_its_plots(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    notebook = nbformat.read(notebooks.notebook("solutions", assignment), as_version=4)
    client = NotebookClient(notebook, kernel_name="python3", timeout=None)
    client.startup_timeout = client.iopub_timeout = int(HANGS)
    client.execute(cwd=str(tmp_path))
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)
