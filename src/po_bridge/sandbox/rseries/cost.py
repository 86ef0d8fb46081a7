"""What a request costs, computed from the request alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..message import Request
from .kind import Kind
from .query import RANGES, read_or
from .refusal import Refusal

ONE = Decimal(1)
DEAR = Decimal(10)
"""A count, and each write of a category."""
_NESTED = Decimal("0.5")
_TO_ONE = Decimal("0.1")
_TO_MANY = Decimal("0.2")
_LINES = {"OrderLines", "Items"}


def cost_of(
    request: Request, kind: Kind[Any] | None, *, listed: bool, dear: bool, everything: bool
) -> Decimal:
    """Give the drips of a request; `everything` says whether every nested entity counts."""
    if dear or request.first("count") == "1":
        return DEAR
    if request.method in ("POST", "PUT"):
        return ONE + _NESTED * _entities(request, everything=everything)
    if kind is None:
        return ONE
    return ONE + _relations(request, kind, listed=listed) + _choices(request)


def _entities(request: Request, *, everything: bool) -> int:
    try:
        body = request.json()
    except ValueError:
        return 0
    if not isinstance(body, Mapping):
        return 0
    counted = {name: part for name, part in body.items() if everything or name in _LINES}
    return sum(_nested(part) for part in counted.values())


def _nested(part: Any) -> int:
    if isinstance(part, list):
        return sum(_nested(each) for each in part)
    if not isinstance(part, Mapping):
        return 0
    # A collection such as Prices is no entity, what stands in it is; nor is a contact beside its parts.
    below = sum(_nested(value) for value in part.values())
    return below or 1


def _relations(request: Request, kind: Kind[Any], *, listed: bool) -> Decimal:
    try:
        names = kind.asked(request.first("load_relations"))
    except Refusal:
        return Decimal(0)
    total = Decimal(0)
    for name in names:
        top, _, below = name.partition(".")
        many = kind.relations[top].to_many
        price = (_TO_ONE if below or not many else _TO_MANY) * (2 if below and many else 1)
        total += price
    return total * (2 if listed else 1)


def _choices(request: Request) -> Decimal:
    total = Decimal(0)
    for name, written in request.query:
        if name != "or":
            continue
        try:
            operands = read_or(written)
        except Refusal:
            continue
        total += _choice([each.field for each in operands], [each.operator for each in operands])
    return total


def _choice(fields: list[str], operators: list[str]) -> Decimal:
    if len(set(fields)) == 1:
        return Decimal(0)
    entities = {field.rpartition(".")[0] for field in fields}
    ranges = sum(operator in RANGES for operator in operators)
    if len(entities) == 1 and ranges <= 1:
        return Decimal(len(fields))
    return DEAR * len(entities) + (len(fields) - 1)
