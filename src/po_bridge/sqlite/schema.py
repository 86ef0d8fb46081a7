"""The schema of a file: whose it is, and the steps that lead from each version to the next."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from ..errors import PoBridgeError


@frozen(kw_only=True)
class Schema:
    """One kind of file."""

    name: str
    """What the file is, as ``journal``."""
    application_id: int
    """SQLite's application id: four bytes that tell this kind of file from any other."""
    migrations: tuple[tuple[str, ...], ...]
    """SQL statements by version: the first entry makes version 1 of an empty file, the next 2 of 1."""
    trouble: Callable[[str, str], PoBridgeError] = field(repr=False)
    """Makes the error for a file that cannot be used, from its path and the reason."""

    @property
    def version(self) -> int:
        """The newest version, which is the one that is written."""
        return len(self.migrations)
