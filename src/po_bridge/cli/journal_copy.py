"""A copy of the journal for what is only tried; thrown away afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from ..errors import JournalDamaged
from .config import Config


@contextmanager
def copied(config: Config) -> Generator[Config]:
    """The same configuration with a copy of the journal; raises ``JournalDamaged`` where none can be made."""
    with TemporaryDirectory(prefix="po-bridge-dry-run-") as folder:
        copy = Path(folder) / "bridge.db"
        if config.journal.exists():
            _copy(config.journal, copy)
        yield evolve(config, journal=copy)


def _copy(path: Path, copy: Path) -> None:
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise JournalDamaged(str(path), str(error)) from error
