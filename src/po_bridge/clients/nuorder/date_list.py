"""Orders by day: the one list over all statuses that does not grow for ever.

Whether its days mean creation or change is not stated, and which hosts offer it is not known.
So it is asked from the first wanted day up to today, which holds for both meanings, and the orders are sifted
when they are read; a host that turns it down is asked for its status lists instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ...errors import BadDocument, Broken, Forbidden, NotFound, Refused, Unauthorized
from ...ports.exchange import Exchange
from .conversation import read_query
from .habits import Habits
from .portal import Portal
from .status_list import ids_of

SPAN: Final = timedelta(days=1460)
"""Longest span asked for at once: a public integration asks for four years."""
_WHERE: Final = "/api/orders/list"
_NOT_OFFERED: Final = frozenset({400, 404, 405, 500, 501})


def list_days(portal: Portal, first: date, today: date, habits: Habits) -> Exchange[tuple[str, ...] | None]:
    """Ids of the orders of some days, each once; None where the host does not offer the list."""
    if not habits.lists_days(portal):
        return None
    found: list[str] = []
    for start, end in _spans(first, today):
        query = (("start_date", start.isoformat()), ("end_date", end.isoformat()))
        try:
            value = yield from read_query(portal, _WHERE, query, habits)
            found += ids_of(portal, f"orders from {start} to {end}", value)
        except (Broken, Refused) as refused:
            if not _turned_down(refused):
                raise
            habits.no_days(portal)
            return None
        except BadDocument:
            # Something else stands at this path; what the orders are is known from the status lists.
            habits.no_days(portal)
            return None
    return tuple(dict.fromkeys(found))


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first
    while start <= last:
        end = min(start + SPAN, last)
        yield start, end
        start = end + timedelta(days=1)


def _turned_down(refused: Broken | Refused) -> bool:
    # 401: a portal that takes only the vendor's own signatures refuses every address with a query.
    named = isinstance(refused, Forbidden | NotFound | Unauthorized)
    return named or refused.status in _NOT_OFFERED
