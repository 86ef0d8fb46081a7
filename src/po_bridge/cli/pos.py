"""Which POS a demonstration or a sandbox stands up."""

from __future__ import annotations

from enum import Enum


class Pos(Enum):
    """The POS beside the wholesale side; names are what is typed."""

    XSERIES = "X-Series"
    """Families in one call, lines in bulk."""
    RSERIES = "R-Series"
    """A call for each variant and each line."""
