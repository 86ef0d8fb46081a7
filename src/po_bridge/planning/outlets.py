"""Where an order's goods arrive, and when."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ..models.setup import Setup
from ..models.store import Outlet, StoreFacts
from ..models.wholesale_order import WholesaleOrder
from .notes import Notes
from .question import Stops

NOON = time(12)
"""Midnight UTC would be shown as the day before in America."""


def outlet_of(order: WholesaleOrder, facts: StoreFacts, setup: Setup, notes: Notes) -> Outlet | None:
    """The outlet the setup names for the ship-to address, else the default or the only one, else a question."""
    place = order.ship_to
    spellings = (place.code, place.reference, place.name) if place else ()
    named = next((setup.outlets[text] for text in spellings if text in setup.outlets), setup.default_outlet)
    if named is None and len(facts.outlets) == 1:
        return facts.outlets[0]
    wanted = named or notes.ask(
        f"outlet:{order.key.portal}:{place.code or place.name if place else ''}",
        f"order {order.number} ships to {_told(order)}; which outlet is that?",
        Stops.ORDER,
        order=order.key,
        answers=tuple(outlet.id for outlet in facts.outlets),
    )
    found = next((outlet for outlet in facts.outlets if wanted in {outlet.id, outlet.name}), None)
    if wanted is not None and found is None:
        notes.ask(
            f"outlet unknown:{wanted}",
            f"the setup names outlet {wanted!r}, which the store has not; mend the setup",
            Stops.ORDER,
            order=order.key,
        )
    return found


def _told(order: WholesaleOrder) -> str:
    place = order.ship_to
    if place is None:
        return "no named place"
    return (
        " ".join(part for part in (place.name, place.code and f"({place.code})", place.city) if part) or "?"
    )


def noon(day: date | None, outlet: Outlet) -> datetime | None:
    """Noon of a day in the outlet's zone; None where the day is unknown."""
    return datetime.combine(day, NOON, ZoneInfo(outlet.zone)) if day else None
