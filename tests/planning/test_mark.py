"""Which mark may follow which: every pair is said, in the table and nowhere else."""

from __future__ import annotations

import pytest

from po_bridge.errors import JournalDamaged
from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import SUCCESSIONS, Mark, may_follow
from po_bridge.testing.subject import START

M = Mark

ALLOWED = {
    (None, M.INTENDED),
    (None, M.SPLIT),
    (M.INTENDED, M.MADE),
    (M.INTENDED, M.DONE),
    (M.INTENDED, M.REFUSED),
    (M.INTENDED, M.NOT_SENT),
    (M.INTENDED, M.UNKNOWN),
    (M.UNKNOWN, M.UNKNOWN),
    (M.UNKNOWN, M.MADE),
    (M.UNKNOWN, M.DONE),
    (M.UNKNOWN, M.NOT_SENT),
    (M.UNKNOWN, M.PARTLY),
    (M.UNKNOWN, M.ASKED),
    (M.MADE, M.MADE),
    (M.MADE, M.DONE),
    (M.MADE, M.ASKED),
    (M.NOT_SENT, M.INTENDED),
    (M.REFUSED, M.INTENDED),
    (M.REFUSED, M.SPLIT),
    (M.REFUSED, M.HELD),
    (M.HELD, M.INTENDED),
    (M.DONE, M.UNDOING),
    (M.UNDOING, M.UNDOING),
    (M.UNDOING, M.UNDONE),
    (M.UNDOING, M.ASKED),
    (M.UNDOING, M.DONE),
}
"""Every succession there is."""

PAIRS = [(before, after) for before in (None, *Mark) for after in Mark]


def named(pair: tuple[Mark | None, Mark]) -> str:
    """A pair in words."""
    before, after = pair
    return f"{before.value if before else 'nothing'} then {after.value}"


def path_to(mark: Mark | None) -> list[Mark]:
    """A shortest way from nothing to a mark."""
    ways: dict[Mark | None, list[Mark]] = {None: []}
    waiting: list[Mark | None] = [None]
    while waiting:
        here = waiting.pop(0)
        for following in sorted(SUCCESSIONS[here], key=lambda one: one.value):
            if following not in ways:
                ways[following] = [*ways[here], following]
                waiting.append(following)
    return ways[mark]


def entries(*marks: Mark) -> tuple[Entry, ...]:
    """Entries of one step."""
    return tuple(Entry(step="s", mark=mark, at=START) for mark in marks)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_a_succession_is_allowed_or_it_is_not(pair: tuple[Mark | None, Mark]) -> None:
    """The table says so, and a history takes it or calls the journal damaged."""
    before, after = pair
    assert may_follow(before, after) is (pair in ALLOWED)
    way = entries(*path_to(before), after)
    if pair in ALLOWED:
        assert History.of(way).mark("s") is after
    else:
        with pytest.raises(JournalDamaged, match=f"{after.value} follows"):
            History.of(way)


def test_every_mark_has_a_row_and_can_be_reached() -> None:
    """No mark is forgotten, and each has a way from nothing."""
    assert set(SUCCESSIONS) == {None, *Mark}
    assert all(path_to(mark) for mark in Mark)


def test_what_is_done_by_its_parts_or_is_asked_is_never_sent_again() -> None:
    """Divided, asked and undone steps are left as they are."""
    assert {mark for mark in Mark if not SUCCESSIONS[mark]} == {M.PARTLY, M.SPLIT, M.ASKED, M.UNDONE}


def test_nothing_is_sent_from_an_unknown_outcome() -> None:
    """A write whose outcome nobody knows must be asked about first."""
    assert M.INTENDED not in SUCCESSIONS[M.UNKNOWN]
    assert M.INTENDED not in SUCCESSIONS[M.INTENDED]
    assert M.INTENDED not in SUCCESSIONS[M.DONE]
