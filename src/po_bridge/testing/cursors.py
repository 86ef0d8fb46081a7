"""The lists of a target under trial, read to their ends."""

from __future__ import annotations

from ..planning.snapshot import Collection, Page, Positions, Record
from .subject import Subject


def drained(subject: Subject, collection: Collection, since: str = "") -> tuple[Page, ...]:
    """Every page of a list after a position."""
    pages: list[Page] = []
    position, more = since, True
    while more:
        page = subject.drive(subject.target.changes(collection, position))
        assert not page.more or page.position != position, "changes() must advance while there is more"
        position, more = page.position, page.more
        pages.append(page)
    return tuple(pages)


def records(subject: Subject, collection: Collection, since: str = "") -> tuple[Record, ...]:
    """Every record of a list after a position."""
    return tuple(record for page in drained(subject, collection, since) for record in page.records)


def positions(subject: Subject) -> Positions:
    """The ends of all lists."""
    return {collection: drained(subject, collection)[-1].position for collection in Collection}
