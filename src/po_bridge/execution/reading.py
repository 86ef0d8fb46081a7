"""Finds and reads wholesale orders and their style documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from ..errors import AmbiguousNumber, NotOffered, UnknownOrder
from ..models.keys import OrderKey
from ..models.style_document import StyleDocument
from ..models.wholesale_order import WholesaleOrder
from ..planning.review import StyleKey
from ..ports.cache import KeptStyle, Styles
from ..ports.exchange import Exchange, Lane, gather, now, run
from ..ports.journal import Journal
from ..ports.source import Source

STYLE_AGE = timedelta(hours=24)
"""A kept style document that is older is read again."""

SIDE_BY_SIDE = 5
"""Reads under way at once."""


def key_of(source: Source, journal: Journal, number: str) -> Exchange[OrderKey]:
    """The key of a number; a key as text is taken as it is.

    A number that the book knows needs no search. White space around it is a pasted cell's.
    Raises ``UnknownOrder`` or ``AmbiguousNumber`` with every key.
    """
    # callers without a type checker pass integers
    number = str(number).strip()
    if "/" in number:
        try:
            return OrderKey.parse(number)
        except ValueError as error:
            raise UnknownOrder(number, source.label) from error
    applied = yield from run(journal.applied, Lane.JOURNAL)
    known = {one.order for one in applied if one.number.strip() == number}
    if len(known) == 1:
        return known.pop()
    keys = yield from source.find(number)
    if not keys:
        raise UnknownOrder(number, source.label)
    if len(keys) > 1:
        raise AmbiguousNumber(number, tuple(str(key) for key in keys))
    return next(iter(keys))


def read_order(source: Source, key: OrderKey, *, any_status: bool) -> Exchange[WholesaleOrder]:
    """One order; raises ``NotOffered`` where its status is not taken over by default."""
    order = yield from source.order(key)
    if not any_status and not order.status.offered:
        raise NotOffered(order.number, order.status_word or order.status.value)
    return order


def read_styles(
    source: Source, styles: Styles, wanted: Iterable[StyleKey]
) -> Exchange[Mapping[StyleKey, StyleDocument | None]]:
    """Style documents by key, fetched once per id and kept for a day."""
    moment = yield from now()
    keys = tuple(dict.fromkeys(wanted))
    found = yield from run(partial(_kept, styles, keys, moment - STYLE_AGE), Lane.CACHE)
    missing = [key for key in keys if key not in found]
    for start in range(0, len(missing), SIDE_BY_SIDE):
        some = missing[start : start + SIDE_BY_SIDE]
        documents = yield from gather(tuple(source.style(*key) for key in some))
        read = dict(zip(some, documents, strict=True))
        yield from run(partial(_keep, styles, read, moment), Lane.CACHE)
        found |= read
    return found


def _kept(styles: Styles, keys: Sequence[StyleKey], since: datetime) -> dict[StyleKey, StyleDocument | None]:
    kept = {key: styles.get(*key) for key in keys}
    return {key: one.document for key, one in kept.items() if one is not None and one.at >= since}


def _keep(styles: Styles, read: Mapping[StyleKey, StyleDocument | None], at: datetime) -> None:
    for key, document in read.items():
        styles.put(*key, KeptStyle(document=document, at=at))
