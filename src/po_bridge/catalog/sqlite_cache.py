"""The cache in a file: opened at once, shared by processes, and never more than a matter of calls to lose."""

from __future__ import annotations

from pathlib import Path

from ..errors import CacheDamaged, Misuse
from .kept_file import KeptFile, open_kept
from .sqlite_budget import SqliteBudget
from .sqlite_index import SqliteIndex
from .sqlite_mirror import SqliteMirror
from .sqlite_styles import SqliteStyles


class SqliteCache:
    """Mirror, index, style documents and rate budget of one store in one file."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file
        self.index = SqliteIndex(file)
        """Finds products."""
        self.mirror = SqliteMirror(file, self.index)
        """The store's records."""
        self.styles = SqliteStyles(file)
        """Style documents."""
        self.budget = SqliteBudget(file)
        """How many calls may still leave."""

    def __repr__(self) -> str:
        return f"SqliteCache({str(self.path)!r})"

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.place.path

    def bind(self, store: str, generation: str = "") -> None:
        """Make it the cache of a store, anew where it holds ids of another generation; raises ``Misuse``."""
        self._file.bind(store, generation)

    def renew(self, error: CacheDamaged) -> None:
        """Begin with an empty file where an error says that this one cannot be read; else raise it again."""
        self._file.renew(error)

    def take_notes(self) -> tuple[str, ...]:
        """What was wrong with the file, and how it was mended; each is given once."""
        return self._file.take_notes()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_cache(path: str | Path, *, busy_seconds: float = 10.0) -> SqliteCache:
    """Open a cache file, made where there is none; it may be deleted at any time.

    A damaged one, or one of another version, is made anew, and ``take_notes`` says so: everything in it is read
    again. A file that is not ours is left alone and one beside it is used. Raises ``CacheDamaged`` where no file
    can be written there, ``Misuse`` for ``:memory:``, which is what a Bridge has without a cache.
    """
    if str(path) == ":memory:":
        raise Misuse("leave the cache out to keep it in memory")
    return SqliteCache(open_kept(Path(path), busy_seconds=busy_seconds))
