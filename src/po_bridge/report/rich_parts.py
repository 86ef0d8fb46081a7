"""The parts of a page as tables for a terminal; imported late, since it needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.text import printable
from ..planning.timeline import Timeline
from .lead import Lead, lead_of_outcome, lead_of_plan, lead_of_review, lead_of_status, lead_of_timeline
from .line_view import LineView, Theirs
from .orders_view import orders_view
from .outcome_view import outcome_view
from .plan_view import ChangeView, plan_view
from .purchase_view import PurchaseView
from .review_view import GroupView, review_view
from .status_view import status_view
from .table_view import table_view, tables_view
from .timeline_view import timeline_view
from .tone import Tone

STYLES: Final[Mapping[Tone, str]] = MappingProxyType(
    {Tone.GOOD: "green", Tone.WARN: "yellow", Tone.NEW: "magenta", Tone.CALM: ""}
)
"""Colours of a terminal; whatever they say is also said in words."""

Cell = str | Text


def review(shown: Review) -> RenderableType:
    """Matched, needs review and new, side by side with what the store holds."""
    view = review_view(shown, {})
    orders = _table(
        f"wholesale orders of {view.source}",
        ("order", "brand", "status", "units", "total", "ships", "lines", "purchase order"),
        (
            (
                one.number,
                one.brand,
                one.status,
                one.units,
                one.total,
                one.window,
                one.lines,
                _purchases(one.purchases),
            )
            for one in view.orders
        ),
        right={3, 4},
    )
    groups = (_group(group) for group in view.groups if group.styles)
    return Group(_lead(lead_of_review(shown)), orders, *groups)


def _group(group: GroupView) -> Table:
    rows = (
        (f"{style.name} {style.color}".strip(), line.size, line.units, line.price, _theirs(line), _why(line))
        for style in group.styles
        for line in style.lines
    )
    title = f"{group.word.lower()} ({group.number})"
    return _table(title, ("ordered", "size", "units", "price", "in the store", "why"), rows, right={2, 3})


def _theirs(line: LineView) -> Text:
    return _lines(text for product in line.theirs for text in _product(product, line=line))


def _product(product: Theirs, *, line: LineView) -> Iterator[Cell]:
    word = f" ({product.standing})" if product.standing else ""
    yield f"{product.name}{word}"
    if line.open:
        yield Text(f"  link:{printable(product.id)}", style="dim")
        yield from (Text(f"  {printable(sign.text)}", style=STYLES[sign.tone]) for sign in product.signs)


def _why(line: LineView) -> Text:
    return _lines(
        (
            *(Text(printable(reason), style=STYLES[Tone.WARN]) for reason in line.reasons),
            *((line.said,) if line.said else ()),
            *(Text(printable(sign.text), style=STYLES[sign.tone]) for sign in line.signs),
            *((Text(printable(line.key), style="dim"),) if line.open else ()),
        )
    )


def plan(shown: Plan) -> RenderableType:
    """Every change before and after."""
    view = plan_view(shown, None)
    goals = _table(
        f"plan {view.digest} for {view.store}",
        ("order", "matched", "new", "left out", "purchase order"),
        (
            (one.number, str(one.matched), str(one.created), str(one.skipped), _purchases(one.purchases))
            for one in view.goals
        ),
        right={1, 2, 3},
    )
    consents = [("! " if one.stops else "- ") + printable(one.text) for one in view.consents]
    asked = _table(
        "open questions",
        ("question", "stops", "answers", "stored under"),
        ((one.text, one.stops, " | ".join(one.answers), one.key) for one in view.questions),
    )
    losses = _table(
        "not carried over", ("field", "value", "why"), ((one.what, one.value, one.why) for one in view.losses)
    )
    return Group(
        _lead(lead_of_plan(shown)),
        goals,
        Text("\n".join(("needs your yes:", *consents)) if consents else "makes new things only"),
        *((asked,) if view.questions else ()),
        *(_change(number, change) for number, change in enumerate(view.changes, start=1)),
        *((losses,) if view.losses else ()),
    )


def _change(number: int, change: ChangeView) -> Table:
    title = f"{number}. {change.title}" + (f" ({change.mark})" if change.mark else "")
    if change.has_before:
        rows = ((row.what, row.before, row.after) for row in change.rows)
        return _table(title, ("field", "before", "after"), rows)
    return _table(title, ("field", "after"), ((row.what, row.after) for row in change.rows))


def outcome(shown: Outcome) -> RenderableType:
    """What became of a plan."""
    view = outcome_view(shown, None)
    rows: list[Sequence[Cell]] = []
    for order in view.orders:
        rows.append((order.number, _toned(order.word, order.tone), "", ""))
        rows += [("", one.what, one.seen, one.mend) for one in order.rows]
    return Group(
        _lead(lead_of_outcome(shown)),
        Text("  ".join(f"{what}: {figure}" for what, figure in view.figures)),
        _table("orders", ("order", "what", "what happened", "what to do"), rows),
        _lines(f"{link.what}: {link.text}" for link in view.links),
    )


def status(rows: Sequence[OrderStatus]) -> RenderableType:
    """Where many orders stand, the most urgent first."""
    view = status_view(rows)
    table = _table(
        "wholesale orders",
        ("order", "brand", "state", "since (UTC)", "purchase orders", "what to do"),
        (
            (
                one.number,
                one.brand,
                _toned(one.state.word, one.tone),
                one.since,
                _lines(one.purchases),
                _lines(one.reasons),
            )
            for one in view.rows
        ),
    )
    return Group(_lead(lead_of_status(rows)), table)


def timeline(shown: Timeline) -> RenderableType:
    """One order's life."""
    view = timeline_view(shown)
    milestones = _table(
        f"order {view.number} of {view.brand}: {view.status}",
        ("milestone", "when", "who says so", "taken back"),
        ((_toned(one.word, one.tone), one.when, one.how, one.taken_back) for one in view.milestones),
    )
    parcels = _table(
        "parcels",
        ("carrier", "shipped", "status", "units", "tracking"),
        (
            (one.carrier, one.shipped, one.status, one.units, _lines(page.number for page in one.pages))
            for one in view.parcels
        ),
        right={3},
    )
    units = _table(
        "units",
        ("line", "ordered", "on order", "shipped", "received"),
        ((one.name, one.ordered, one.on_order, one.shipped, one.received) for one in view.lines),
        right={1, 2, 3, 4},
    )
    notes = _lines(Text(f"! {printable(note)}", style=STYLES[Tone.WARN]) for note in view.notes)
    return Group(_lead(lead_of_timeline(shown)), notes, milestones, parcels, units)


