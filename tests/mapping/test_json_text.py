from __future__ import annotations

import json
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, strategies as st

from po_bridge.errors import BadDocument, Misuse
from po_bridge.mapping import frozen_json, parse_json, write_json

texts = st.text(st.characters(codec="utf-8"), max_size=8)
numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values, st.booleans())
def test_json_is_read_as_written(value: Any, canonical: bool) -> None:
    """Reading what was written gives an equal value, every digit included."""
    assert parse_json(write_json(value, canonical=canonical)) == value


@given(values)
def test_json_is_what_others_read(value: Any) -> None:
    """The standard library reads what we write."""
    assert json.loads(write_json(value), parse_float=Decimal) == value


@given(values)
def test_frozen_value_is_written_alike(value: Any) -> None:
    """A frozen value gives the same bytes as the value it was made of."""
    assert write_json(frozen_json(value)) == write_json(value)


@given(st.dictionaries(texts, numbers))
def test_canonical_bytes_are_equal(value: dict[str, Any]) -> None:
    """Equal values give equal bytes, whatever the order of keys and the zeros behind."""
    turned = dict(reversed([(key, Decimal(number)) for key, number in value.items()]))
    assert write_json(value, canonical=True) == write_json(turned, canonical=True)


@pytest.mark.parametrize(
    ("value", "canonical", "text"),
    [
        (Decimal("12.50"), False, "12.50"),
        (Decimal("12.50"), True, "12.5"),
        (Decimal("1E+2"), False, "1E+2"),
        (Decimal("1E+2"), True, "100"),
        (Decimal("-0.00"), True, "0"),
        (Decimal("1234567890123456789012345678901.10"), True, "1234567890123456789012345678901.1"),
        (Decimal("-10E+999"), True, "-1E1000"),
        (Decimal("0E-999"), True, "0"),
        ({"b": 1, "a": [True, None, {}, []]}, True, '{"a":[true,null,{},[]],"b":1}'),
        ("é\n", False, '"é\\n"'),
    ],
    ids=str,
)
def test_value_is_written(value: Any, canonical: bool, text: str) -> None:
    """Numbers are written exactly; the canonical form drops what means nothing."""
    assert write_json(value, canonical=canonical).decode() == text


@pytest.mark.parametrize(
    "value",
    [1.5, Decimal("NaN"), Decimal("Infinity"), {1: 2}, {"a": {1}}, b"x", "\ud800"],
    ids=["float", "NaN", "infinity", "key", "set", "bytes", "surrogate"],
)
def test_no_json(value: Any) -> None:
    """What JSON cannot hold exactly is the caller's mistake."""
    with pytest.raises(Misuse):
        write_json(value)


def test_numbers_stay_exact() -> None:
    """Fractions are Decimals with all their digits, whole numbers are integers."""
    value = parse_json(b"[12.50, 1e2, 7, 0.1000000000000000055511151231257827]")
    assert [str(number) for number in value] == ["12.50", "1E+2", "7", "0.1000000000000000055511151231257827"]
    assert [type(number) for number in value] == [Decimal, Decimal, int, Decimal]


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("", "line 1, column 1: '', expected JSON (Expecting value)"),
        ("<html>", "line 1, column 1: '<html>', expected JSON (Expecting value)"),
        ('{"a":\n  }', "line 2, column 3: '}', expected JSON (Expecting value)"),
        ("[1] 2", "line 1, column 5: '2', expected JSON (Extra data)"),
        (b"\xff", "byte 0: b'\\xff', expected UTF-8"),
        ('{"a": [NaN]}', "$.a[0]: NaN, expected a number"),
        ("-Infinity", "$: -Infinity, expected a number"),
        ('[{"x": {"a": 1, "a": 1}}]', "$[0].x.a: the key a second time, expected each key once"),
        ('{"n": ' + "9" * 5000 + "}", "$.n: a number of 5000 characters, expected a number that can be held"),
        ("[1e99999999999999999999]", "$[0]: a number of 22 characters, expected a number that can be held"),
        ('["\\ud800"]', "$[0]: '\\ud800', expected text without unpaired surrogates"),
        ('{"\\uDFFF": 1}', "$: '\\udfff', expected a key without unpaired surrogates"),
        ('"\ud800"', "$: '\\ud800', expected text without unpaired surrogates"),
        ("[" * 100000, "$: objects and lists nested too deeply, expected JSON of reasonable depth"),
    ],
    ids=[
        "empty",
        "page",
        "line",
        "rest",
        "bytes",
        "NaN",
        "infinity",
        "key twice",
        "endless",
        "exponent",
        "surrogate",
        "surrogate in a key",
        "raw surrogate",
        "deep",
    ],
)
def test_bad_json_is_told(text: str | bytes, issue: str) -> None:
    """What is no JSON, or more than we take, is refused with where it stands."""
    with pytest.raises(BadDocument) as caught:
        parse_json(text, name="answer")
    assert [str(one) for one in caught.value.issues] == [issue]
    assert caught.value.document == "answer"


def test_every_flaw_is_told() -> None:
    """All flaws of a text that is JSON are told at once."""
    with pytest.raises(BadDocument) as caught:
        parse_json('{"a": NaN, "b": {"c": 1, "c": Infinity}, "d": "\\ud800"}')
    assert {issue.path for issue in caught.value.issues} == {"$.a", "$.b.c", "$.d"}


def test_pairs_of_surrogates_are_text() -> None:
    """An escaped character beyond the basic plane is one character."""
    assert parse_json('["\\ud83d\\ude00", 1.50, 7]') == ["😀", Decimal("1.50"), 7]


def test_byte_order_mark_is_skipped() -> None:
    """A byte order mark before the text means nothing."""
    assert parse_json(b"\xef\xbb\xbf[1]") == [1]


@given(st.binary(max_size=30) | texts)
def test_any_bytes_raise_bad_document(text: bytes | str) -> None:
    """Any bytes at all are JSON or a BadDocument."""
    try:
        value = parse_json(text)
    except BadDocument:
        return
    assert parse_json(write_json(value)) == value


def test_frozen_value_cannot_change() -> None:
    """Objects become read-only mappings and lists tuples, all the way down."""
    value = frozen_json({"a": [{"b": 1}]})
    assert value == {"a": ({"b": 1},)}
    assert isinstance(value["a"][0], MappingProxyType)


def test_deep_objects_are_cut() -> None:
    """An object nested beyond reason is cut off."""
    deep: Any = {}
    for _ in range(900):
        deep = {"a": deep}
    value = frozen_json(deep)
    for _ in range(60):
        value = value["a"]
    assert value == "..."
