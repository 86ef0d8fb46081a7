"""The marks of a step and which may follow which; the picture in the docs is drawn from here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Mark(Enum):
    """What the journal says of a step."""

    INTENDED = "intended"
    """Written before the call; after a crash the outcome is unknown."""
    MADE = "made"
    """The remote took it; what it holds now, and which of its records is which, is still to be read back."""
    DONE = "done"
    """The change is there."""
    REFUSED = "refused"
    """The remote said no, nothing changed."""
    NOT_SENT = "not sent"
    """Nothing left, or a probe after the settle time found nothing."""
    UNKNOWN = "unknown"
    """The request left and nobody knows what became of it."""
    PARTLY = "partly"
    """A part is there; children do the rest."""
    SPLIT = "split"
    """Divided into children."""
    HELD = "held"
    """A person must mend something, then resume."""
    ASKED = "asked"
    """A person must answer a question; terminal for this plan."""
    UNDOING = "undoing"
    """A compensation was intended."""
    UNDONE = "undone"
    """The compensation is there."""


M = Mark

SUCCESSIONS: Mapping[Mark | None, frozenset[Mark]] = MappingProxyType(
    {
        None: frozenset({M.INTENDED, M.SPLIT}),
        M.INTENDED: frozenset({M.MADE, M.DONE, M.REFUSED, M.NOT_SENT, M.UNKNOWN}),
        M.UNKNOWN: frozenset({M.UNKNOWN, M.MADE, M.DONE, M.NOT_SENT, M.PARTLY, M.ASKED}),
        M.MADE: frozenset({M.MADE, M.DONE, M.ASKED}),
        M.NOT_SENT: frozenset({M.INTENDED}),
        M.REFUSED: frozenset({M.INTENDED, M.SPLIT, M.HELD}),
        M.HELD: frozenset({M.INTENDED}),
        M.DONE: frozenset({M.UNDOING}),
        M.UNDOING: frozenset({M.UNDONE, M.ASKED, M.DONE, M.UNDOING}),
        M.PARTLY: frozenset(),
        M.SPLIT: frozenset(),
        M.ASKED: frozenset(),
        M.UNDONE: frozenset(),
    }
)
"""Marks that may follow a mark; None is a step the journal has not seen.

``unknown`` follows itself when a probe came too early to count, ``made`` when a reading back did.
``held`` is left only by a resume, after a person mended the cause.
``partly`` and ``split`` are done by their children.
"""


def may_follow(last: Mark | None, following: Mark) -> bool:
    """Whether the table allows the succession."""
    return following in SUCCESSIONS[last]
