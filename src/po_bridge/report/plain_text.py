"""Any report as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ..errors import Misuse
from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.text import plan_text
from ..planning.timeline import Timeline
from ..planning.timeline_text import timeline_text
from .columns import columns
from .reportable import Reportable, kind_of
from .table_view import table_view, tables_view
from .text import orders_text, outcome_text, review_text, status_text


def to_text(shown: Reportable) -> str:
    """Write a review, plan, outcome, timeline, business table, or orders or states, as lines for any terminal.

    Foreign text is made safe. Raises ``Misuse`` for what has no report.
    """
    match shown:
        case Review():
            return review_text(shown)
        case Plan():
            return plan_text(shown)
        case Outcome():
            return outcome_text(shown)
        case Timeline():
            return timeline_text(shown)
        case BusinessTables() | BusinessTable():
            views = tables_view(shown) if isinstance(shown, BusinessTables) else (table_view(shown),)
            rows = [(row.label, row.fills, row.reads) for view in views for row in view.rows]
            return "\n".join(columns(rows, heads=("wholesale side", "fills", "read from")))
        case _:
            return _rows(shown)


def _rows(shown: Sequence[OrderRow] | Sequence[OrderStatus]) -> str:
    kind = kind_of(shown)
    if kind is OrderRow:
        return orders_text(cast("Sequence[OrderRow]", shown))
    if kind is OrderStatus or not shown:
        return status_text(cast("Sequence[OrderStatus]", shown))
    raise Misuse(
        f"{type(shown).__name__} has no report; give a review, plan, outcome, timeline, orders or status"
    )
