"""Reports with colour for a terminal; the one place where rich is asked for: late, since plain text needs none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from ..errors import MissingExtra, Misuse
from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .reportable import Reportable, kind_of

if TYPE_CHECKING:
    from rich.console import RenderableType


def to_rich(shown: Reportable) -> RenderableType:
    """Give what ``rich.console.Console.print`` shows with tables and colour: the same words as the page.

    Foreign text is made safe and is never read as markup. Raises ``MissingExtra`` where rich is not installed,
    ``Misuse`` for what has no report.
    """
    try:
        from . import rich_parts  # noqa: PLC0415  # an extra: plain text and HTML do without it
    except ModuleNotFoundError as error:
        raise MissingExtra("cli", "rich") from error
    match shown:
        case Review():
            return rich_parts.review(shown)
        case Plan():
            return rich_parts.plan(shown)
        case Outcome():
            return rich_parts.outcome(shown)
        case Timeline():
            return rich_parts.timeline(shown)
        case BusinessTables() | BusinessTable():
            return rich_parts.tables(shown)
        case _:
            pass
    kind = kind_of(shown)
    if kind is OrderRow:
        return rich_parts.orders(cast("Sequence[OrderRow]", shown))
    if kind is OrderStatus or not shown:
        return rich_parts.status(cast("Sequence[OrderStatus]", shown))
    raise Misuse(
        f"{type(shown).__name__} has no report; give a review, plan, outcome, timeline, orders or status"
    )
