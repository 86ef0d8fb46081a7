"""Both emulators over real HTTP, a configuration that leads to them, and a way to run commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from po_bridge.cli import main
from po_bridge.cli.emulators import Stand, seeded, standing
from po_bridge.cli.ready_config import config_text


@frozen(kw_only=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read the standard output as one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def stand() -> Iterator[Stand]:
    """Serve the invented shop."""
    with standing(seeded()) as served:
        yield served


@pytest.fixture
def config(stand: Stand, tmp_path: Path) -> Path:
    """Write the configuration that leads to the emulators."""
    path = tmp_path / "po-bridge.toml"
    path.write_text(config_text(stand, settle=0.1), encoding="utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    return ran
