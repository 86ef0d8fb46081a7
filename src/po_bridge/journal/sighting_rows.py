"""Rows of sightings: of each order the last one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ..models.keys import OrderKey
from ..planning.canonical import read_value, write_value
from ..planning.sighting import Sighting
from ..sqlite import Connection

_PUT: Final = """
    INSERT INTO sighting (order_key, revision, document) VALUES (?, ?, ?)
    ON CONFLICT (order_key) DO UPDATE SET revision = excluded.revision, document = excluded.document
"""
_EVERY: Final = "SELECT order_key, document FROM sighting ORDER BY order_key"
_SOME: Final = """
    SELECT order_key, document FROM sighting
    WHERE order_key IN (SELECT value FROM json_each(?)) ORDER BY order_key
"""
_REVISIONS: Final = """
    SELECT order_key, revision FROM sighting WHERE order_key IN (SELECT value FROM json_each(?))
"""

SightingRow = tuple[str, int, str]
"""A sighting as it stands in the file: order, revision, document."""


def sighting_row(sighting: Sighting) -> SightingRow:
    """Write a sighting as a row; raises ValueError for what has no canonical text."""
    return (str(sighting.order), sighting.revision, write_value(sighting).decode())


def read_revisions(connection: Connection, orders: Iterable[OrderKey]) -> Mapping[OrderKey, int]:
    """Read the revision of the sighting of each order that has one."""
    rows = connection.execute(_REVISIONS, (_texts(orders),))
    return {OrderKey.parse(order): revision for order, revision in rows}


def put_sightings(connection: Connection, rows: Iterable[SightingRow]) -> None:
    """Store sightings, each in the place of the one before it."""
    connection.executemany(_PUT, rows)


def read_sightings(connection: Connection, orders: Iterable[OrderKey]) -> Mapping[OrderKey, Sighting]:
    """Read the sightings of some orders."""
    rows = connection.execute(_SOME, (_texts(orders),))
    return {OrderKey.parse(order): read_value(document, Sighting) for order, document in rows}


def read_every_sighting(connection: Connection) -> Mapping[OrderKey, Sighting]:
    """Read the sighting of every order that has one."""
    rows = connection.execute(_EVERY)
    return {OrderKey.parse(order): read_value(document, Sighting) for order, document in rows}


def _texts(orders: Iterable[OrderKey]) -> str:
    return json.dumps([str(order) for order in orders])
