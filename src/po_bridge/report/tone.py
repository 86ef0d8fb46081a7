"""How loud a word on a page is."""

from __future__ import annotations

from enum import Enum


class Tone(Enum):
    """What a colour stands for; the word beside it always says the same without colour."""

    GOOD = "good"
    """It is as it should be."""
    WARN = "warn"
    """A person must look."""
    NEW = "new"
    """It is made."""
    CALM = "calm"
    """It is a fact, no more."""
