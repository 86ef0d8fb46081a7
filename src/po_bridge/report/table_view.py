"""What the page shows of the business tables: what syncs, row for row."""

from __future__ import annotations

import inspect
from typing import Any

from attrs import frozen

from ..mapping.business import BusinessTable, BusinessTables


@frozen(kw_only=True)
class RuleView:
    """One row of a business table."""

    label: str
    """The merchant's own words."""
    reads: str
    """What is read."""
    fills: str
    """What is filled."""
    how: str
    """How, in a sentence."""


@frozen(kw_only=True)
class TableView:
    """A business table, ready to be shown."""

    title: str
    """What becomes what."""
    rows: tuple[RuleView, ...]
    """Its rows."""


def table_view(table: BusinessTable[Any, Any]) -> TableView:
    """Prepare a business table for the page."""
    return TableView(
        title=f"What fills {table.draft.__name__}",
        rows=tuple(
            RuleView(
                label=row.label,
                reads=", ".join(row.reads),
                fills=row.fills,
                how=" ".join((inspect.getdoc(row.how) or row.how.__name__).split()),
            )
            for row in table.rows
        ),
    )


def tables_view(tables: BusinessTables) -> tuple[TableView, ...]:
    """Prepare both business tables for the page."""
    return (table_view(tables.order), table_view(tables.product))
