"""Credentials in a file that only its owner can read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attrs import field, frozen

from ..errors import BadDocument, OperatorError
from ..planning.canonical import read_value, write_value
from ..ports.tokens import Secrets
from ..sqlite import file_lock, write_private

_FORMAT = 1
STORE_SECONDS = 10.0
"""How long a store waits for another one."""


@frozen(kw_only=True)
class _Stored:
    """The file as a value."""

    format: int = _FORMAT
    tokens: Mapping[str, Mapping[str, str]] = field(factory=dict, repr=False)


class TokenFile:
    """Implements ``ports.Tokens`` with one JSON file of mode 0600; threads and processes may share it.

    Every method raises ``OperatorError`` where the file cannot be used; no message holds anything of it.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        """The file; made by the first ``store``, in a folder that must exist."""

    def __repr__(self) -> str:
        return f"TokenFile({str(self.path)!r})"

    def load(self, name: str) -> Secrets | None:
        """Give what was stored last, None where there is nothing."""
        values = self._read().get(name)
        return None if values is None else Secrets(values)

    def store(self, name: str, value: Mapping[str, str]) -> None:
        """Keep credentials in the place of what was kept; a crash leaves the old file or the new one."""
        with file_lock(self._beside("lock"), seconds=STORE_SECONDS) as ours:
            if not ours:
                raise self._trouble("another process keeps it locked; end that process, then try again")
            tokens = {**self._read(), name: dict(value)}
            try:
                write_private(self.path, write_value(_Stored(tokens=tokens)))
            except OSError as error:
                raise self._trouble(f"it cannot be written ({error.strerror})") from error

    @contextmanager
    def lock(self, name: str) -> Generator[bool, None, None]:
        """Hold the right to refresh, across processes; gives False where another refresher holds it."""
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        with file_lock(self._beside(f"{digest}.lock")) as ours:
            yield ours

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{ending}")

    def _trouble(self, why: str) -> OperatorError:
        return OperatorError(f"token file {self.path}: {why}")

    def _read(self) -> Mapping[str, Mapping[str, str]]:
        try:
            with self.path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode & 0o777
                data = file.read()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._trouble(f"it cannot be read ({error.strerror})") from error
        if os.name == "posix" and mode & 0o077:
            raise self._trouble(f"others may read it (mode {mode:04o}); chmod 600 {self.path}")
        return self._parsed(data)

    def _parsed(self, data: bytes) -> Mapping[str, Mapping[str, str]]:
        try:
            stored = read_value(data, _Stored)
        except BadDocument:
            # the cause would quote what stands in the file
            raise self._trouble("it cannot be understood; delete it and connect again") from None
        if stored.format != _FORMAT:
            raise self._trouble(f"its format {stored.format} is unknown; upgrade po_bridge")
        return stored.tokens
