"""One order from its creation to its receiving, from everything that is known: brand, parcels, POS.

Pure: what was seen goes in, a timeline comes out. Given what earlier looks found, nothing that was reached vanishes
silently: a milestone that no longer holds is kept, marked as taken back, and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from attrs import evolve, field, frozen

from ..mapping.carriers import parcel_page
from ..models.checks import aware, frozen_mapping
from ..models.keys import LineKey, OrderKey
from ..models.milestone import Milestone
from ..models.purchase_order import PurchaseOrder
from ..models.setup import Setup
from ..models.shipment import Shipment, Shipping
from ..models.wholesale_order import OrderLine, WholesaleOrder, WholesaleStatus
from .arrived import Arrived, arrived_units
from .book import Applied, Book
from .milestone_history import carried
from .milestones import SHIPPING_WORDS, Facts, milestones_of, shipping_word
from .packs import pack_of
from .shipped import Shipped, shipped_units
from .siblings import is_part_of
from .sighting import LineSeen, Sighting, Stood, further
from .timeline_text import timeline_text

ZERO = Decimal(0)


@frozen(kw_only=True)
class Seen:
    """Everything that was looked at for one order, at one moment."""

    order: WholesaleOrder
    """The order as the brand holds it."""
    source: str
    """Label of the wholesale platform."""
    target: str
    """Label of the POS."""
    shipping: Shipping | None
    """Its shipping; None where the platform tells none."""
    book: Book
    """What the journal adds up to; an order that is not in it was never applied."""
    purchases: tuple[PurchaseOrder, ...] = ()
    """The purchase orders it became, with lines; those that are gone are left out."""
    status_applied: WholesaleStatus | None = None
    """Where it stood with the brand when it was applied; None is unknown."""
    siblings: tuple[str, ...] = ()
    """Numbers of orders that were split from the same one."""
    gone: Mapping[LineKey, str] = field(factory=dict, converter=frozen_mapping)
    """Style numbers of lines that were applied and that the order has no more, as far as they are known."""
    at: datetime = field(validator=aware)
    """When it was looked at, aware."""

    @property
    def applied(self) -> Applied | None:
        """What was applied last."""
        return self.book.applied.get(self.order.key)

    @property
    def relied(self) -> Stood | None:
        """Where it stood for the plan that was applied; None where there is none, or that is not known."""
        if self.status_applied is None or self.applied is None:
            return None
        return Stood(status=self.status_applied, at=self.applied.at, applied=True)


@frozen(kw_only=True)
class Parcel:
    """A shipment with the pages where its parcels can be followed."""

    shipment: Shipment
    """What the source says."""
    pages: tuple[str, ...]
    """Address for each tracking number; empty text where the carrier is not known."""


@frozen(kw_only=True)
class LineProgress:
    """How far one brand product in one size has come; all counts are eaches."""

    key: LineKey
    """The brand product and size."""
    name: str
    """Style, colour and size, for people."""
    ordered: Decimal
    """Units on the wholesale order now; zero where it has the line no more."""
    on_order: Decimal | None
    """Units that were written to purchase orders; None where it was never applied."""
    shipped: Decimal | None
    """Units that left the brand; None is unknown, never zero."""
    received: Decimal | None
    """Units that arrived; None is unknown, never zero."""


@frozen(kw_only=True)
class Timeline:
    """One order's life so far."""

    order: OrderKey
    """The wholesale order."""
    number: str
    """Its number."""
    status: str
    """Its status with the brand, as the brand spells it."""
    purchase_orders: tuple[str, ...]
    """Ids of the purchase orders it became."""
    milestones: tuple[Milestone, ...]
    """In the order of its life; those taken back are kept."""
    lines: tuple[LineProgress, ...]
    """Each brand product and size once, in the order of the document; then those it has no more."""
    parcels: tuple[Parcel, ...]
    """In the order of the document."""
    siblings: tuple[str, ...]
    """Numbers of orders that were split from the same one."""
    notes: tuple[str, ...]
    """What a person should know, as what went back or fits nowhere."""
    at: datetime = field(validator=aware)
    """When it was looked at, aware; the age of every fact is counted from here."""

    @property
    def latest(self) -> Milestone | None:
        """The furthest milestone that holds."""
        return next((one for one in reversed(self.milestones) if one.holds), None)

    @property
    def lines_seen(self) -> tuple[LineSeen, ...]:
        """The lines of which units are known to have left or arrived, for the next look."""
        seen = (LineSeen(key=one.key, shipped=one.shipped, received=one.received) for one in self.lines)
        return tuple(one for one in seen if one.shipped is not None or one.received is not None)

    def __str__(self) -> str:
        return timeline_text(self)


def timeline_of(seen: Seen, setup: Setup, before: Sighting | None = None) -> Timeline:
    """Put together what was seen; *before* is what earlier looks at the same order found."""
    shipments = seen.shipping.shipments if seen.shipping else ()
    shipped = shipped_units(seen.order, shipments)
    arrived = arrived_units(seen.applied, seen.purchases)
    lines = _lines(seen, setup, shipped, arrived)
    facts = Facts(
        order=seen.order,
        source=seen.source,
        target=seen.target,
        shipping=seen.shipping,
        all_shipped=bool(lines) and all((line.shipped or ZERO) >= line.ordered for line in lines),
        arrived=arrived,
        stood=_stood(seen, before),
        at=seen.at,
    )
    milestones, told = carried(milestones_of(facts), before.milestones if before else (), seen.at)
    known = seen.applied.purchase_orders if seen.applied else ()
    return Timeline(
        order=seen.order.key,
        number=seen.order.number,
        status=seen.order.status_word or seen.order.status.value,
        purchase_orders=tuple(dict.fromkeys((*known, *(one.id for one in seen.purchases)))),
        milestones=milestones,
        lines=lines,
        parcels=tuple(_parcel(one, seen.shipping) for one in shipments),
        siblings=seen.siblings,
        notes=(*told, *_notes(seen, shipped, lines), *_less(lines, before)),
        at=seen.at,
    )


