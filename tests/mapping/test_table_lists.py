from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import fields, frozen
from tests.mapping.toy import (
    ADDRESS,
    CONTEXT,
    KEY,
    LINE,
    Address,
    document,
)

from po_bridge.errors import BadDocument, Misuse
from po_bridge.mapping import COUNT, DECIMAL, ID, TEXT, part, rows, rule, table


@frozen(kw_only=True)
class Note:
    """One text."""

    text: str = "none"


N = fields(Note)


@frozen(kw_only=True)
class Price:
    """A price by currency."""

    currency: str
    amount: Decimal
    index: Decimal = Decimal(0)


P = fields(Price)


def test_entries_of_an_object_are_read() -> None:
    """An object's entries can be walked over, with the key of each."""
    prices = table(
        Price,
        (rule(P.currency, read="#key", codec=ID), rule(P.amount, read="retail", codec=DECIMAL)),
        over=("pricing{}",),
        left_out=(P.index,),
    )
    assert prices.read_all({"pricing": {"USD": {"retail": 1}, "CAD": {"retail": 2}}}) == (
        Price(currency="USD", amount=Decimal(1)),
        Price(currency="CAD", amount=Decimal(2)),
    )
    with pytest.raises(BadDocument) as caught:
        prices.read_all({"pricing": {"USD": {}, "": {"retail": 2}, "CAD": 4}})
    assert [str(issue) for issue in caught.value.issues] == [
        "$.pricing.USD.retail: nothing, expected a decimal number or its digits as text",
        "$.pricing: '', expected an id (text, not blank)",
        "$.pricing.CAD: 4, expected an object",
    ]
    with pytest.raises(BadDocument, match=r"\$.pricing: \[\], expected an object of objects"):
        prices.read_all({"pricing": []})


def test_bare_list_is_read() -> None:
    """A document that is a list itself is walked over, with the index of each element."""
    prices = table(
        Price,
        (rule(P.currency, "c", ID), rule(P.amount, "a", DECIMAL), rule(P.index, read="#index", codec=COUNT)),
        over=(".",),
    )
    wire = [{"c": "USD", "a": 1}, {"c": "CAD", "a": 2}]
    assert [price.index for price in prices.read_all(wire)] == [0, 1]
    assert prices.write_all(prices.read_all(wire)) == wire
    assert prices.unknown([{"c": "USD", "a": 1, "b": 0}]) == ("$[].b",)
    with pytest.raises(BadDocument, match=r"\$\[1\].a: nothing"):
        prices.read_all([*wire[:1], {"c": "CAD"}])
    with pytest.raises(BadDocument, match=r"\$: \{\}, expected a list of objects"):
        prices.read_all({})


def test_many_are_not_one() -> None:
    """A table that walks over a list is read by read_all."""
    with pytest.raises(Misuse, match="read_all"):
        LINE.read(document(), context=CONTEXT)


def test_part_alone_reads_nothing() -> None:
    """A table that looks outside its own element only serves inside another."""
    with pytest.raises(Misuse, match="part of others"):
        KEY.read({}, context=CONTEXT)


@frozen(kw_only=True)
class Parcel:
    """A part that holds rows and a part of its own."""

    address: Address
    contents: tuple[Note, ...] = ()


@frozen(kw_only=True)
class Shipment:
    """Holds the parcel."""

    parcel: Parcel | None = None


def test_parts_nest() -> None:
    """Parts may hold parts and rows, all relative to their own object."""
    parcel, shipment = fields(Parcel), fields(Shipment)
    notes = table(Note, (rule(N.text, "text", TEXT),), over=("data.notes",))
    inner = table(Parcel, (part(parcel.address, "to", ADDRESS), rows(parcel.contents, notes)))
    outer = table(Shipment, (part(shipment.parcel, "parcel", inner, default=None),))
    wire = {"parcel": {"to": {"city": "X", "odd": 1}, "data": {"notes": [{"text": "a"}, {"text": "b"}]}}}
    read = outer.read(wire)
    assert read.parcel is not None
    assert read.parcel.contents == (Note(text="a"), Note(text="b"))
    assert read.parcel.address.extra == {"odd": 1}
    assert outer.write(read) == {
        "parcel": {"to": {"city": "X"}, "data": {"notes": [{"text": "a"}, {"text": "b"}]}}
    }
    assert outer.read({}).parcel is None
    with pytest.raises(BadDocument, match=r"\$.parcel.data.notes\[0\].text: 1"):
        outer.read({"parcel": {"to": {}, "data": {"notes": [{"text": 1}]}}})
    with pytest.raises(BadDocument) as caught:
        outer.read({"parcel": {"to": {}, "data": 7}})
    assert [issue.path for issue in caught.value.issues] == ["$.parcel.data"]
