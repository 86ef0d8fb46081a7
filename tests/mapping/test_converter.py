from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import field, frozen
from tests.mapping.test_table_derived import S, Small

from po_bridge.errors import BadDocument
from po_bridge.mapping import ID, TEXT, WHOLE, Unreadable, rule, strict_converter, structured, table

SMALL = table(Small, (rule(S.name, "n", ID), rule(S.note, "remark", TEXT, default="")))


@frozen(kw_only=True)
class Answer:
    """A small answer that needs no table."""

    text: str
    count: int
    flag: bool
    amount: Decimal
    day: date
    moment: datetime
    many: tuple[Small, ...] = ()
    one: Small | None = None
    pages: Mapping[str, int] = field(factory=dict)
    pair: tuple[int, str] = (0, "")


WIRE = {
    "text": "x",
    "count": 7,
    "flag": True,
    "amount": Decimal("1.5"),
    "day": "2025-03-01",
    "moment": "2025-03-01T09:30:00.000Z",
    "many": [{"n": "a"}],
    "pages": {"a": 1},
    "pair": [1, "x"],
}


def issues(wire: Any, kind: Any = Answer) -> dict[str, tuple[str, str]]:
    """Read a bad answer and give seen and expected by path."""
    with pytest.raises(BadDocument) as caught:
        structured(strict_converter(SMALL), wire, kind, name="answer")
    assert caught.value.document == "answer"
    return {issue.path: (issue.seen, issue.expected) for issue in caught.value.issues}


def test_answer_is_read_and_written() -> None:
    """Classes without a table are read by their annotations, those with one by the table; both ways."""
    converter = strict_converter(SMALL)
    answer = structured(converter, WIRE, Answer)
    assert answer == Answer(
        text="x",
        count=7,
        flag=True,
        amount=Decimal("1.5"),
        day=date(2025, 3, 1),
        moment=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
        many=(Small(name="a"),),
        pages={"a": 1},
        pair=(1, "x"),
    )
    assert structured(converter, converter.unstructure(answer), Answer) == answer
    assert converter.unstructure(answer)["many"] == [{"n": "a"}]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", None),
        ("text", 7),
        ("count", Decimal("7.9")),
        ("count", "7"),
        ("count", True),
        ("flag", "false"),
        ("flag", 0),
        ("amount", 1.5),
        ("amount", "$1.50"),
        ("day", "2025-03-01T05:00:00Z"),
        ("moment", "2025-03-01T09:30:00"),
        ("many", "abc"),
        ("many", {}),
        ("one", []),
        ("one", "x"),
        ("pages", []),
        ("pair", 7),
    ],
    ids=repr,
)
def test_nothing_is_converted_by_accident(name: str, value: Any) -> None:
    """Where cattrs alone would make something of a value, it is refused."""
    assert list(issues({**WIRE, name: value})) == [f"$.{name}"]


def test_everything_is_told_with_paths() -> None:
    """All faults of an answer are told at once, those inside tables too."""
    wire = {
        **WIRE,
        "text": None,
        "many": [{"n": "a"}, {"n": ""}, {"remark": 1}],
        "one": {"n": 7},
        "pages": {"a": 1, "b": "x"},
    }
    del wire["count"]
    assert issues(wire) == {
        "$.text": ("None", "text"),
        "$.count": ("nothing", "a value"),
        "$.many[1].n": ("''", "an id (text, not blank)"),
        "$.many[2].n": ("nothing", "an id (text, not blank)"),
        "$.many[2].remark": ("1", "text"),
        "$.one.n": ("7", "an id (text, not blank)"),
        "$.pages.b": ("'x'", "a whole number"),
    }


@pytest.mark.parametrize(
    ("wire", "kind", "path"),
    [
        (7, Answer, "$"),
        ([{"n": 1}], tuple[Small, ...], "$[0].n"),
        ([1, "x"], list[int], "$[1]"),
        ({"n": 1}, Small, "$.n"),
        (1.5, float, "$"),
    ],
    ids=["no object", "rows", "list", "table", "float"],
)
def test_whole_answer_may_be_wrong(wire: Any, kind: Any, path: str) -> None:
    """What is wrong at the top has a path too."""
    assert path in issues(wire, kind)


def never(_instance: Any, _attribute: Any, _value: Any) -> None:
    """Refuse everything, with a hint."""
    error = ValueError("never")
    error.add_note("a hint")
    raise error


@frozen(kw_only=True)
class Picky:
    """Takes nothing."""

    text: str = field(validator=never)


def test_class_may_refuse() -> None:
    """What a class refuses when it is made is an issue of the whole object."""
    assert issues({"text": "x"}, Picky) == {"$": ("{'text': 'x'}", "something readable (never)")}


def test_converters_are_independent() -> None:
    """A table installed on one converter is unknown to the next."""
    assert structured(strict_converter(SMALL), {"n": "a"}, Small) == Small(name="a")
    assert structured(strict_converter(), {"name": "a"}, Small) == Small(name="a")


def test_tables_of_a_converter_may_need_context() -> None:
    """What the tables need besides the document is given to the converter once."""
    noted = SMALL.replaced(rule(S.note, read="@note", codec=TEXT))
    converter = strict_converter(noted, context={"note": "from outside"})
    assert structured(converter, {"n": "a"}, Small).note == "from outside"


def test_whole_number_is_exact() -> None:
    """A whole number is an integer and nothing that could become one."""
    assert WHOLE.read(7) == 7
    with pytest.raises(Unreadable):
        WHOLE.read(Decimal(7))
