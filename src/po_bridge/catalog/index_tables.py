"""The index's tables in the cache file."""

from __future__ import annotations

from typing import Final

INDEX_TABLES: Final = (
    # An id stands here twice, in the table and in its index: as text, a UUID would be more than half of the file.
    # A product that comes in again gets a new row: keys that point to the old one lead nowhere,
    # which is cheaper than finding each of them, and a purge takes them out later.
    """
    CREATE TABLE index_product (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id ANY NOT NULL UNIQUE,
        options TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE index_code (
        key INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE index_supplier_code (
        key INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE index_option (
        key INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE index_name (
        name INTEGER PRIMARY KEY, block TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (block, text)
    ) STRICT
    """,
    """
    CREATE TABLE index_member (
        name INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, row)
    ) STRICT, WITHOUT ROWID
    """,
    # counted here, since counting millions of rows at every change would take longer than the change
    "CREATE TABLE index_gone (rows INTEGER NOT NULL) STRICT",
    "INSERT INTO index_gone VALUES (0)",
)
"""Statements that make the tables; a version that was ever released is never edited."""
