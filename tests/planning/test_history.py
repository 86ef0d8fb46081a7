"""What the journal holds of a plan, as a value."""

from __future__ import annotations

from hypothesis import given, strategies as st

from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.planning.history import Detail, Entry, History
from po_bridge.planning.mark import SUCCESSIONS, Mark
from po_bridge.planning.receipt import Doubt, Receipt, Rest
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import CreateTag, SetStatus
from po_bridge.testing.subject import START

MADE = {Slot(kind=Kind.BRAND, name="north"): "b-1"}
REST = Rest(
    writes=(CreateTag(slot=Slot(kind=Kind.TAG, name="new"), name="new"),),
    receipt=Receipt(made={Slot(kind=Kind.TAG, name="old"): "t-1"}),
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries of some steps, mixed, each step walking through the table."""
    last: dict[str, Mark | None] = dict.fromkeys("abc")
    found: list[Entry] = []
    for _ in range(draw(st.integers(0, 20))):
        step = draw(st.sampled_from("abc"))
        following = sorted(SUCCESSIONS[last[step]], key=lambda one: one.value)
        if following:
            last[step] = draw(st.sampled_from(following))
            mark = last[step]
            assert mark is not None
            details: dict[Mark, Detail] = {
                Mark.DONE: Receipt(made=MADE),
                Mark.SPLIT: REST,
                Mark.PARTLY: REST,
            }
            detail = details.get(mark)
            found.append(Entry(step=step, mark=mark, at=START, detail=detail))
    return tuple(found)


@given(lives(), st.integers(0, 20))
def test_a_history_is_the_same_in_one_go_or_in_parts(entries: tuple[Entry, ...], cut: int) -> None:
    """Read whole from a file, or grown entry by entry in a run: the same value with the same indexes."""
    whole, grown = History.of(entries), History.of(entries[:cut]).plus(*entries[cut:])
    assert whole == grown
    assert (whole.last, whole.rests, whole.ids) == (grown.last, grown.rests, grown.ids)


@given(lives())
def test_growing_leaves_what_was_there(entries: tuple[Entry, ...]) -> None:
    """A history is a value: the one before is as it was."""
    if not entries:
        return
    before = History.of(entries[:-1])
    told = (before.entries, dict(before.last), dict(before.rests), dict(before.ids))
    before.plus(entries[-1])
    assert (before.entries, before.last, before.rests, before.ids) == told


def test_the_last_entry_of_a_step_counts() -> None:
    """Marks are told by the last entry; a step nobody wrote of has none."""
    intended = Entry(step="a", mark=Mark.INTENDED, at=START)
    unknown = Entry(step="a", mark=Mark.UNKNOWN, at=START, detail=Doubt(why="lost"))
    history = History.of((intended, unknown))
    assert history.mark("a") is Mark.UNKNOWN
    assert history.last == {"a": unknown}
    assert history.mark("b") is None


def test_ids_come_from_receipts_and_from_the_parts_that_are_there() -> None:
    """What a step made is known by its slot; a partly done step made something too."""
    entries = (
        Entry(step="a", mark=Mark.INTENDED, at=START),
        Entry(step="a", mark=Mark.DONE, at=START, detail=Receipt(made=MADE)),
        Entry(step="b", mark=Mark.SPLIT, at=START, detail=REST),
    )
    history = History.of(entries)
    assert history.ids == {**MADE, **REST.receipt.made}
    assert history.rests == {"b": REST}


def test_a_detail_that_makes_nothing_leaves_the_ids_alone() -> None:
    """A status that was set has no id."""
    write = SetStatus(order=Known(id="o"), before=PurchaseStatus.OPEN, after=PurchaseStatus.SENT)
    entries = (
        Entry(step="a", mark=Mark.INTENDED, at=START),
        Entry(step="a", mark=Mark.DONE, at=START, detail=Receipt()),
        Entry(step="b", mark=Mark.SPLIT, at=START, detail=Rest(writes=(write,))),
    )
    assert History.of(entries).ids == {}
