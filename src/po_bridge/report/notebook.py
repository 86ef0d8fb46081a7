"""``%load_ext po_bridge.report``: reviews, plans, outcomes, timelines, tables and orders show themselves."""

from __future__ import annotations

from itertools import count
from typing import Any, Final, Protocol

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .html import html_fragment
from .part import (
    Part,
    orders_part,
    outcome_part,
    plan_part,
    review_part,
    status_part,
    tables_part,
    timeline_part,
)
from .plain_text import to_text
from .reportable import kind_of

_SHOWN: Final = (Review, Plan, Outcome, Timeline, BusinessTables, BusinessTable)
_ROWS: Final = (tuple, list)


class Shell(Protocol):
    """What is used of IPython's shell."""

    @property
    def display_formatter(self) -> Any:
        """Holds a formatter for each media type."""
        ...


def load_ipython_extension(shell: Shell) -> None:
    """Teach a notebook, or IPython in a terminal, to show what the Bridge gives.

    Called by ``%load_ext po_bridge.report``. Other tuples and lists are shown as before.
    """
    formatters = shell.display_formatter.formatters
    numbers = count(1)

    def html(shown: Any) -> str | None:
        part = part_of(shown)
        return None if part is None else html_fragment(part, f"po-bridge-{next(numbers)}-")

    for kind in (*_SHOWN, *_ROWS):
        formatters["text/html"].for_type(kind, html)
        _teach_text(formatters["text/plain"], kind)


def _teach_text(formatter: Any, kind: type) -> None:
    before = formatter.for_type(kind) if kind in _ROWS else None

    def text(shown: Any, printer: Any, cycle: Any) -> None:
        if kind_of(shown) is None and before is not None:
            before(shown, printer, cycle)
        else:
            printer.text(to_text(shown))

    formatter.for_type(kind, text)


def part_of(shown: Any) -> Part | None:
    """The part of a page that shows a thing, None for what has no report."""
    match shown:
        case Review():
            return review_part(shown, {})
        case Plan():
            return plan_part(shown)
        case Outcome():
            return outcome_part(shown)
        case Timeline():
            return timeline_part(shown)
        case BusinessTables() | BusinessTable():
            return tables_part(shown)
        case _:
            pass
    kind = kind_of(shown)
    if kind is OrderRow:
        return orders_part(shown)
    return status_part(shown, filters=False) if kind is OrderStatus else None
