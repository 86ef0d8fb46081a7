"""What the page shows of many orders: what needs attention, what is on the way, what made it across."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from attrs import frozen

from ..execution.status import OrderState, OrderStatus
from .status_words import ACROSS, IN_FLIGHT, URGENT, WORDS, tone_of, urgency
from .tone import Tone


@frozen(kw_only=True)
class StateView:
    """A state that some rows have, to choose them by."""

    name: str
    """Name of the state for the page's own use."""
    word: str
    """The state in words."""
    number: int
    """How many rows have it."""


@frozen(kw_only=True)
class StatusRow:
    """One order."""

    number: str
    """Its number."""
    brand: str
    """Name of the portal."""
    key: str
    """Its key."""
    state: StateView
    """Where it stands."""
    tone: Tone
    """How loud that is shown."""
    since: str
    """Since when."""
    purchases: tuple[str, ...]
    """Ids of the purchase orders."""
    reasons: tuple[str, ...]
    """What needs attention, and what to do."""
    plan: str
    """Beginning of the last plan's digest."""


@frozen(kw_only=True)
class StatusView:
    """Many orders, ready to be shown."""

    figures: tuple[tuple[str, str], ...]
    """How many need attention, are on the way, made it across."""
    states: tuple[StateView, ...]
    """States that occur, the most urgent first."""
    rows: tuple[StatusRow, ...]
    """The most urgent first, then the latest."""


def status_view(rows: Sequence[OrderStatus]) -> StatusView:
    """Prepare the states of many orders for the page."""
    counts = {state: sum(row.state is state for row in rows) for state in WORDS}
    states = {state: _state(state, counts[state]) for state in WORDS}
    ordered = sorted(rows, key=lambda row: (urgency(row.state), -row.at.timestamp(), row.number))
    figures = (("need attention", URGENT), ("on the way", IN_FLIGHT), ("made it across", ACROSS))
    return StatusView(
        figures=(
            *((word, str(sum(counts[state] for state in some))) for word, some in figures),
            ("orders in all", str(len(rows))),
        ),
        states=tuple(state for state in states.values() if state.number),
        rows=tuple(_row(row, states[row.state]) for row in ordered),
    )


def moment(at: datetime) -> str:
    """Write a moment for people, to the minute, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def _state(state: OrderState, number: int) -> StateView:
    return StateView(name=state.value.replace("_", "-"), word=WORDS[state], number=number)


def _row(row: OrderStatus, state: StateView) -> StatusRow:
    return StatusRow(
        number=row.number,
        brand=row.order.portal,
        key=str(row.order),
        state=state,
        tone=tone_of(row.state),
        since=moment(row.at),
        purchases=row.purchase_orders,
        reasons=row.reasons,
        plan=row.plan[:12],
    )
