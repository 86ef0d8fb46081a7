"""What only a person can answer."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from ..models.keys import LineKey, OrderKey


class Stops(Enum):
    """What an open question stops."""

    ORDER = "order"
    LINE = "line"
    NOTHING = "nothing"


@frozen(kw_only=True)
class Question:
    """A question with everything needed to answer it."""

    key: str
    """Names the kind and the thing, stable between reviews; an answer is stored under it."""
    text: str
    """The question, for people."""
    stops: Stops
    """What waits for the answer."""
    order: OrderKey | None = None
    """The order it is about."""
    line: LineKey | None = None
    """The line it is about."""
    answers: tuple[str, ...] = ()
    """Answers that are understood; empty where the answer is a decision about a line."""

    def __str__(self) -> str:
        offered = f" [{' | '.join(self.answers)}]" if self.answers else ""
        return f"{self.text}{offered}"
