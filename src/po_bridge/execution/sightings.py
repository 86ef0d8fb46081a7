"""What earlier looks at wholesale orders found; gone with the Bridge, and then found anew."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field

from ..models.keys import OrderKey
from ..planning.timeline import Timeline
from .status import OrderState, OrderStatus


@define(kw_only=True)
class Sightings:
    """Changes and timelines by order."""

    _changed: dict[OrderKey, tuple[str, tuple[str, ...]]] = field(factory=dict, init=False)
    _timelines: dict[OrderKey, Timeline] = field(factory=dict, init=False)

    def note(self, order: OrderKey, content: str, changes: tuple[str, ...]) -> None:
        """Remember what moved since an order was applied with a content."""
        self._changed[order] = (content, changes)

    def shown(self, rows: Iterable[OrderStatus]) -> tuple[OrderStatus, ...]:
        """Rows of the journal, synced ones as *changed* where a look found that they moved on since."""
        return tuple(self._shown(row) for row in rows)

    def _shown(self, row: OrderStatus) -> OrderStatus:
        content, changes = self._changed.get(row.order, ("", ()))
        if not changes or content != row.content or row.state is not OrderState.SYNCED:
            return row
        return evolve(row, state=OrderState.CHANGED, reasons=(*row.reasons, *changes))

    def last(self, order: OrderKey) -> Timeline | None:
        """The timeline of the last look."""
        return self._timelines.get(order)

    def keep(self, timeline: Timeline) -> None:
        """Remember a timeline for the next look."""
        self._timelines[timeline.order] = timeline
