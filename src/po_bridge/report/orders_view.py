"""What the page shows of the orders of a source."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ..execution.flows import OrderRow
from ..planning.change_text import count
from .status_words import WORDS, tone_of
from .tone import Tone
from .wording import total_of, window_of


@frozen(kw_only=True)
class OrderRowView:
    """One order of the source."""

    number: str
    """Its number."""
    key: str
    """Its key."""
    brand: str
    """Name of the portal."""
    status: str
    """Where it stands with the brand."""
    here: str
    """Where it stands here."""
    tone: Tone
    """How loud that is shown."""
    offered: bool
    """Whether it is taken over by default."""
    lines: int
    """Lines."""
    units: str
    """Units in all."""
    total: str
    """Its own total with the currency."""
    window: str
    """Ship window."""


def orders_view(rows: Sequence[OrderRow]) -> tuple[OrderRowView, ...]:
    """Prepare orders for the page, in their own sequence."""
    return tuple(
        OrderRowView(
            number=row.order.number,
            key=str(row.order.key),
            brand=row.order.key.portal,
            status=row.order.status_word or row.order.status.value,
            here=WORDS[row.state],
            tone=tone_of(row.state),
            offered=row.offered,
            lines=len(row.order.lines),
            units=count(row.order.units),
            total=total_of(row.order),
            window=window_of(row.order),
        )
        for row in rows
    )
