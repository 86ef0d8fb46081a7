"""Lists whose bad elements are left out and told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from po_bridge.mapping.lenient import readable_of, unreadable_of
from po_bridge.mapping.words import ID

READABLE, UNREADABLE = readable_of(ID), unreadable_of(ID, "$.images")
ELEMENTS = st.lists(st.text(max_size=3) | st.integers() | st.none() | st.lists(st.text()))


@given(ELEMENTS)
def test_every_element_is_read_or_told(elements: list[Any]) -> None:
    """Nothing is lost: what is not read is named, with its place, and the order of the rest stays."""
    read, told = READABLE.read(elements), UNREADABLE.read(elements)
    good = [one for one in elements if isinstance(one, str) and one.strip()]
    assert list(read) == good
    places = [number for number, one in enumerate(elements) if one not in good]
    assert [fault.partition(":")[0] for fault in told] == [f"$.images[{number}]" for number in places]


@given(st.lists(st.text(min_size=1).filter(str.strip)))
def test_what_is_written_is_read(elements: list[str]) -> None:
    """A list without faults is read as it was written, and nothing is told of it."""
    wire = READABLE.write(tuple(elements))
    assert READABLE.read(wire) == tuple(elements)
    assert UNREADABLE.read(wire) == ()


@pytest.mark.parametrize("value", ["abc", 5, {"a": 1}, True], ids=repr)
def test_what_is_no_list_is_told_as_a_whole(value: Any) -> None:
    """Text is no list of its letters."""
    assert READABLE.read(value) == ()
    (fault,) = UNREADABLE.read(value)
    assert fault.startswith("$.images: ")
