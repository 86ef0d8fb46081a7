"""What the journal is told after an attempt or a probe."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import Mark
from po_bridge.planning.progress import Divide, Probe, Send
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Absent, Done, Doubt, Partly, Receipt, Refusal, Rest, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.step import Step
from po_bridge.planning.verdict import (
    NotSent,
    Outcome,
    after_attempt,
    after_probe,
    divided,
    intent,
    orphaned,
)
from po_bridge.planning.write import AddLines, AttachImage, CreateBrand, LineAdd, Write
from po_bridge.testing.subject import START

BRAND = CreateBrand(slot=Slot(kind=Kind.BRAND, name="north"), name="north")
LINES = AddLines(
    order=Known(id="o"),
    lines=tuple(
        LineAdd(product=Known(id=f"p{number}"), before=Decimal(0), count=Decimal(1), cost=None)
        for number in range(3)
    ),
)
SENT, LATER = START, START + timedelta(seconds=5)
SETTLE = timedelta(seconds=60)
MADE = Receipt(made={BRAND.slot: "b-1"})


def send(write: Write = BRAND, attempt: int = 2) -> Send:
    """A second attempt at a step."""
    return Send(step=Step(key="s", change="c", orders=(), write=write), attempt=attempt)


def probe(write: Write = BRAND) -> Probe:
    """A probe of it."""
    return Probe(step=send(write).step, sent_at=SENT, attempt=2)


def refusal(status: int = 422, *, again: bool = False, wait: float | None = None) -> Refusal:
    """The remote says no."""
    moment = None if wait is None else LATER + timedelta(seconds=wait)
    return Refusal(status=status, words="no", mend="mend it", again=again, retry_at=moment)


def told(outcome: Outcome, write: Write = BRAND, *, last: bool = False) -> tuple[Entry, ...]:
    """Entries after an attempt."""
    return after_attempt(send(write), SENT, outcome, LATER, last=last)


def marks(entries: tuple[Entry, ...]) -> list[Mark]:
    """Their marks."""
    return [entry.mark for entry in entries]


# --- after an attempt -----------------------------------------------------------------------------

REST = Rest(writes=(BRAND,))


@pytest.mark.parametrize(
    ("outcome", "write", "last", "expected"),
    [
        (MADE, BRAND, False, [Mark.DONE]),
        (REST, LINES, False, [Mark.UNKNOWN, Mark.PARTLY]),
        (Doubt(why="lost"), BRAND, False, [Mark.UNKNOWN]),
        (Doubt(why="lost"), BRAND, True, [Mark.UNKNOWN]),
        (NotSent(why="no route"), BRAND, False, [Mark.NOT_SENT]),
        (NotSent(why="no route"), BRAND, True, [Mark.NOT_SENT]),
        (refusal(429, again=True), BRAND, False, [Mark.REFUSED]),
        (refusal(429, again=True), BRAND, True, [Mark.REFUSED, Mark.HELD]),
        (refusal(429, again=True), LINES, True, [Mark.REFUSED, Mark.HELD]),
        (refusal(422), BRAND, False, [Mark.REFUSED, Mark.HELD]),
        (refusal(422), LINES, False, [Mark.REFUSED, Mark.SPLIT]),
        (refusal(413), LINES, False, [Mark.REFUSED, Mark.SPLIT]),
        (refusal(401), LINES, False, [Mark.REFUSED, Mark.HELD]),
        (refusal(403), LINES, False, [Mark.REFUSED, Mark.HELD]),
    ],
    ids=[
        "receipt",
        "rest",
        "doubt",
        "last doubt",
        "not sent",
        "last not sent",
        "come again",
        "last come again",
        "last come again with many lines",
        "refused",
        "refused with many lines",
        "too large",
        "wrong token",
        "missing scope",
    ],
)
def test_an_outcome_becomes_marks(outcome: Outcome, write: Write, last: bool, expected: list[Mark]) -> None:
    """Each outcome has its marks; together with the intent they are a succession that the table allows."""
    entries = told(outcome, write, last=last)
    assert marks(entries) == expected
    begun = intent(send(write), SENT)
    assert History.of((begun, *entries)).mark("s") is expected[-1]
    assert {entry.attempt for entry in entries} == {2}
    assert {entry.sent_at for entry in entries} == {SENT}
    assert {entry.at for entry in entries} == {LATER}


def test_a_refused_batch_is_tried_in_halves() -> None:
    """The halves are the batch, in order."""
    split = told(refusal(422), LINES)[1].detail
    assert isinstance(split, Rest)
    assert sum((part.lines for part in split.writes if isinstance(part, AddLines)), ()) == LINES.lines


def test_the_remotes_own_moment_is_kept() -> None:
    """Come again at noon means not before noon."""
    (entry,) = told(refusal(429, again=True, wait=30))
    assert entry.not_before == LATER + timedelta(seconds=30)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 2), (2, 4), (4, 16), (5, 30), (60, 30)])
def test_what_was_not_sent_waits_longer_each_time(attempt: int, seconds: int) -> None:
    """Two seconds, four, eight, at most thirty."""
    (entry,) = after_attempt(send(attempt=attempt), SENT, NotSent(why="no route"), LATER)
    assert entry.not_before == LATER + timedelta(seconds=seconds)


def test_the_last_attempt_of_a_run_leaves_nothing_to_wait_for() -> None:
    """The next run may send at once."""
    (entry,) = told(NotSent(why="no route"), last=True)
    assert entry.not_before is None


# --- after a probe --------------------------------------------------------------------------------

QUESTION = Question(key="which", text="which of the two?", stops=Stops.ORDER)


@pytest.mark.parametrize("seconds", [0, 59, 60, 3600], ids=["at once", "early", "settled", "late"])
def test_found_is_final_at_once(seconds: int) -> None:
    """What is there is there, however soon it is found."""
    entry = after_probe(probe(), Done(receipt=MADE), SETTLE, SENT + timedelta(seconds=seconds))
    assert (entry.mark, entry.detail) == (Mark.DONE, MADE)


@pytest.mark.parametrize(
    ("found", "settled"),
    [(Absent(), Mark.NOT_SENT), (Partly(rest=REST), Mark.PARTLY)],
    ids=["absent", "partly"],
)
def test_what_is_missing_counts_only_after_the_settle_time(found: Absent | Partly, settled: Mark) -> None:
    """A request that was lost may still be running; it is asked about again when it cannot be any more."""
    early = after_probe(probe(), found, SETTLE, SENT + timedelta(seconds=59))
    assert (early.mark, early.not_before) == (Mark.UNKNOWN, SENT + SETTLE)
    assert after_probe(probe(), found, SETTLE, SENT + SETTLE).mark is settled


def test_a_probe_that_cannot_tell_asks() -> None:
    """The question is kept with the step."""
    entry = after_probe(probe(), Unclear(question=QUESTION), SETTLE, SENT)
    assert (entry.mark, entry.detail) == (Mark.ASKED, QUESTION)


@pytest.mark.parametrize(
    "found",
    [Done(receipt=MADE), Absent(), Partly(rest=REST), Unclear(question=QUESTION)],
    ids=["done", "absent", "partly", "unclear"],
)
def test_a_probe_speaks_of_the_attempt_it_asked_about(found: Done | Absent | Partly | Unclear) -> None:
    """The settle time keeps counting from when that attempt was sent."""
    entry = after_probe(probe(), found, SETTLE, SENT + SETTLE)
    assert (entry.attempt, entry.sent_at) == (2, SENT)


def test_a_picture_in_work_is_left_alone_for_some_seconds() -> None:
    """Stores take a while over pictures; products are read back as soon as nothing else can happen."""
    image = Slot(kind=Kind.IMAGE, name="i")
    write = AttachImage(product=Known(id="p"), address="https://images.example/a.png", slot=image)
    unread = evolve(MADE, unread=True)
    (entry,) = told(unread, write)
    assert (entry.mark, entry.not_before) == (Mark.MADE, LATER + timedelta(seconds=3))
    (entry,) = told(MADE, write)
    assert (entry.mark, entry.not_before) == (Mark.DONE, None)
    (entry,) = told(unread)
    assert (entry.mark, entry.not_before) == (Mark.MADE, None)


# --- before and between ---------------------------------------------------------------------------


def test_an_intent_is_sent_when_it_is_written() -> None:
    """The settle time counts from the intent, which precedes the call."""
    entry = intent(send(), START)
    assert (entry.mark, entry.attempt, entry.at, entry.sent_at) == (Mark.INTENDED, 2, START, START)


def test_an_intent_that_a_crash_left_is_unknown() -> None:
    """Of the attempt that was intended, with its own moment."""
    begun = intent(send(), SENT)
    entry = orphaned(begun, LATER)
    assert (entry.mark, entry.attempt, entry.sent_at, entry.at) == (Mark.UNKNOWN, 2, SENT, LATER)
    assert History.of((begun, entry)).mark("s") is Mark.UNKNOWN


def test_a_waiting_step_comes_apart() -> None:
    """It goes on in its parts, without ever having been sent."""
    entry = divided(Divide(step=send(LINES).step, rest=REST), LATER)
    assert (entry.mark, entry.detail) == (Mark.SPLIT, REST)
    assert History.of((entry,)).mark("s") is Mark.SPLIT
