from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import field, fields, frozen
from hypothesis import given, settings, strategies as st
from tests.mapping.toy import (
    CONTEXT,
    ORDER,
    document,
    json_values,
)

from po_bridge.errors import BadDocument, Issue
from po_bridge.mapping import DECIMAL, Codec, rows, rule, table


@frozen(kw_only=True)
class Note:
    """One text."""

    text: str = "none"


N = fields(Note)


def positive(_instance: Any, _attribute: Any, value: Decimal) -> None:
    """Refuse what is not above zero."""
    if value <= 0:
        raise ValueError("must be above zero")


@frozen(kw_only=True)
class Strict:
    """A model with a check of its own."""

    amount: Decimal = field(validator=positive)


@frozen(kw_only=True)
class Holder:
    """Holds strict models."""

    many: tuple[Strict, ...]


def test_model_may_refuse() -> None:
    """What the model's own checks refuse is an issue at the element, and others are still told."""
    strict = table(Strict, (rule(fields(Strict).amount, "a", DECIMAL),), over=("many",))
    holder = table(Holder, (rows(fields(Holder).many, strict),))
    with pytest.raises(BadDocument) as caught:
        holder.read({"many": [{"a": 0}, {"a": 1}, {"a": "x"}, {"a": -1}]})
    assert [(issue.path, issue.expected) for issue in caught.value.issues] == [
        ("$.many[0]", "must be above zero"),
        ("$.many[2].a", "a decimal number or its digits as text"),
        ("$.many[3]", "must be above zero"),
    ]


@pytest.mark.parametrize(
    "error", [ValueError, TypeError, ArithmeticError, KeyError], ids=lambda kind: kind.__name__
)
def test_codec_may_raise_what_python_raises(error: type[Exception]) -> None:
    """A caller's codec may raise what Python's own conversions raise."""

    def read(_value: Any) -> str:
        raise error

    odd = Codec(name="odd", expected="nothing at all", read=read, write=str)
    with pytest.raises(BadDocument, match="expected nothing at all"):
        table(Note, (rule(N.text, "t", odd),)).read({"t": 1})


def put(wire: Any, path: list[Any], value: Any) -> None:
    """Set a value deep inside."""
    for step in path[:-1]:
        wire = wire[step]
    wire[path[-1]] = value


def issues_of_any(wire: Any) -> tuple[Issue, ...]:
    """Read anything; only a BadDocument may be raised, and it has issues."""
    try:
        ORDER.read(wire, context=CONTEXT)
    except BadDocument as error:
        return error.issues or pytest.fail("an error without issues")
    return ()


PLACES = [
    ["number"],
    ["mood"],
    ["made_at"],
    ["retailer"],
    ["retailer", "buyer"],
    ["window"],
    ["window", "end"],
    ["tags"],
    ["tags", 0],
    ["items"],
    ["items", 0],
    ["items", 0, "product"],
    ["items", 0, "product", "id"],
    ["items", 0, "start"],
    ["items", 0, "sizes"],
    ["items", 0, "sizes", 0],
    ["items", 0, "sizes", 0, "quantity"],
    ["items", 0, "sizes", 1, "price"],
    ["items", 1, "discount"],
    ["ship_to"],
    ["surprise"],
]


@settings(max_examples=300)
@given(st.sampled_from(PLACES), json_values)
def test_bad_field_raises_bad_document(path: list[Any], value: Any) -> None:
    """A document with anything at all in one place reads, or raises BadDocument with short issues."""
    wire = document()
    put(wire, path, value)
    found = issues_of_any(wire)
    assert all(issue.path.startswith("$") and len(issue.seen) <= 80 for issue in found)


@given(json_values)
def test_any_json_raises_bad_document(wire: Any) -> None:
    """A document that is anything at all reads, or raises BadDocument."""
    assert len(issues_of_any(wire)) >= 0  # nothing else was raised
