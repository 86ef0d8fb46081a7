"""What can be reported, and what each of it can be taken apart into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ..errors import Misuse
from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .grid import Grid
from .order_grid import orders_grid, status_grid
from .plan_grid import changes_grid, losses_grid, outcome_grid, questions_grid, steps_grid
from .review_grid import candidates_grid, evidence_grid, lines_grid
from .timeline_grid import milestones_grid, parcels_grid, progress_grid, tables_grid

Reportable = (
    Review
    | Plan
    | Outcome
    | Timeline
    | BusinessTables
    | BusinessTable[Any, Any]
    | Sequence[OrderRow]
    | Sequence[OrderStatus]
)
"""Everything that has a report: orders and states come as the Bridge gives them."""

_Parts = Mapping[str, Callable[[Any], Grid]]

_PARTS: Final[Mapping[type, _Parts]] = MappingProxyType(
    {
        Review: {"lines": lines_grid, "candidates": candidates_grid, "evidence": evidence_grid},
        Plan: {
            "changes": changes_grid,
            "steps": steps_grid,
            "losses": losses_grid,
            "questions": questions_grid,
        },
        Outcome: {"orders": outcome_grid},
        Timeline: {"milestones": milestones_grid, "lines": progress_grid, "parcels": parcels_grid},
        BusinessTables: {"rows": tables_grid},
        BusinessTable: {"rows": tables_grid},
        OrderRow: {"orders": orders_grid},
        OrderStatus: {"status": status_grid},
    }
)
"""Parts of each kind by name; the first is what one gets without naming any."""

_OF_NOTHING: Final[_Parts] = MappingProxyType({"orders": orders_grid, "status": status_grid})


def kind_of(shown: object) -> type | None:
    """What a thing is a report of: its own class, or that of the rows of a sequence; None for anything else."""
    if type(shown) in _PARTS and not isinstance(shown, OrderRow | OrderStatus):
        return type(shown)
    if isinstance(shown, tuple | list) and shown:
        kinds: set[type] = {type(row) for row in shown}
        return kinds.pop() if len(kinds) == 1 and kinds <= {OrderRow, OrderStatus} else None
    return None


def grid_of(shown: Reportable, part: str = "") -> Grid:
    """Take a part of a reportable thing as a grid, the first one unless named.

    An empty sequence does not say what it is of: name ``orders`` or ``status``. Raises ``Misuse``.
    """
    kind = kind_of(shown)
    empty = isinstance(shown, Sequence) and not shown
    if kind is None and not empty:
        raise Misuse(
            f"{type(shown).__name__} has no report; give a review, plan, outcome, timeline, orders or status"
        )
    parts = _OF_NOTHING if kind is None else _PARTS[kind]
    if part not in parts and (part or kind is None):
        raise Misuse(f"there is no part {part!r} here; name one of: {', '.join(parts)}")
    return parts[part or next(iter(parts))](shown)
