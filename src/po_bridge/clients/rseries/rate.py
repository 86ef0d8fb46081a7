"""How the vendor counts calls (its rate limit page, scheme of March 2026): drips in a bucket, and calls a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from ...mapping.rseries import COLLECTIONS
from ...models.bucket import LeakyBucket
from .._token import Application

_CALL: Final = 1.0
_NESTED: Final = 0.5
_TO_ONE, _TO_MANY = 0.1, 0.2
_ON_LISTS: Final = 2
_SINGLE: Final = frozenset({"Note", "ItemAttributes", "ItemMatrix", "Vendor", "Shop", "Manufacturer"})

AVERAGE: Final = 2.0
"""Drips of a call when a plan is reckoned: items cost 3 and more, lines 1."""


def bucket_of(store: str, application: Application | None) -> LeakyBucket:
    """Make the bucket of an account; its figures are those of one register, and answers tell the account's own."""
    return LeakyBucket(
        name=f"{store} {application.client_id}" if application else store,
        level_header="x-ls-api-bucket-level",
        burst_header="x-ls-api-burst-level",
        drip_header="x-ls-api-drip-rate",
        size=90,
        drip=1.0,
        burst=20,
        cost=AVERAGE,
    )


def costing(bucket: LeakyBucket, cost: float) -> LeakyBucket:
    """The bucket for a call of some cost."""
    return evolve(bucket, cost=cost)


def read_cost(relations: Iterable[str], *, lists: bool) -> float:
    """Drips of a read: relations cost on top, on lists twice as much."""
    drips = sum(_TO_ONE if name in _SINGLE else _TO_MANY for name in relations)
    return _CALL + drips * (_ON_LISTS if lists else 1)


def write_cost(body: Mapping[str, Any] | None) -> float:
    """Drips of a write: each nested record costs on top."""
    return _CALL + _NESTED * sum(_nested(key, value) for key, value in (body or {}).items())


def _nested(key: str, value: Any) -> int:
    if not isinstance(value, Mapping):
        return 0
    inside = value.get(COLLECTIONS.get(key, ""), value)
    return len(inside) if isinstance(inside, list) else 1
