"""Where an order's goods arrive, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..models.named_record import name_key
from ..models.setup import Setup
from ..models.store import Outlet, StoreFacts
from ..models.wholesale_order import Address, WholesaleOrder
from .notes import Notes
from .question import Stops

NOON = time(12)
"""Midnight UTC would be shown as the day before in America."""


def ask_window(order: WholesaleOrder, notes: Notes) -> None:
    """Tell of ship windows that end before they begin; the last day counts all the same."""
    for window in dict.fromkeys((order.window, *(line.window for line in order.lines if line.quantity))):
        if window.start and window.end and window.end < window.start:
            notes.ask(
                f"window:{order.key}:{window.start}:{window.end}",
                f"order {order.number} ships from {window.start} to {window.end}, which ends before it begins; "
                "the purchase order takes the last day",
                Stops.NOTHING,
                order=order.key,
            )


def outlet_of(order: WholesaleOrder, facts: StoreFacts, setup: Setup, notes: Notes) -> Outlet | None:
    """The outlet the setup names for the ship-to address, else the default or the only one, else a question."""
    place = order.ship_to
    spellings = map(name_key, (place.code, place.reference, place.name) if place else ())
    rules = {name_key(text): outlet for text, outlet in setup.outlets.items()}
    named = next((rules[text] for text in spellings if text in rules), setup.default_outlet)
    wanted = (
        named
        or _only(facts)
        or notes.ask(
            f"outlet:{order.key.portal}:{_place(place) if place else ''}",
            f"order {order.number} ships to {_told(order)}; which outlet is that?",
            Stops.ORDER,
            order=order.key,
            answers=tuple(outlet.id for outlet in facts.outlets),
        )
    )
    found = _named(order, wanted, facts, notes) if wanted else None
    if found is not None and _zone(found) is None:
        notes.ask(
            f"zone unknown:{found.id}",
            f"outlet {found.name or found.id} is in a time zone {found.zone!r} that is not known here; "
            "the delivery date is written as noon UTC",
            Stops.NOTHING,
        )
    return found


def _named(order: WholesaleOrder, wanted: str, facts: StoreFacts, notes: Notes) -> Outlet | None:
    """The outlet of an id or a name; none, and two of one name, are a question."""
    by_id = {outlet.id: outlet for outlet in facts.outlets}
    if wanted in by_id:
        return by_id[wanted]
    exact = tuple(outlet.id for outlet in facts.outlets if outlet.name == wanted)
    found = exact or tuple(one.id for one in facts.outlets if name_key(one.name) == name_key(wanted))
    if len(found) == 1:
        return by_id[found[0]]
    if not found:
        notes.ask(
            f"outlet unknown:{wanted}",
            f"the setup names outlet {wanted!r}, which the store has not; mend the setup",
            Stops.ORDER,
            order=order.key,
        )
        return None
    text = f"the store has {len(found)} outlets named {wanted!r}; which one is meant?"
    answer = notes.ask(f"which outlet:{wanted}", text, Stops.ORDER, order=order.key, answers=found)
    return by_id[answer] if answer else None


def _place(place: Address) -> str:
    """What tells one place from another, so that an answer holds for it alone."""
    written = ", ".join(filter(None, (*place.lines, place.city, place.state, place.postcode, place.country)))
    return place.code or place.name or place.reference or written


def _only(facts: StoreFacts) -> str:
    return facts.outlets[0].id if len(facts.outlets) == 1 else ""


def _told(order: WholesaleOrder) -> str:
    place = order.ship_to
    if place is None:
        return "no named place"
    return (
        " ".join(part for part in (place.name, place.code and f"({place.code})", place.city) if part) or "?"
    )


def noon(day: date | None, outlet: Outlet) -> datetime | None:
    """Noon of a day in the outlet's zone, UTC where the zone is not known; None where the day is unknown."""
    return datetime.combine(day, NOON, _zone(outlet) or UTC) if day else None


def _zone(outlet: Outlet) -> tzinfo | None:
    try:
        return ZoneInfo(outlet.zone)
    except (ValueError, ZoneInfoNotFoundError, OSError):  # the last for the name of a whole region
        return None
