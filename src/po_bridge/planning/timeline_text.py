"""A timeline as plain text: milestones with source and time, parcels, lines, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ..models.milestone import Milestone
from .text import printable

if TYPE_CHECKING:
    from .timeline import LineProgress, Parcel, Timeline

_UNKNOWN: Final = "?"
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def timeline_text(timeline: Timeline) -> str:
    """Write a timeline for a terminal, in plain text without colour."""
    return "\n".join(_lines(timeline))


def _lines(timeline: Timeline) -> Iterator[str]:
    became = ", ".join(timeline.purchase_orders) or "none yet"
    yield printable(
        f"order {timeline.number} ({timeline.order.portal}): {timeline.status}; purchase order {became}"
    )
    if timeline.siblings:
        yield printable(f"split from the same order: {', '.join(timeline.siblings)}")
    yield f"looked at {_moment(timeline.at)} UTC"
    yield ""
    yield from _table([_milestone(one, timeline.at) for one in timeline.milestones], indent="  ")
    yield from _parcels(timeline.parcels)
    yield from _progress(timeline.lines)
    yield from _notes(timeline.notes)


def _milestone(one: Milestone, now: datetime) -> tuple[str, str, str]:
    word = f"{one.reached.value} in part" if one.in_part else one.reached.value
    if one.taken_back_at is not None:
        word = f"({word})"
    ways = [one.source]
    if one.inferred:
        ways.append(f"inferred: {one.why}" if one.why else "inferred")
    elif one.why:
        ways.append(one.why)
    if one.taken_back_at is not None:
        ways.append(f"taken back, seen {_moment(one.taken_back_at)}")
    return word, _when(one, now), ", ".join(ways)


def _when(one: Milestone, now: datetime) -> str:
    if one.at is None:
        return f"by {_moment(one.seen_at)}{_age(one.seen_at, now)}"
    return f"{one.at:%Y-%m-%d}" if one.whole_day else _moment(one.at)


def _age(moment: datetime, now: datetime) -> str:
    """How long ago something was seen; nothing where it was just now."""
    passed = now - moment
    if passed < _MINUTE:
        return ""
    if passed < _HOUR:
        return f" ({passed // _MINUTE} min ago)"
    return f" ({passed // _HOUR} h ago)" if passed < _DAY else f" ({passed // _DAY} d ago)"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _parcels(parcels: Sequence[Parcel]) -> Iterator[str]:
    if not parcels:
        return
    yield ""
    yield f"parcels ({len(parcels)}):"
    for parcel in parcels:
        one = parcel.shipment
        day = one.shipped_on.isoformat() if one.shipped_on else "day unknown"
        status = one.status_word or one.status.value
        units = [line.quantity for line in one.lines if line.quantity is not None]
        count = f"{_plain(sum(units, Decimal(0)))} units" if units else "content not stated"
        yield printable(f"  {one.carrier or 'carrier not stated'}, {day}, {status}, {count}")
        for number, page in zip(one.tracking, parcel.pages, strict=True):
            yield printable(f"    {number}  {page}".rstrip())


def _progress(lines: Sequence[LineProgress]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    rows = [("line", "ordered", "on order", "shipped", "received")]
    rows += [
        (line.name, _plain(line.ordered), _plain(line.on_order), _plain(line.shipped), _plain(line.received))
        for line in lines
    ]
    yield from _table(rows, indent="  ")


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield ""
        yield from (printable(f"! {note}") for note in notes)


def _plain(units: Decimal | None) -> str:
    return _UNKNOWN if units is None else f"{units.normalize():f}"


def _table(rows: Sequence[tuple[str, ...]], *, indent: str) -> Iterator[str]:
    safe = [tuple(map(printable, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*safe, strict=True)]
    for row in safe:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{indent}{'  '.join(cells)}".rstrip()
