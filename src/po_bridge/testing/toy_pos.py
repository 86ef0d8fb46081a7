"""A POS in memory, as plain as can be: nothing is unique, lines add up, ids are numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import define, field

Row = dict[str, Any]
Table = dict[str, Row]


def _tables() -> dict[str, Table]:
    names = ("suppliers", "brands", "tags", "options", "families", "products", "images", "orders")
    return {name: {} for name in names}


@define(kw_only=True)
class ToyPos:
    """Tables of rows by id; every change gives its row the next version."""

    version: int = 0
    """Version of the last change."""
    tables: dict[str, Table] = field(factory=_tables)
    """Rows by table and id."""
    _digest: tuple[int, str] | None = None

    def snapshot(self) -> tuple[int, dict[str, Table]]:
        """A copy of everything; rows are replaced, never changed, so they can be shared."""
        return self.version, {name: dict(rows) for name, rows in self.tables.items()}

    def restore(self, snapshot: tuple[int, dict[str, Table]]) -> None:
        """Go back to a snapshot."""
        self._digest = None
        self.version, self.tables = snapshot[0], {name: dict(rows) for name, rows in snapshot[1].items()}

    def add(self, table: str, row: Mapping[str, Any]) -> str:
        """Add a row, whatever it holds; answers its id."""
        self.version += 1
        row_id = f"{table[:3]}-{self.version}"
        self.tables[table][row_id] = {**row, "id": row_id, "version": self.version, "born": self.version}
        return row_id

    def change(self, table: str, row_id: str, **values: Any) -> None:
        """Set values of a row."""
        self.version += 1
        row = self.tables[table][row_id]
        self.tables[table][row_id] = {**row, **values, "version": self.version}

    def remove(self, table: str, row_id: str) -> None:
        """Delete a row; one that is gone is left so."""
        self.version += 1
        self.tables[table].pop(row_id, None)

    def add_line(self, order_id: str, product_id: str, count: Decimal, cost: Decimal | None) -> None:
        """Add units to a line: a second time adds a second time."""
        lines = dict(self.tables["orders"][order_id]["lines"])
        before = lines.get(product_id, (Decimal(0), None))[0]
        lines[product_id] = (before + count, cost)
        self.change("orders", order_id, lines=lines)

    def set_line(self, order_id: str, product_id: str, count: Decimal, cost: Decimal | None) -> None:
        """Set a line; a count of zero removes it."""
        lines = dict(self.tables["orders"][order_id]["lines"])
        lines[product_id] = (count, cost)
        if count == 0:
            del lines[product_id]
        self.change("orders", order_id, lines=lines)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Rows of a table by id."""
        return tuple(self.tables[table].values())

    def digest(self) -> str:
        """Everything it holds as text, without ids and versions; equal stores have equal digests."""
        if self._digest and self._digest[0] == self.version:
            return self._digest[1]
        names = {
            row["id"]: _named(table, row) for table, rows in self.tables.items() for row in rows.values()
        }
        told = [_told(table, row, names) for table, rows in self.tables.items() for row in rows.values()]
        self._digest = (self.version, "\n".join(sorted(told)))
        return self._digest[1]


def _named(table: str, row: Row) -> str:
    return f"{table}:{row.get('name') or row.get('code') or row.get('number') or row.get('address')}"


def _told(table: str, row: Row, names: Mapping[str, str]) -> str:
    values = {key: value for key, value in row.items() if key not in {"id", "version", "born"}}
    if "lines" in values:
        values["lines"] = sorted((names[product], str(line)) for product, line in values["lines"].items())
    if "images" in values:
        values["images"] = sorted(names[image] for image in values["images"])
    return f"{table} " + repr(sorted((key, names.get(str(value), value)) for key, value in values.items()))