def orders(rows: Sequence[OrderRow]) -> RenderableType:
    """Orders of a source."""
    return _table(
        "wholesale orders",
        ("order", "brand", "status", "here", "lines", "units", "total", "ships"),
        (
            (
                one.number,
                one.brand,
                one.status,
                _toned(one.here, one.tone),
                str(one.lines),
                one.units,
                one.total,
                one.window,
            )
            for one in orders_view(rows)
        ),
        right={4, 5, 6},
    )


def tables(shown: BusinessTables | BusinessTable[Any, Any]) -> RenderableType:
    """What syncs."""
    views = tables_view(shown) if isinstance(shown, BusinessTables) else (table_view(shown),)
    return Group(
        *(
            _table(
                view.title,
                ("wholesale side", "read from", "fills", "how"),
                ((row.label, row.reads, row.fills, row.how) for row in view.rows),
            )
            for view in views
        )
    )


def _lead(lead: Lead) -> Text:
    return Text(printable(lead.text), style=f"bold {STYLES[lead.tone]}".strip())


def _toned(text: str, tone: Tone) -> Text:
    return Text(printable(text), style=STYLES[tone])


def _purchases(found: Iterable[PurchaseView]) -> Text:
    return _lines(_toned(f"{one.word} {one.text}", one.tone) for one in found)


def _lines(texts: Iterable[Cell]) -> Text:
    return Text("\n").join(text if isinstance(text, Text) else Text(printable(text)) for text in texts)


def _table(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    right: frozenset[int] | set[int] = frozenset(),
) -> Table:
    table = Table(
        title=Text(printable(title), style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(printable(cell)) for cell in row))
    return table
