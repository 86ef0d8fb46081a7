"""Canonical text is written from values at once, as JSON would be of their documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen

from po_bridge.errors import Misuse
from po_bridge.mapping.codec import Unreadable
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.text_writer import text_writer


@frozen(kw_only=True)
class _Empty:
    """Nothing to say."""


@frozen(kw_only=True)
class _Kept:
    """What nobody reads, and a pair."""

    kept: Any
    pair: tuple[str, Decimal]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        ({"b": [1, True, None], "a": Decimal("1.0")}, '{"a":"1.0","b":[1,true,null]}'),
        (("%s", "ü\u2028\n"), '["%s","ü\u2028\\n"]'),
        (Known(id="7"), '{"id":"7"}'),
        (0.5, "0.5"),
    ],
    ids=["nothing", "an object", "signs", "a value of ours", "a fraction"],
)
def test_what_is_kept_is_written_by_what_it_is(value: Any, text: str) -> None:
    """What a document holds beside its fields is written as it is, keys sorted."""
    written = text_writer(_Kept)(_Kept(kept=value, pair=("a", Decimal(2))))
    assert written == f'{{"kept":{text},"pair":["a","2"]}}'
    assert json.loads(written)["pair"] == ["a", "2"]


def test_a_class_without_fields_is_an_empty_object() -> None:
    """A value that says nothing but what it is."""
    assert text_writer(_Empty)(_Empty()) == "{}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [(int, True), (bool, 1), (tuple[str, Decimal], ("a",)), (str, 7), (Decimal, 7)],
    ids=[
        "truth for a number",
        "number for a truth",
        "half a pair",
        "number for a text",
        "number for an amount",
    ],
)
def test_what_has_another_type_is_refused(kind: Any, value: Any) -> None:
    """A value that is not of its field's type would not be read back, so it is not written."""
    with pytest.raises((Unreadable, ValueError, TypeError)):
        text_writer(kind)(value)


def test_kinds_without_text_are_refused() -> None:
    """A kind that could not be read back is no part of a document."""
    with pytest.raises(Misuse, match="no canonical text"):
        text_writer(set[str])


def test_keys_of_a_mapping_are_sorted_as_text() -> None:
    """Slots are sorted by the text they are written as."""
    slots = {Slot(kind=Kind.TAG, name=name): name for name in ("b", "a", 'x"')}
    written = text_writer(Mapping[Slot, str])(slots)
    assert written == '{"tag:a":"a","tag:b":"b","tag:x\\"":"x\\""}'
