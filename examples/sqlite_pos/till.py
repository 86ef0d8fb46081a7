"""The point of sale itself: tables, and the one door that everything goes through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from po_bridge.errors import Broken, Busy, Refused

T = TypeVar("T")
LABEL = "SQLite POS"

_SCHEMA = """
PRAGMA foreign_keys = ON;
CREATE TABLE IF NOT EXISTS named(
    id INTEGER PRIMARY KEY AUTOINCREMENT, list TEXT, name TEXT, key TEXT, UNIQUE(list, key));
CREATE TABLE IF NOT EXISTS products(
    id INTEGER PRIMARY KEY AUTOINCREMENT, family INTEGER REFERENCES named, supplier INTEGER REFERENCES named,
    brand INTEGER REFERENCES named, name TEXT, description TEXT, supplier_code TEXT, supply_price TEXT,
    retail_price TEXT, options TEXT, active INTEGER, archived INTEGER DEFAULT 0, picture TEXT);
CREATE TABLE IF NOT EXISTS codes(code TEXT PRIMARY KEY, kind TEXT, product INTEGER REFERENCES products);
CREATE TABLE IF NOT EXISTS orders(
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, note TEXT, supplier INTEGER REFERENCES named,
    outlet TEXT, created TEXT, due TEXT, status TEXT DEFAULT 'open');
CREATE TABLE IF NOT EXISTS lines(
    purchase INTEGER REFERENCES orders ON DELETE CASCADE, product INTEGER REFERENCES products,
    count TEXT, cost TEXT, PRIMARY KEY(purchase, product));
CREATE TABLE IF NOT EXISTS changes(seq INTEGER PRIMARY KEY AUTOINCREMENT, list TEXT, record INTEGER);
"""
_CHANGE = """
CREATE TRIGGER IF NOT EXISTS {table}_{event} AFTER {event} ON {table}
BEGIN INSERT INTO changes(list, record) VALUES ({list}, {record}); END;
"""
_LISTS = {
    "named": ("new.list", "new.id"),
    "products": ("'products'", "new.id"),
    "orders": ("'orders'", "new.id"),
    "lines": ("'orders'", "new.purchase"),
}


class Till:
    """One shop's file; ``read`` and ``write`` are all that leaves this process."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(_SCHEMA)
        for table, (name, record) in _LISTS.items():
            for event in ("INSERT", "UPDATE"):
                trigger = _CHANGE.format(table=table, event=event, list=name, record=record)
                self.connection.executescript(trigger)

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """The rows that a statement gives."""
        return self.connection.execute(sql, values).fetchall()

    def read(self, what: str, work: Callable[[], T]) -> T:
        """Look; raises ``Broken`` where the file cannot be read."""
        try:
            return work()
        except sqlite3.Error as error:
            raise Broken(LABEL, 0, str(error), what=what) from error

    def write(self, what: str, work: Callable[[], T]) -> T:
        """Change everything that *work* changes, or nothing: one transaction is one mutating request."""
        try:
            self.rows("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise Busy(LABEL, 0, str(error), what=what, mend="wait", again=True) from error
        try:
            result = work()
            self.rows("COMMIT")
        except sqlite3.IntegrityError as error:
            raise Refused(LABEL, 0, str(error), what=what, mend="see what stands there already") from error
        except sqlite3.Error as error:
            raise Broken(LABEL, 0, str(error), what=what) from error
        finally:
            if self.connection.in_transaction:
                self.rows("ROLLBACK")
        return result
