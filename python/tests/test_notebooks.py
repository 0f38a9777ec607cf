"""The notebooks that are shipped do what they say."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in book.cells), "outputs are not kept"
    NotebookClient(book, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    shown = [
        output for cell in code for output in cell.outputs if output.output_type in ("execute_result", "display_data")
    ]
    assert len(shown) >= 3


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 3
