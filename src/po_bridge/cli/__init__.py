"""The command line: the one room that joins adapters with a Bridge."""

from __future__ import annotations

from .main import main

__all__ = ["main"]
