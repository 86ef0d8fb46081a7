from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from tests.mapping.toy import counts

from po_bridge.errors import Issue
from po_bridge.mapping import COUNT, TEXT, Unreadable, optional, tuple_of
from po_bridge.mapping.codec import issues_of


@given(st.none() | st.lists(counts).map(tuple))
def test_combined_codecs_read_as_written(value: tuple[Any, ...] | None) -> None:
    """Optional and list codecs keep the law of the codec inside."""
    codec = optional(tuple_of(COUNT))
    assert codec.read(codec.write(value)) == value


def test_every_bad_element_is_told() -> None:
    """Each bad element of a list is an issue with its own index."""
    codec = tuple_of(tuple_of(COUNT))
    with pytest.raises(Unreadable) as caught:
        codec.read([[1, -1], "no", [None]])
    assert issues_of(caught.value, codec, "$.x", None) == (
        Issue(path="$.x[0][1]", seen="-1", expected="a whole number, 0 or more"),
        Issue(path="$.x[1]", seen="'no'", expected="a list, each a whole number, 0 or more"),
        Issue(path="$.x[2][0]", seen="None", expected="a whole number, 0 or more"),
    )


def test_text_is_no_list() -> None:
    """Text is not taken for a list of characters."""
    with pytest.raises(Unreadable):
        tuple_of(TEXT).read("abc")


def test_own_words_go_before_the_codecs() -> None:
    """What a codec says about one value is told instead of what it always expects."""
    assert issues_of(Unreadable("less"), TEXT, "$", 7)[0].expected == "less"
    assert issues_of(ValueError("odd"), TEXT, "$", 7)[0].expected == "text"


def test_unreadable_prints_its_reason() -> None:
    """The error alone tells a reader what was expected and where."""
    issue = Issue(path="[3]", seen="7", expected="text")
    assert str(Unreadable("text")) == "text"
    assert str(Unreadable(inside=(issue,))) == "[3]: 7, expected text"
