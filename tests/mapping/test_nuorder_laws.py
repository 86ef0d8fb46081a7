from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.mapping.toy import json_values

from po_bridge.errors import BadDocument
from po_bridge.mapping import Table, parse_json, write_json
from po_bridge.mapping.nuorder import CODE, ORDER, STYLE, prices

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "nuorder"
CONTEXT = {"portal": "acme"}


def wire(name: str) -> Any:
    """Parse a fixture."""
    return parse_json((FIXTURES / f"{name}.json").read_bytes())


DOCUMENTS: dict[str, tuple[Table[Any], Any]] = {
    "orders_2014_1": (ORDER, wire("orders_2014_split_dup_upc")[0]),
    "orders_2014_2": (ORDER, wire("orders_2014_split_dup_upc")[1]),
    "order_2014_no_addresses": (ORDER, wire("order_2014_no_addresses")),
    "order_2023": (ORDER, wire("order_2023")),
    "order_2025": (ORDER, wire("order_2025")),
    "style_2014": (STYLE, wire("style_2014")),
    "style_2025": (STYLE, wire("style_2025")),
}


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.startswith("order")])
def test_order_is_read_as_written(name: str) -> None:
    """Writing an order and reading it again gives the same order."""
    reading, document = DOCUMENTS[name]
    read = reading.read(document, context=CONTEXT)
    again = parse_json(write_json(reading.write(read)))
    assert reading.read(again, context=CONTEXT) == read


amounts = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)


@pytest.mark.parametrize("member", ["wholesale", "retail"])
@given(st.dictionaries(st.text(max_size=3), amounts))
def test_prices_are_read_as_written(member: str, value: dict[str, Decimal]) -> None:
    """Prices by currency read as they were written."""
    codec = prices(member)
    assert codec.read(codec.write(value)) == value


@given(st.none() | st.text(min_size=1))
def test_code_is_read_as_written(value: str | None) -> None:
    """A code reads as it was written, whatever it is."""
    assert CODE.read(CODE.write(value)) == value


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List every place in a document."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in inner:
        yield from places(member, (*path, key))


def changed(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    """Copy a document with another value in one place, or without it where the change is None's own class."""
    if not path:
        return change
    copy = value.copy()
    if change is type(None) and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], change)
    return copy


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=50)
@given(data=st.data())
def test_changed_document_raises_only_bad_document(name: str, data: st.DataObject) -> None:
    """A document with anything in up to three places, or without them, reads or names the fields."""
    reading, document = DOCUMENTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(document))))
        document = changed(document, path, data.draw(st.just(type(None)) | json_values))
    try:
        read = reading.read(document, context=CONTEXT)
    except BadDocument as error:
        refused = error
    else:
        assert type(read) is reading.model
        return
    assert refused.issues
    assert all(issue.path.startswith("$") for issue in refused.issues)
