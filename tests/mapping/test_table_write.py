from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve, fields, frozen
from hypothesis import given, strategies as st
from tests.mapping.toy import CONTEXT, LINE, ORDER, Key, Line, Mood, Order, Window, document, lines, orders

from po_bridge.errors import Misuse
from po_bridge.mapping import COUNT, TEXT, parse_json, part, rule, table, write_json


@given(orders)
def test_order_is_read_as_written(order: Order) -> None:
    """Writing an order and reading it again gives the same order, through JSON text too."""
    wire = ORDER.write(order)
    assert ORDER.read(wire, context=CONTEXT) == order
    assert ORDER.read(parse_json(write_json(wire)), context=CONTEXT) == order


@given(st.lists(lines, max_size=8).map(tuple))
def test_rows_are_read_as_written(many: tuple[Line, ...]) -> None:
    """Writing rows and reading them again gives the same rows in the same order."""
    assert LINE.read_all(LINE.write_all(many), context=CONTEXT) == many


def test_document_is_written() -> None:
    """Neighbours that agree on an item share it; defaults are left out; a constant is added."""
    assert ORDER.write(ORDER.read(document(), context=CONTEXT)) == {
        "number": "12",
        "mood": "calm",
        "made_at": "2025-03-01T09:30:00.000Z",
        "retailer": {"buyer": "Ann"},
        "tags": ["new"],
        "items": [
            {
                "product": {"id": "p1", "color": "red"},
                "sizes": [
                    {"size": "S", "quantity": 2, "price": Decimal("12.5"), "sold_out": False},
                    {"size": "M", "quantity": 1, "sold_out": False},
                ],
            },
            {
                "product": {"id": "p2"},
                "discount": 10,
                "sizes": [{"size": "OS", "quantity": 6, "price": 9, "sold_out": False}],
            },
        ],
        "channel": "",
        "type": "ORDER",
    }


def test_only_creation_writes_all() -> None:
    """What is set only on creation is left out when an existing record is written."""
    order = ORDER.read(document(), context=CONTEXT)
    assert ORDER.write(order).keys() - ORDER.write(order, create=False).keys() == {"made_at", "type"}


def test_default_can_be_written() -> None:
    """A rule can insist on writing its default."""
    note = fields(Note).text
    assert table(Note, (rule(note, "t", TEXT, default="", always_written=True),)).write(Note()) == {"t": ""}
    assert table(Note, (rule(note, "t", TEXT, default=""),)).write(Note()) == {}


@frozen(kw_only=True)
class Note:
    """One text."""

    text: str = ""


@pytest.mark.parametrize("quantity", ["-1", "1.5", "NaN"])
def test_no_wire_form(quantity: str) -> None:
    """A value that could not be read again is the caller's mistake, with the attribute's name."""
    line = Line(key=Key(shop="acme", style="p", size="S"), window=Window(), quantity=Decimal(quantity))
    with pytest.raises(Misuse, match="quantity cannot be written as count"):
        LINE.write_all((line,))


def test_fallback_cannot_be_written() -> None:
    """An unknown word is written from the attribute that kept it, never from the fallback."""
    order = ORDER.read(document(mood="furious"), context=CONTEXT)
    assert order.mood is Mood.OTHER
    assert ORDER.write(order)["mood"] == "furious"


def test_too_many_are_gathered() -> None:
    """A tuple longer than its paths is the caller's mistake; nothing is dropped."""
    order = ORDER.read(document(ship_to={"line_1": "a"}), context=CONTEXT)
    assert order.ship_to is not None
    crowded = evolve(order, ship_to=evolve(order.ship_to, lines=("a", "b", "c", "d")))
    with pytest.raises(Misuse, match="lines"):
        ORDER.write(crowded)


def test_first_of_several_places_is_written() -> None:
    """A rule with several places writes the first, and reads the others where it is missing."""
    text = fields(Note).text
    falling = table(Note, (rule(text, ("a", "b"), TEXT),))
    assert falling.write(Note(text="x")) == {"a": "x"}
    assert falling.read({"b": "y"}).text == "y"


@frozen(kw_only=True)
class Holder:
    """Holds a note, or none."""

    note: Note | None = None


def test_no_part_needs_a_default() -> None:
    """A part that may be None is written only by a rule that says what None is on the wire."""
    notes = table(Note, (rule(fields(Note).text, "text", TEXT),))
    with pytest.raises(Misuse, match="note is None"):
        table(Holder, (part(fields(Holder).note, "note", notes),)).write(Holder())
    assert table(Holder, (part(fields(Holder).note, "note", notes, default=None),)).write(Holder()) == {}


def test_written_keys_are_known() -> None:
    """A key that is only written is no unknown key when it is read back, whatever stands there."""
    text = fields(Note).text
    shallow = table(Note, (rule(text, write="a.b", codec=TEXT),))
    assert shallow.unknown({"a": 7, "c": 1}) == ("$.c",)
    deep = table(Note, (rule(text, read="a.c", write="a.b", codec=TEXT, default=""),))
    assert deep.unknown({"a": {"b": 1, "c": "", "d": 2}}) == ("$.a.d",)


def test_read_only_table_writes_nothing() -> None:
    """Rows and parts that are only read leave no empty objects behind."""
    text = fields(Note).text
    assert table(Note, (rule(text, read="t", codec=TEXT),)).write(Note(text="x")) == {}
    assert not table(Note, (rule(text, read="t", codec=TEXT),)).is_written
    assert LINE.is_written
    assert COUNT.write(Decimal(1)) == 1
