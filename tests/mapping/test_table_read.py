from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, fields, frozen
from tests.mapping.toy import (
    CONTEXT,
    LINE,
    ORDER,
    Address,
    K,
    Key,
    Line,
    Mood,
    R,
    Window,
    document,
)

from po_bridge.errors import BadDocument, Misuse
from po_bridge.mapping import TEXT, Absent, Table, rows, rule, table


def issues(reading: Table[Any], wire: Any) -> list[tuple[str, str, str]]:
    """Read a bad document and give path, seen and expected of each issue."""
    with pytest.raises(BadDocument) as caught:
        reading.read(wire, name="order 12", context=CONTEXT)
    return [(issue.path, issue.seen, issue.expected) for issue in caught.value.issues]


def test_order_is_read_whole() -> None:
    """One element of the innermost list is one line, with what stands around it."""
    order = ORDER.read(document(), context=CONTEXT)
    assert order.made_at == datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    assert (order.mood, order.buyer, order.tags, order.kind) == (Mood.CALM, "Ann", ("new",), "toy")
    assert [line.key for line in order.lines] == [
        Key(shop="acme", style="p1", size="S"),
        Key(shop="acme", style="p1", size="M"),
        Key(shop="acme", style="p2", size="OS"),
    ]
    assert [line.color for line in order.lines] == ["red", "red", ""]
    assert [line.price for line in order.lines] == [Decimal("12.5"), None, Decimal(9)]
    assert [line.discount for line in order.lines] == [0, 0, 10]


def test_first_present_place_is_read() -> None:
    """A line's own day goes before the order's."""
    lines = ORDER.read(document(), context=CONTEXT).lines
    assert lines[0].window == Window(start=date(2025, 3, 5), end=date(2025, 4, 30))
    assert lines[2].window == Window(start=date(2025, 3, 1), end=date(2025, 4, 30))


def test_blank_is_passed_over() -> None:
    """Where blank counts as missing, the next place is read."""
    assert ORDER.read(document(retailer={"buyer": ""}, creator="Bob"), context=CONTEXT).buyer == "Bob"


def test_position_is_known() -> None:
    """A model can hold where it stood."""
    lines = ORDER.read(document(), context=CONTEXT).lines
    assert [line.place for line in lines] == [
        "$.items[0].sizes[0]",
        "$.items[0].sizes[1]",
        "$.items[1].sizes[0]",
    ]


@pytest.mark.parametrize("missing", [{}, {"ship_to": None}], ids=["missing", "null"])
def test_missing_part_is_its_default(missing: dict[str, Any]) -> None:
    """A part whose object is missing or null is the rule's default."""
    assert ORDER.read(document(**missing), context=CONTEXT).ship_to is None


def test_part_is_read() -> None:
    """A part is read from its object; what several paths hold is gathered."""
    wire = {"line_1": "1 Main St", "line_2": "", "line_3": "Dock 4", "city": "Springfield"}
    assert ORDER.read(document(ship_to=wire), context=CONTEXT).ship_to == Address(
        lines=("1 Main St", "Dock 4"), city="Springfield"
    )


def test_every_bad_field_is_told_at_once() -> None:
    """One error lists every bad field with its path, what was seen and what was expected."""
    wire = document(
        number="",
        mood=7,
        made_at="yesterday",
        tags=["a", 5],
        items=[
            {"product": {"color": 3}, "start": "2025-13-01", "sizes": [{"size": "S", "quantity": -1}, "M"]},
            {"product": [], "sizes": {}},
            7,
        ],
    )
    assert sorted(issues(ORDER, wire)) == [
        ("$.items[0].product.color", "3", "text"),
        ("$.items[0].product.id", "nothing", "an id (text, not blank)"),
        ("$.items[0].sizes[0].quantity", "-1", "a whole number, 0 or more"),
        ("$.items[0].sizes[1]", "'M'", "an object"),
        ("$.items[0].start", "'2025-13-01'", "a day as 2025-03-01, alone or at 00:00 UTC or null"),
        ("$.items[1].product", "[]", "an object"),
        ("$.items[1].sizes", "{}", "a list of objects"),
        ("$.items[2]", "7", "an object"),
        ("$.made_at", "'yesterday'", "a moment as 2025-03-01T09:30:00.000Z, with a time zone or null"),
        ("$.mood", "7", "a word, as 'calm', 'cross'"),
        ("$.mood", "7", "text"),
        ("$.number", "''", "an id (text, not blank)"),
        ("$.tags[1]", "5", "text"),
    ]


def test_error_names_the_document() -> None:
    """The error carries the name of the document, or the table's where the caller gives none."""
    with pytest.raises(BadDocument, match=r"^order 12 cannot be read, 1 bad"):
        ORDER.read(document(number=None), name="order 12", context=CONTEXT)
    with pytest.raises(BadDocument, match=r"^Order cannot be read"):
        ORDER.read([], context=CONTEXT)


