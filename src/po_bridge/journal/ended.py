"""How a link or a decision stopped being in force; it stays on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum

from attrs import field, frozen

from ..matching.result import Choice
from ..models.checks import aware
from ..models.keys import LineKey
from ..planning.book import Decision, Link, line_decision


class Ended(Enum):
    """Why it is in force no more."""

    REPLACED = "replaced"
    """A later one took its place."""
    REVOKED = "revoked"
    """A person took it back."""


@frozen(kw_only=True)
class End:
    """The end of a link or decision."""

    how: Ended
    """Replaced or revoked."""
    at: datetime = field(validator=aware)
    """When."""
    by: str = ""
    """Who ended it, or what replaced it."""
    why: str = ""
    """The person's words."""

    @classmethod
    def replaced(cls, later: Link | Decision) -> End:
        """Make the end of what a later one replaces."""
        return cls(how=Ended.REPLACED, at=later.at, by=later.by)


def untied(
    taken_back: Iterable[tuple[LineKey, str]],
    links: Mapping[LineKey, Link],
    decisions: Mapping[str, Decision],
) -> Mapping[LineKey, tuple[str, ...]]:
    """Give the products taken back by line, oldest first, less those that were tied again since."""
    found: dict[LineKey, dict[str, None]] = {}
    for line, product_id in taken_back:
        link, decision = links.get(line), decisions.get(line_decision(line))
        tied = {link.product_id} if link else set[str]()
        if decision and decision.choice is Choice.LINK:
            tied.add(decision.product_id)
        if product_id not in tied:
            found.setdefault(line, {})[product_id] = None
    return {line: tuple(products) for line, products in found.items()}
