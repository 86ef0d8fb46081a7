"""Any value that is ever written: plans, entries, decisions and their parts, made from their annotations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from attrs import Attribute, fields, has, resolve_types
from hypothesis import strategies as st

from po_bridge.models.checks import filled
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.planning.plan import Estimate

NAMES = st.text(min_size=1, max_size=5)
TEXTS = st.text(max_size=5) | st.sampled_from(["a/b", "100%", "%2F", 'say "x"', "\x00\x1f\u2028", "ß·𝄞"])
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal(text) for text in ("0", "-0", "1.0", "1.00", "1E+3", "12.50000", "0.1")]
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-11))])
MOMENTS = st.datetimes(datetime(1970, 1, 3), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001  zones are drawn
SECONDS = st.floats(0, 1e9, allow_nan=False)
_SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(0, 2**60),
    bool: st.booleans(),
    float: SECONDS,
    Decimal: DECIMALS,
    datetime: MOMENTS,
    date: st.dates(),
    NoneType: st.none(),
    OrderKey: st.builds(OrderKey, portal=NAMES, order_id=NAMES),
    LineKey: st.builds(LineKey, portal=NAMES, style_id=NAMES, color=TEXTS, size=TEXTS),
}


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Make a strategy for any annotation that a written value may have."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    arguments = get_args(kind)
    match get_origin(kind):
        case origin if origin in {Union, UnionType}:
            return st.one_of(*map(values, arguments))
        case origin if origin is tuple and arguments[1:] == (Ellipsis,):
            return st.lists(values(arguments[0]), max_size=2).map(tuple)
        case origin if origin is tuple:
            return st.tuples(*map(values, arguments))
        case origin if origin is Mapping:
            return st.dictionaries(*map(values, arguments), max_size=3)
        case _:
            return st.sampled_from(kind) if issubclass(kind, Enum) else _built(kind)


def _built(kind: Any) -> st.SearchStrategy[Any]:
    if not has(kind):
        raise TypeError(f"no strategy for {kind}")
    resolve_types(kind)
    return st.deferred(lambda: st.builds(kind, **{one.name: _field(one) for one in fields(kind)}))


def _field(attribute: Attribute[Any]) -> st.SearchStrategy[Any]:
    kind: Any = attribute.type
    return NAMES if attribute.validator is filled else values(kind)


ESTIMATES = st.builds(Estimate, calls=st.integers(0, 10**6), seconds=SECONDS)
