"""A point of sale in one SQLite file and its connector; docs/how-to/write-a-connector.md walks through it."""

from .target import SqlitePos, open_pos
from .till import Till

__all__ = ["SqlitePos", "Till", "open_pos"]
