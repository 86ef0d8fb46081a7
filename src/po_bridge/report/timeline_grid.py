"""One order's life as grids, and the business tables."""

from __future__ import annotations

from typing import Any

from ..mapping.business import BusinessTable, BusinessTables
from ..models.milestone import Milestone
from ..planning.timeline import LineProgress, Parcel, Timeline
from .grid import Grid, amount, day, flag, grid, moment, text
from .table_view import table_view, tables_view

_MILESTONES = (
    *text("milestone"),
    *flag("in_part"),
    *moment("at"),
    *flag("whole_day"),
    *text("source"),
    *moment("seen_at"),
    *flag("inferred"),
    *text("why"),
    *moment("taken_back_at"),
)
_LINES = (*text("line_key", "name"), *amount("ordered", "on_order", "shipped", "received"))
_PARCELS = (*text("carrier", "tracking", "status"), *day("shipped_on"), *text("pages"))
_TABLE = text("table", "label", "reads", "fills", "how")


def milestones_grid(timeline: Timeline) -> Grid:
    """One row for each milestone; those taken back are kept."""
    return grid(_MILESTONES, map(_milestone, timeline.milestones))


def _milestone(one: Milestone) -> tuple[Any, ...]:
    return (
        one.reached.value,
        one.in_part,
        one.at,
        one.whole_day,
        one.source,
        one.seen_at,
        one.inferred,
        one.why or None,
        one.taken_back_at,
    )


def progress_grid(timeline: Timeline) -> Grid:
    """One row for each line; an unknown count is empty, never zero."""
    return grid(_LINES, map(_progress, timeline.lines))


def _progress(line: LineProgress) -> tuple[Any, ...]:
    return (str(line.key), line.name, line.ordered, line.on_order, line.shipped, line.received)


def parcels_grid(timeline: Timeline) -> Grid:
    """One row for each shipment."""
    return grid(_PARCELS, map(_parcel, timeline.parcels))


def _parcel(parcel: Parcel) -> tuple[Any, ...]:
    one = parcel.shipment
    return (
        one.carrier or None,
        "; ".join(one.tracking),
        one.status_word or one.status.value,
        one.shipped_on,
        "; ".join(page for page in parcel.pages if page),
    )


def tables_grid(tables: BusinessTables | BusinessTable[Any, Any]) -> Grid:
    """One row for each row of the business tables."""
    shown = tables_view(tables) if isinstance(tables, BusinessTables) else (table_view(tables),)
    return grid(
        _TABLE,
        ((table.title, row.label, row.reads, row.fills, row.how) for table in shown for row in table.rows),
    )