def test_outer_fault_is_told_once() -> None:
    """What is wrong with an item is one issue, however many sizes it has."""
    item = {"product": {"id": ""}, "sizes": [{"size": size, "quantity": 1} for size in "SML"]}
    assert [path for path, _, _ in issues(ORDER, document(items=[item]))] == ["$.items[0].product.id"]


def test_broken_object_is_told_once() -> None:
    """Where something is no object, its fields are not missing as well."""
    assert issues(ORDER, document(retailer="Ann", ship_to=7)) == [
        ("$.retailer", "'Ann'", "an object"),
        ("$.ship_to", "7", "an object"),
    ]


def test_null_list_is_missing() -> None:
    """A table whose list is missing or null says so, unless the rule has a default."""
    assert issues(ORDER, document(items=None)) == [("$.items", "None", "a list of objects")]
    lenient = ORDER.replaced(rows(R.lines, LINE, default=()))
    assert lenient.read(document(items=None), context=CONTEXT).lines == ()
    assert issues(lenient, document(items="none")) == [("$.items", "'none'", "a list of objects")]


def test_huge_values_are_shown_short() -> None:
    """What was seen is shortened, even where Python itself refuses to print it."""
    ((_, text, _),) = issues(ORDER, document(number={"a": ["x" * 200] * 9}))
    ((_, number, _),) = issues(ORDER, document(number=10**5000))
    assert len(text) <= 80
    assert number == "a whole number of 16610 bits"


def test_odd_keys_are_quoted() -> None:
    """A key that is no plain word stands in quotes in a path."""
    rules = (rule(K.shop, r"a\.b.c d", TEXT), rule(K.style, "s", TEXT), rule(K.size, "z", TEXT))
    odd = table(Key, rules)
    with pytest.raises(BadDocument) as caught:
        odd.read({"a.b": {}, "s": "", "z": ""})
    assert caught.value.issues[0].path == "$['a.b']['c d']"


# --- what the caller passes


def test_context_is_needed() -> None:
    """A value that nothing else tells must be passed."""
    assert ORDER.needs == {"shop"}
    with pytest.raises(Misuse, match="needs in its context: shop"):
        ORDER.read(document())


def test_context_is_read_by_a_codec() -> None:
    """What the caller passes is checked like everything else."""
    with pytest.raises(BadDocument, match="@shop: 7, expected text"):
        ORDER.read(document(), context={"shop": 7})


def test_context_can_stand_in() -> None:
    """A value the document lacks can come from the caller."""
    falling = table(
        Key,
        (
            rule(K.shop, read=("brand", "@shop"), codec=TEXT),
            rule(K.style, "s", TEXT),
            rule(K.size, "z", TEXT),
        ),
    )
    assert falling.needs == frozenset()
    assert falling.read({"s": "", "z": ""}, context=CONTEXT).shop == "acme"
    assert falling.read({"s": "", "z": "", "brand": "b"}, context=CONTEXT).shop == "b"
    with pytest.raises(BadDocument, match=r"\$.brand: nothing"):
        falling.read({"s": "", "z": ""})


# --- what counts as missing


@frozen(kw_only=True)
class Note:
    """One text."""

    text: str = "none"


N = fields(Note)


@pytest.mark.parametrize(
    ("absent", "wire", "text"),
    [
        (Absent.KEY, {}, "d"),
        (Absent.KEY, {"t": ""}, ""),
        (Absent.NULL, {"t": None}, "d"),
        (Absent.NULL, {"t": ""}, ""),
        (Absent.BLANK, {"t": ""}, "d"),
        (Absent.BLANK, {"t": None}, "d"),
        (Absent.BLANK, {"t": "x"}, "x"),
    ],
)
def test_missing_is_what_the_rule_says(absent: Absent, wire: dict[str, Any], text: str) -> None:
    """Null and empty text count as missing only where the rule says so."""
    assert table(Note, (rule(N.text, "t", TEXT, default="d", absent=absent),)).read(wire).text == text


def test_null_is_no_text() -> None:
    """Null goes to the codec where only a missing key counts as missing."""
    with pytest.raises(BadDocument, match=r"\$.t: None, expected text"):
        table(Note, (rule(N.text, "t", TEXT, default="d"),)).read({"t": None})


def test_model_default_is_used() -> None:
    """A rule that is not required leaves the model's own default."""
    assert table(Note, (rule(N.text, "t", TEXT, required=False),)).read({}).text == "none"


def test_readings_share_nothing() -> None:
    """A bad document leaves no trace in the next reading."""
    whole = ORDER.read(document(), context=CONTEXT)
    with pytest.raises(BadDocument):
        ORDER.read(document(items=[{"product": {"id": 1}, "sizes": [{}]}]), context=CONTEXT)
    assert ORDER.read(document(), context=CONTEXT) == whole


def test_lines_are_line_models() -> None:
    """Rows are models of their own, and can be read without the order around them."""
    lines = LINE.read_all(document(), context=CONTEXT)
    assert all(type(line) is Line for line in lines)
    assert lines == ORDER.read(document(), context=CONTEXT).lines
    assert evolve(lines[0], color="blue") != lines[0]