def _stood(seen: Seen, before: Sighting | None) -> Stood | None:
    """The furthest place where it stood before, for the plan or for a look since."""
    plan = seen.applied.plan if seen.applied else ""
    return further(seen.relied, before.about(plan).furthest if before else None)


def _lines(seen: Seen, setup: Setup, shipped: Shipped | None, arrived: Arrived) -> tuple[LineProgress, ...]:
    by_key: dict[LineKey, list[OrderLine]] = {}
    for line in seen.order.lines:
        by_key.setdefault(line.key, []).append(line)
    here = tuple(_line(key, some, seen, setup, shipped, arrived) for key, some in by_key.items())
    return here + tuple(_gone(key, seen, arrived) for key in arrived.ordered if key not in by_key)


def _gone(key: LineKey, seen: Seen, arrived: Arrived) -> LineProgress:
    """A line that stands on a purchase order and that the brand's order has no more."""
    return LineProgress(
        key=key,
        name=" / ".join(filter(None, (seen.gone.get(key) or key.style_id, key.color, key.size))),
        ordered=ZERO,
        on_order=arrived.ordered[key],
        shipped=None,
        received=arrived.received.get(key),
    )


def _line(
    key: LineKey,
    lines: list[OrderLine],
    seen: Seen,
    setup: Setup,
    shipped: Shipped | None,
    arrived: Arrived,
) -> LineProgress:
    first = lines[0]
    left = shipped.of(key) if shipped else None
    return LineProgress(
        key=key,
        name=" / ".join(filter(None, (first.style_number or key.style_id, key.color, key.size))),
        ordered=sum((line.quantity * pack_of(line, setup, seen.book) for line in lines), ZERO),
        on_order=arrived.ordered.get(key),
        shipped=None if left is None else left * pack_of(first, setup, seen.book),
        received=arrived.received.get(key),
    )


def _parcel(shipment: Shipment, shipping: Shipping | None) -> Parcel:
    named = shipment.carrier or (shipping.carrier if shipping else "")
    pages = tuple(parcel_page(named, number) for number in shipment.tracking)
    return Parcel(shipment=evolve(shipment, carrier=named), pages=pages)


def _notes(seen: Seen, shipped: Shipped | None, lines: tuple[LineProgress, ...]) -> tuple[str, ...]:
    """What does not fit together, and what a person should act on."""
    cancelled = seen.order.status is WholesaleStatus.CANCELLED
    found = ["the order is cancelled with the brand"] if cancelled else []
    found += _renumbered(seen)
    found += [
        f"shipments cannot be read: {fault}" for fault in (seen.shipping.faults if seen.shipping else ())
    ]
    words = seen.shipping.words if seen.shipping else ()
    found += [
        f"of the shipping the brand says {word!r}, which is no word we know"
        for word in words
        if shipping_word(word) not in SHIPPING_WORDS
    ]
    found += shipped.unplaced if shipped else ()
    found += [
        f"{line.name}: {_plain(line.ordered)} ordered, {_plain(line.on_order)} on the purchase order"
        for line in lines
        if line.on_order is not None and line.on_order != line.ordered
    ]
    found += [
        f"{line.name}: {_plain(line.shipped)} shipped of {_plain(line.ordered)} ordered"
        for line in lines
        if line.shipped is not None and line.shipped > line.ordered
    ]
    found += [
        f"{line.name}: {_plain(line.received)} received of {_plain(line.on_order or ZERO)} on order"
        for line in lines
        if line.received is not None and line.received > (line.on_order or ZERO)
    ]
    gone = set(seen.applied.purchase_orders if seen.applied else ()) - {one.id for one in seen.purchases}
    found += [f"purchase order {key} is gone from the POS" for key in sorted(gone)]
    return tuple(found)


def _renumbered(seen: Seen) -> list[str]:
    """That the order bore another number when it was applied, and what that means."""
    before, now = seen.applied.number if seen.applied else "", seen.order.number
    if not before or before == now:
        return []
    split = "; the brand split it since, and its other parts are orders of their own"
    return [f"it was order {before} when it was applied{split if is_part_of(now, before) else ''}"]


def _less(lines: tuple[LineProgress, ...], before: Sighting | None) -> tuple[str, ...]:
    """Counts that went down since the last look."""
    then = {line.key: line for line in before.lines} if before else {}
    found: list[str] = []
    for line in lines:
        old = then.get(line.key)
        pairs = (
            ("shipped", old.shipped if old else None, line.shipped),
            ("received", old.received if old else None, line.received),
        )
        found += [
            f"{line.name}: {_plain(was)} were {word} before, now {'unknown' if now is None else _plain(now)}"
            for word, was, now in pairs
            if was is not None and (now is None or now < was)
        ]
    return tuple(found)


def _plain(units: Decimal | None) -> str:
    return "?" if units is None else f"{units.normalize():f}"
