"""Journals that survive a crash, in a file or in memory, and where credentials are kept."""

from __future__ import annotations

from .holder import this_process
from .memory_journal import MemoryJournal
from .memory_tokens import MemoryTokens
from .sqlite_journal import SqliteJournal, open_journal
from .token_file import TokenFile

__all__ = ["MemoryJournal", "MemoryTokens", "SqliteJournal", "TokenFile", "open_journal", "this_process"]
