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
from ..ports.elsewhere import Elsewhere
from ..ports.exchange import Exchange, Lane, gather, now, run
from ..ports.journal import Journal
from ..ports.source import Source

STYLE_AGE = timedelta(hours=24)
"""A kept style document that is older is read again."""

SIDE_BY_SIDE = 5
"""Reads under way at once."""


def key_of(source: Source, journal: Journal, number: str) -> Exchange[OrderKey]:
    """The key of a number for calls about what was applied; a key as text is taken as it is.

    A number that the book knows once needs no search: other portals' orders of that number were never applied.
    White space around it is a pasted cell's. Raises ``UnknownOrder`` or ``AmbiguousNumber`` with every key.
    """
    number, key = yield from _known(source, journal, number)
    return key or _only(number, (yield from source.find(number)), source)


def key_asked_for(source: Source, journal: Journal, number: str) -> Exchange[OrderKey]:
    """The key of a number that may be meant for an order nobody applied yet; else as ``key_of``.

    The book tells one order of the number, never that there is no other. So the other portals are asked even
    then, which costs nothing where there is none, and nothing where the key is named.
    """
    number, key = yield from _known(source, journal, number)
    if key is None:
        return _only(number, (yield from source.find(number)), source)
    if "/" in number:
        return key
    if isinstance(source, Elsewhere):
        others = yield from source.find_elsewhere(number, key.portal)
    else:
        others = yield from source.find(number)
    return _only(number, (key, *others), source)


def _known(source: Source, journal: Journal, number: str) -> Exchange[tuple[str, OrderKey | None]]:
    """The number without white space around it, with its key where it is one or the book knows just one."""
    # callers without a type checker pass integers
    number = str(number).strip()
    if "/" in number:
        try:
            return number, OrderKey.parse(number)
        except ValueError as error:
            raise UnknownOrder(number, source.label) from error
    applied = yield from run(journal.applied, Lane.JOURNAL)
    known = {one.order for one in applied if one.number.strip() == number}
    return number, known.pop() if len(known) == 1 else None


def _only(number: str, found: Iterable[OrderKey], source: Source) -> OrderKey:
    keys = [*dict.fromkeys(found)]
    if not keys:
        raise UnknownOrder(number, source.label)
    if len(keys) > 1:
        raise AmbiguousNumber(number, tuple(str(key) for key in keys))
    return keys[0]


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
