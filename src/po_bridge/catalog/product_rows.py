"""Rows of products, with their names, codes and what they use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ..models.named_record import name_key
from ..models.pos_product import PosProduct
from ..sqlite import Connection
from .document import pack, unpack_product

_PUT: Final = """
    INSERT INTO product (id, name, alive, uses, document)
    VALUES (?, ?, ?, (SELECT uses FROM product_uses WHERE ids = ?), ?)
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, alive = excluded.alive, uses = excluded.uses, document = excluded.document
"""
_DROP_CODES: Final = "DELETE FROM product_code WHERE row = (SELECT row FROM product WHERE id = ?)"
_PUT_CODE: Final = "INSERT INTO product_code SELECT ?, row FROM product WHERE id = ?"
_USERS: Final = """
    SELECT product.id, product_uses.ids FROM product_uses JOIN product USING (uses)
    WHERE product.alive AND EXISTS (
        SELECT 1 FROM json_each(product_uses.ids) AS used
        WHERE used.value IN (SELECT value FROM json_each(?))
    )
    ORDER BY product.id
"""


def listed(values: Iterable[str]) -> tuple[str]:
    """Give texts as one parameter, which a statement reads by ``json_each``."""
    return (json.dumps(sorted(set(values))),)


def put_products(connection: Connection, products: Iterable[PosProduct]) -> None:
    """Add or replace products; of equal ids the last one counts."""
    last = {product.id: product for product in products}
    uses = {key: json.dumps(sorted(product.uses)) for key, product in last.items()}
    connection.executemany(
        "INSERT OR IGNORE INTO product_uses (ids) VALUES (?)", ((one,) for one in set(uses.values()))
    )
    connection.executemany(
        _PUT,
        (
            (key, name_key(product.name), product.alive, uses[key], pack(product))
            for key, product in last.items()
        ),
    )
    connection.executemany(_DROP_CODES, ((key,) for key in last))
    connection.executemany(
        _PUT_CODE, ((code, key) for key, product in last.items() for code in codes_of(product))
    )


def codes_of(product: PosProduct) -> set[str]:
    """Every code of a product as written, its SKU among them."""
    return {code.text for code in product.codes} | {product.sku} - {""}


def read_products(connection: Connection, ids: Iterable[str]) -> Mapping[str, PosProduct]:
    """Products by id."""
    rows = connection.execute(
        "SELECT product.id, document FROM json_each(?) AS wanted CROSS JOIN product ON product.id = wanted.value",
        listed(ids),
    )
    return {key: unpack_product(document) for key, document in rows}


def read_families(connection: Connection, names: Iterable[str]) -> Mapping[str, tuple[PosProduct, ...]]:
    """Products by folded name."""
    rows = connection.execute(
        """
        SELECT name, document FROM json_each(?) AS wanted CROSS JOIN product ON name = wanted.value
        ORDER BY product.id
        """,
        listed(map(name_key, names)),
    )
    found: dict[str, list[PosProduct]] = {}
    for name, document in rows:
        found.setdefault(name, []).append(unpack_product(document))
    return {name: tuple(products) for name, products in found.items()}


def read_codes(connection: Connection, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Ids of products by code."""
    rows = connection.execute(
        """
        SELECT code, product.id FROM json_each(?) AS wanted
        CROSS JOIN product_code ON code = wanted.value JOIN product USING (row)
        ORDER BY product.id
        """,
        listed(texts),
    )
    return _grouped(rows)


def read_users(connection: Connection, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Ids of live products by what they use."""
    wanted = set(record_ids)
    rows = connection.execute(_USERS, listed(wanted))
    return _grouped((record, key) for key, ids in rows for record in wanted.intersection(json.loads(ids)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
