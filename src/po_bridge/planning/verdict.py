"""What the journal is told after an attempt or a probe: pure, from outcome to entries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from attrs import evolve, frozen

from .history import Entry
from .mark import Mark
from .progress import Divide, Probe, Send
from .question import Question, Stops
from .receipt import Absent, Done, Doubt, Partly, Probed, Receipt, Refusal, Rest, Unclear
from .refs import Ids, Ref
from .refs_of import halves
from .seen import Found, PictureStatus, absent_from, differences, made_of, picture_of, product_of
from .step import Step
from .title import title
from .write import AttachImage

ATTEMPTS = 6
"""Attempts at one step in one run that may end with *come again* or *not sent*."""

_PATIENCE = timedelta(seconds=3)
"""How long a picture is left alone before it is looked for; after that its age doubles from look to look."""

_AT_THE_DOOR = frozenset({401, 403, 429})
"""Refusals that no part of a write would escape."""


@frozen(kw_only=True)
class NotSent:
    """The attempt never left."""

    why: str
    """What prevented it."""


Outcome = Receipt | Rest | Refusal | Doubt | NotSent
"""What became of one attempt; it belongs to the mutating request."""


def intent(send: Send, at: datetime) -> Entry:
    """The entry that precedes the call."""
    return Entry(step=send.step.key, mark=Mark.INTENDED, at=at, attempt=send.attempt, sent_at=at)


def divided(divide: Divide, at: datetime) -> Entry:
    """The entry that takes a waiting step apart."""
    return Entry(step=divide.step.key, mark=Mark.SPLIT, at=at, detail=divide.rest)


def after_attempt(
    send: Send, sent_at: datetime, outcome: Outcome, at: datetime, *, last: bool = False
) -> tuple[Entry, ...]:
    """Entries for what became of an attempt; written in one commit.

    *last* says that this run tries no more: a refusal that invites another attempt is held then.
    """

    def entry(
        mark: Mark, detail: Receipt | Refusal | Doubt | Rest | None, when: datetime | None = None
    ) -> Entry:
        return Entry(
            step=send.step.key,
            mark=mark,
            at=at,
            attempt=send.attempt,
            sent_at=sent_at,
            not_before=when,
            detail=detail,
        )

    match outcome:
        case Receipt():
            is_picture = outcome.unread and isinstance(send.step.write, AttachImage)
            return (entry(_there(outcome), outcome, at + _PATIENCE if is_picture else None),)
        case Rest():
            doubt = Doubt(why="the remote took a part of it and refused the rest")
            return (entry(Mark.UNKNOWN, doubt), entry(Mark.PARTLY, outcome))
        case Doubt():
            return (entry(Mark.UNKNOWN, outcome),)
        case NotSent():
            pause = timedelta(seconds=min(2.0**send.attempt, 30.0))
            return (entry(Mark.NOT_SENT, Doubt(why=outcome.why), None if last else at + pause),)
        case Refusal(again=True) if not last:
            return (entry(Mark.REFUSED, outcome, outcome.retry_at),)
        case Refusal():
            parts = () if outcome.status in _AT_THE_DOOR else halves(send.step.write)
            refused = entry(Mark.REFUSED, outcome)
            return (refused, entry(Mark.SPLIT, Rest(writes=parts)) if parts else entry(Mark.HELD, outcome))
        case _:
            assert_never(outcome)


def _there(receipt: Receipt) -> Mark:
    return Mark.MADE if receipt.unread else Mark.DONE


def orphaned(last: Entry, at: datetime) -> Entry:
    """The entry for an intent that a crash left without an outcome."""
    return Entry(
        step=last.step,
        mark=Mark.UNKNOWN,
        at=at,
        attempt=last.attempt,
        sent_at=last.sent_at,
        detail=Doubt(why="the worker stopped before the outcome was written"),
    )


def after_probe(probe: Probe, found: Probed, settle: timedelta, at: datetime) -> Entry:
    """The entry for what a probe found; *absent* and *partly* count only after the settle time."""
    settled = probe.sent_at + settle
    early = at < settled

    def entry(mark: Mark, detail: Receipt | Doubt | Rest | None, when: datetime | None = None) -> Entry:
        return Entry(
            step=probe.step.key,
            mark=mark,
            at=at,
            attempt=probe.attempt,
            sent_at=probe.sent_at,
            not_before=when,
            detail=detail,
        )

    match found:
        case Done():
            return entry(_there(found.receipt), found.receipt)
        case Absent() | Partly() if early:
            return entry(Mark.UNKNOWN, Doubt(why="not there yet; asked again after the settle time"), settled)
        case Absent():
            return entry(Mark.NOT_SENT, Doubt(why="not there after the settle time"))
        case Partly():
            return entry(Mark.PARTLY, found.rest)
        case Unclear():
            return Entry(
                step=probe.step.key,
                mark=Mark.ASKED,
                at=at,
                attempt=probe.attempt,
                sent_at=probe.sent_at,
                detail=found.question,
            )
        case _:
            assert_never(found)


def after_reading(step: Step, last: Entry, found: Found, ids: Ids, settle: timedelta, at: datetime) -> Entry:
    """The entry for what was read back of a step; what is not there counts only after the settle time."""
    settled = settled_at(last, settle)
    receipt = last.detail if isinstance(last.detail, Receipt) else Receipt()
    if isinstance(step.write, AttachImage):
        return _after_picture(step.write, last, receipt, found, settled, at)
    gone = absent_from(step.write, found)
    if gone and at < settled:
        return _read(last, Mark.MADE, at, receipt, settled)
    if gone:
        return _read(last, Mark.ASKED, at, _gone(step, gone))
    made = {**made_of(step.write, found), **receipt.made}
    wrong = differences(step.write, found, {**ids, **made})
    return _read(last, Mark.DONE, at, evolve(receipt, made=made, unread=False, differences=wrong))


def settled_at(last: Entry, settle: timedelta) -> datetime:
    """From when on what is not there counts."""
    return (last.sent_at or last.at) + settle


def _read(
    last: Entry, mark: Mark, at: datetime, detail: Receipt | Question, when: datetime | None = None
) -> Entry:
    return evolve(last, mark=mark, at=at, not_before=when, detail=detail)


def _after_picture(
    write: AttachImage, last: Entry, receipt: Receipt, found: Found, settled: datetime, at: datetime
) -> Entry:
    """A picture fails nothing: what is wrong with it after the settle time, or for good, is a note."""
    status = picture_of(write, found)
    if status is PictureStatus.SHOWN:
        return _read(last, Mark.DONE, at, evolve(receipt, unread=False))
    if status is not PictureStatus.BROKEN and at < settled:
        pause = max(at - (last.sent_at or last.at), _PATIENCE)
        return _read(last, Mark.MADE, at, receipt, min(at + pause, settled))
    note = _picture_note(write, status, found)
    return _read(last, Mark.DONE, at, evolve(receipt, unread=False, notes=(*receipt.notes, note)))


def _picture_note(write: AttachImage, status: PictureStatus | None, found: Found) -> str:
    product = product_of(found, write.product)
    named = (product.variant_name or product.name) if product else str(write.product)
    # what follows the question mark may be a signature
    picture = f"the picture at {write.address.partition('?')[0]} of {named}"
    match status:
        case PictureStatus.BROKEN:
            return f"the store could not use {picture}"
        case PictureStatus.PROCESSING:
            return f"the store still processes {picture}; look there later"
        case _:
            return f"the store does not tell what became of {picture}; look there"


def _gone(step: Step, gone: tuple[Ref, ...]) -> Question:
    named = ", ".join(map(str, gone))
    text = f"{title(step.write)}: it was done, but now these are not there any more: {named}; look at them in the POS"
    return Question(key=f"gone {gone[0]}", text=text, stops=Stops.ORDER)
