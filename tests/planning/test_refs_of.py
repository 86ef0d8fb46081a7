"""What a write uses and makes, and how it comes apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.planning.canonical_strategies import values

from po_bridge.errors import Misuse
from po_bridge.planning.refs import Kind, Known, Slot, resolve
from po_bridge.planning.refs_of import halves, made_by, narrowed, used_by
from po_bridge.planning.write import AddLines, AddMembers, LineAdd, Write

WRITES: st.SearchStrategy[Any] = values(Write)
LINES = st.builds(
    AddLines, order=values(Slot), lines=st.lists(values(LineAdd), min_size=1, max_size=9).map(tuple)
)


def slots_in(value: Any) -> Iterator[Slot]:
    """Every slot that stands anywhere in a value."""
    if isinstance(value, Slot):
        yield value
    elif attrs.has(type(value)):
        for one in attrs.fields(type(value)):
            yield from slots_in(getattr(value, one.name))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from slots_in(one)


@pytest.mark.parametrize("kind", get_args(Write), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_slot_in_a_write_is_used_or_made(kind: Any, data: st.DataObject) -> None:
    """No slot is overlooked, in no kind of write: what is neither used nor made would never be resolved."""
    write: Write = data.draw(values(kind))
    assert set(slots_in(write)) == set(used_by(write)) | set(made_by(write))


@given(WRITES)
def test_what_is_used_is_told_once(write: Write) -> None:
    """A slot that stands twice is one need."""
    used = used_by(write)
    assert len(set(used)) == len(used)


@given(WRITES)
def test_halves_are_the_whole(write: Write) -> None:
    """Two parts that are not empty, together the same in the same order; all else is the same in both."""
    parts = halves(write)
    if not parts:
        assert not isinstance(write, (AddLines, AddMembers)) or len(items(write)) <= 1
        return
    first, second = parts
    assert items(first)
    assert items(second)
    assert items(first) + items(second) == items(write)
    rejoined: Any = first
    assert attrs.evolve(rejoined, **{named(write): items(write)}) == write


def named(write: Any) -> str:
    """The attribute that is divided."""
    return "lines" if isinstance(write, AddLines) else "members"


def items(write: Any) -> tuple[Any, ...]:
    """What is divided."""
    found: tuple[Any, ...] = getattr(write, named(write))
    return found


@given(LINES)
def test_halving_again_and_again_ends_with_each_item_alone(write: AddLines) -> None:
    """However often the remote refuses, in the end each line is tried by itself, once."""
    waiting: list[Write] = [write]
    alone: list[Any] = []
    while waiting:
        one = waiting.pop(0)
        parts = halves(one)
        waiting[:0] = parts
        if not parts:
            alone += items(one)
    assert tuple(alone) == write.lines


@given(LINES, st.data())
def test_narrowing_sorts_lines_by_whether_their_product_will_come(
    write: AddLines, data: st.DataObject
) -> None:
    """The good part goes on, the bad one stays; where one of them is empty nothing is divided."""
    slots = sorted({line.product for line in write.lines if isinstance(line.product, Slot)}, key=str)
    lost = set(data.draw(st.lists(st.sampled_from(slots), unique=True))) if slots else set()
    parts = narrowed(write, lambda slot: slot not in lost)
    bad = [line for line in write.lines if line.product in lost]
    if not bad or len(bad) == len(write.lines):
        assert parts == ()
        return
    first, second = parts
    assert isinstance(first, AddLines)
    assert isinstance(second, AddLines)
    assert not lost & set(used_by(first)) - {write.order}
    assert set(second.lines) == set(bad)
    assert {*first.lines, *second.lines} == set(write.lines)


@given(WRITES.filter(lambda write: not isinstance(write, AddLines)))
def test_only_lines_are_narrowed(write: Write) -> None:
    """Nothing else can go on without a part of what it needs."""
    assert narrowed(write, lambda slot: False) == ()


def test_a_reference_resolves_to_what_was_made() -> None:
    """A known id is itself, a slot what its step made; one that was not made is a misuse."""
    made = Slot(kind=Kind.BRAND, name="north")
    assert resolve(Known(id="b-1"), {}) == "b-1"
    assert resolve(made, {made: "b-2"}) == "b-2"
    with pytest.raises(Misuse, match="brand:north was not made"):
        resolve(made, {})
