"""What the page shows of one order's life."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from ..models.milestone import Milestone
from ..planning.change_text import count
from ..planning.timeline import LineProgress, Parcel, Timeline
from .address import web_address
from .status_view import moment
from .tone import Tone

UNKNOWN = "unknown"
"""Stands for units that nobody states; they are never shown as zero."""


@frozen(kw_only=True)
class MilestoneView:
    """One milestone."""

    word: str
    """What was reached, and whether in part."""
    when: str
    """When, or by when it was seen."""
    how: str
    """Who says so, and whether it is inferred."""
    taken_back: str
    """When it was taken back; empty while it holds."""
    tone: Tone
    """GOOD while it holds, CALM where it is inferred, WARN where it was taken back."""


@frozen(kw_only=True)
class PageView:
    """Where one parcel can be followed."""

    number: str
    """Tracking number."""
    href: str | None
    """The carrier's page where it is known."""


@frozen(kw_only=True)
class ParcelView:
    """One shipment."""

    carrier: str
    """Carrier and service."""
    shipped: str
    """Day on which it left."""
    status: str
    """Where it is."""
    units: str
    """Units in it."""
    pages: tuple[PageView, ...]
    """Tracking numbers."""


@frozen(kw_only=True)
class ProgressView:
    """How far one line has come."""

    name: str
    """Style, colour and size."""
    ordered: str
    """Units on the wholesale order."""
    on_order: str
    """Units on purchase orders."""
    shipped: str
    """Units that left."""
    received: str
    """Units that arrived."""
    share: int | None
    """Received of ordered units in percent, 0 to 100; None where nobody states what was received."""


@frozen(kw_only=True)
class TimelineView:
    """A timeline, ready to be shown."""

    number: str
    """Number of the order."""
    key: str
    """Its key."""
    brand: str
    """Name of the portal."""
    status: str
    """Its status with the brand."""
    looked: str
    """When it was looked at."""
    purchases: tuple[str, ...]
    """Ids of the purchase orders."""
    siblings: tuple[str, ...]
    """Numbers of orders split from the same one."""
    milestones: tuple[MilestoneView, ...]
    """In the order of its life."""
    parcels: tuple[ParcelView, ...]
    """Shipments."""
    lines: tuple[ProgressView, ...]
    """Each line."""
    notes: tuple[str, ...]
    """What a person should act on."""


def timeline_view(timeline: Timeline) -> TimelineView:
    """Prepare a timeline for the page."""
    return TimelineView(
        number=timeline.number,
        key=str(timeline.order),
        brand=timeline.order.portal,
        status=timeline.status,
        looked=f"{moment(timeline.at)} UTC",
        purchases=timeline.purchase_orders,
        siblings=timeline.siblings,
        milestones=tuple(map(_milestone, timeline.milestones)),
        parcels=tuple(map(_parcel, timeline.parcels)),
        lines=tuple(map(_line, timeline.lines)),
        notes=timeline.notes,
    )


def _milestone(one: Milestone) -> MilestoneView:
    how = (one.source, "inferred" if one.inferred else "", one.why)
    calm = Tone.CALM if one.inferred else Tone.GOOD
    return MilestoneView(
        word=f"{one.reached.value} in part" if one.in_part else one.reached.value,
        when=_when(one),
        how=", ".join(part for part in how if part),
        taken_back=moment(one.taken_back_at) if one.taken_back_at else "",
        tone=calm if one.holds else Tone.WARN,
    )


def _when(one: Milestone) -> str:
    if one.at is None:
        return f"by {moment(one.seen_at)}"
    return f"{one.at:%Y-%m-%d}" if one.whole_day else moment(one.at)


def _parcel(parcel: Parcel) -> ParcelView:
    one = parcel.shipment
    units = [line.quantity for line in one.lines if line.quantity is not None]
    pages = zip(one.tracking, parcel.pages, strict=True)
    return ParcelView(
        carrier=one.carrier or "not stated",
        shipped=one.shipped_on.isoformat() if one.shipped_on else UNKNOWN,
        status=one.status_word or one.status.value,
        units=count(sum(units, Decimal(0))) if units else UNKNOWN,
        pages=tuple(PageView(number=number, href=web_address(page)) for number, page in pages),
    )


def _line(line: LineProgress) -> ProgressView:
    return ProgressView(
        name=line.name,
        ordered=count(line.ordered),
        on_order=_told(line.on_order),
        shipped=_told(line.shipped),
        received=_told(line.received),
        share=_share(line),
    )


def _share(line: LineProgress) -> int | None:
    if line.received is None or line.ordered <= 0:
        return None
    return int(min(max(100 * line.received / line.ordered, Decimal(0)), Decimal(100)))


def _told(units: Decimal | None) -> str:
    return UNKNOWN if units is None else count(units)
