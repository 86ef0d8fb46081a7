"""The tables of the cache file beside the index's."""

from __future__ import annotations

from typing import Final

MIRROR_TABLES: Final = (
    # whose file it is, and how what it holds is written
    "CREATE TABLE cache (form TEXT NOT NULL, store TEXT, generation TEXT NOT NULL DEFAULT '') STRICT",
    """
    CREATE TABLE sweep (
        collection TEXT PRIMARY KEY, position TEXT NOT NULL, complete INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Thousands of products use the same supplier, brand, tags and options, so each such set stands once.
    "CREATE TABLE product_uses (uses INTEGER PRIMARY KEY, ids TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE product (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        alive INTEGER NOT NULL,
        uses INTEGER NOT NULL REFERENCES product_uses,
        document BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX product_of_name ON product (name)",
    "CREATE INDEX product_of_uses ON product (uses)",
    """
    CREATE TABLE product_code (
        code TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (code, row)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX code_of_product ON product_code (row)",
    """
    CREATE TABLE named (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        deleted INTEGER NOT NULL,
        document BLOB NOT NULL,
        PRIMARY KEY (collection, id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE purchase_order (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        number_key TEXT NOT NULL,
        supplier TEXT,
        deleted INTEGER NOT NULL,
        document BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX order_of_number ON purchase_order (number_key)",
    "CREATE INDEX order_of_supplier ON purchase_order (supplier) WHERE NOT deleted",
    "CREATE TABLE whole_order (id TEXT PRIMARY KEY, document BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE facts (at TEXT NOT NULL, document BLOB NOT NULL) STRICT",
    """
    CREATE TABLE style (
        portal TEXT NOT NULL,
        style TEXT NOT NULL,
        at TEXT NOT NULL,
        document BLOB,
        extra BLOB,
        PRIMARY KEY (portal, style)
    ) STRICT
    """,
    "CREATE TABLE budget (bucket TEXT PRIMARY KEY, document BLOB NOT NULL) STRICT, WITHOUT ROWID",
)
"""Statements that make the tables. Any change of them makes files anew, so none needs a migration."""
