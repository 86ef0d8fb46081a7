"""The notebooks of the docs run from a clean kernel, and show what they promise."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient", reason="the tools of make test bring it")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "notebooks"
EXECUTED = ROOT / "build" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

pytestmark = [pytest.mark.no_cover, pytest.mark.filterwarnings("default")]

SHOWS: Mapping[str, tuple[str, ...]] = {
    "season": ("Orders", "Review", "Timeline", "What syncs"),
    "decide_and_apply": ("Review", "Plan", "Outcome", "Status"),
}
"""Headings of the reports that each notebook shows."""
SAYS: Mapping[str, tuple[str, ...]] = {
    "season": ("Brindle Knitworks", "needs review", "1Z0000000000000017"),
    "decide_and_apply": (
        "found there, so it is not sent again",
        "WARNING order Fennick",
        "6 of 6 steps: ended",
        "Nothing is left to do.",
    ),
}
"""What stands in the outputs of each notebook."""


def test_every_notebook_is_told() -> None:
    """A notebook that is added is executed too."""
    assert {path.stem for path in NOTEBOOKS} == set(SHOWS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_stored_without_outputs(path: Path) -> None:
    """What a notebook shows is made when it is run, never kept."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not [cell["id"] for cell in cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell runs in a new kernel; each report that is promised is shown as HTML and as text."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=dict(os.environ))
    EXECUTED.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, EXECUTED / path.name)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    told = "\n".join(shown(output, media) for output in outputs for media in ("text/html", "text/plain"))
    assert [words for words in SAYS[path.stem] if words not in told] == []
    for heading in SHOWS[path.stem]:
        assert any(f">{heading}</h2>" in shown(output, "text/html") for output in outputs), heading
    assert all(shown(output, "text/plain") for output in outputs if shown(output, "text/html"))


def shown(output: Mapping[str, Any], media: str) -> str:
    """What an output shows of one media type."""
    text: str = output.get("data", {}).get(media, "")
    return text
