"""Filters of lists: operators that sit inside the value, alternatives, relation filters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import frozen

from .refusal import malformed

CONTROLS = frozenset({"limit", "after", "before", "sort", "archived", "count", "load_relations", "or"})
"""Names of the query that are no fields."""
RANGES = frozenset({">", ">=", "<", "<=", "><"})
"""Operators that compare."""
MOST_IN = 100
"""Most values of `IN`."""

_OPERATORS = (">=", "<=", "><", "!=", "!~", ">", "<", "~", "IN")


@frozen(kw_only=True)
class Filter:
    """One condition on one field."""

    field: str
    """Name of the field; `Relation.field` looks into a relation."""
    operator: str
    """`=` or one of the operators that stand before a comma."""
    values: tuple[str, ...]
    """What it is compared with."""

    def keeps(self, held: object, fold: bool) -> bool:  # noqa: FBT001 - a switch handed through
        """Tell whether a record with this value stays."""
        texts = [str(each) for each in held] if isinstance(held, list) else [str(held)]
        if self.operator in ("!=", "!~"):
            return not any(self._hit(text, fold) for text in texts)
        return any(self._hit(text, fold) for text in texts)

    def _hit(self, held: str, fold: bool) -> bool:  # noqa: FBT001 - a switch handed through
        if self.operator in ("~", "!~"):
            return _like(self.values[0]).fullmatch(held) is not None
        if self.operator in ("=", "!=", "IN"):
            return any(_same(held, value, fold) for value in self.values)
        return _ranged(self.operator, held, self.values)


def read_filter(name: str, written: str) -> Filter:
    """Read one condition of the query; raises 400 for a bad one."""
    operator, _, rest = written.partition(",")
    if operator not in _OPERATORS:
        return Filter(field=name, operator="=", values=(written,))
    if operator == "IN":
        return Filter(field=name, operator=operator, values=_listed(name, rest))
    if operator == "><":
        low, _, high = rest.partition(",")
        return Filter(field=name, operator=operator, values=(low, high))
    return Filter(field=name, operator=operator, values=(rest,))


def read_or(written: str) -> list[Filter]:
    """Read alternatives: conditions between bars."""
    return [read_filter(*_halves(each)) for each in written.split("|")]


def _halves(written: str) -> tuple[str, str]:
    name, joint, value = written.partition("=")
    if not joint:
        raise malformed("or must hold conditions between |")
    return name, value


def _listed(name: str, written: str) -> tuple[str, ...]:
    try:
        values = json.loads(written, parse_float=str, parse_int=str)
    except ValueError:
        values = written.strip("[]").split(",")
    if not isinstance(values, list) or not values or len(values) > MOST_IN:
        raise malformed(f"{name}: IN takes a list of 1 to {MOST_IN} values")
    return tuple(str(value).strip() for value in values)


def _like(pattern: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in pattern.split("%"))
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def _same(held: str, value: str, fold: bool) -> bool:  # noqa: FBT001 - a switch handed through
    if held == value or (fold and held.casefold() == value.casefold()):
        return True
    return _is_stamp(held) and _comparable(held) == _comparable(value)


def _ranged(operator: str, held: str, values: tuple[str, ...]) -> bool:
    own = _comparable(held)
    bounds = [_comparable(value) for value in values]
    if any(type(bound) is not type(own) for bound in bounds):
        return False
    compare: Mapping[str, Callable[[Any, list[Any]], bool]] = {
        ">": lambda one, many: one > many[0],
        ">=": lambda one, many: one >= many[0],
        "<": lambda one, many: one < many[0],
        "<=": lambda one, many: one <= many[0],
        "><": lambda one, many: many[0] <= one <= many[1],
    }
    return compare[operator](own, bounds)


def _is_stamp(text: str) -> bool:
    return len(text) >= len("2026-01-01T00:00:00") and text[4:5] == "-" and text[10:11] == "T"


def _comparable(text: str) -> Decimal | datetime | str:
    try:
        if _is_stamp(text):
            # A plus sign that was not percent-encoded arrives as a blank.
            return datetime.fromisoformat(text.replace(" ", "+"))
        number = Decimal(text)
    except (ValueError, InvalidOperation):
        return text.casefold()
    return number if number.is_finite() else text.casefold()


def within(wire: Mapping[str, Any], name: str) -> object:
    """Give the value of a field, or the values of a relation's field, of a written record."""
    relation, dot, field = name.partition(".")
    if not dot:
        return wire.get(name, "")
    loaded = wire.get(relation)
    rows = _rows(loaded) if isinstance(loaded, dict) else []
    return [row[field] for row in rows if field in row]


def _rows(loaded: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    inner = [value for value in loaded.values() if isinstance(value, dict | list)]
    if len(loaded) == 1 and inner:
        return inner[0] if isinstance(inner[0], list) else [inner[0]]
    return [loaded]
