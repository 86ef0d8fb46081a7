"""A lock between processes that ends with its holder, on every platform."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from ..errors import OperatorError
from .trouble import meaning, primary_code


@contextmanager
def file_lock(path: Path, *, seconds: float = 0.0) -> Generator[bool, None, None]:
    """Hold a lock named by a file; gives False where another holds it after *seconds* of waiting.

    The file stays behind, empty. Raises ``OperatorError`` where it cannot be made.
    """
    with closing(_opened(path, seconds)) as lock:
        yield _taken(lock, path)


def _opened(path: Path, seconds: float) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=seconds, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise OperatorError(f"lock {path}: {meaning(error)}") from error


def _taken(lock: sqlite3.Connection, path: Path) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if primary_code(error) == sqlite3.SQLITE_BUSY:
            return False
        raise OperatorError(f"lock {path}: {meaning(error)}") from error
    return True
