"""Orders, reviews, plans, outcomes and states as plain text for a terminal; foreign text is made safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..matching.result import Matched, NeedsReview, New, Skipped
from ..models.keys import OrderKey
from ..planning.change_text import count
from ..planning.outcome import Differs, Halted, Held, OrderOutcome, Outcome, Synced, Undone
from ..planning.question import Question
from ..planning.review import Review, ReviewLine
from ..planning.text import printable, question_lines
from .columns import columns
from .wording import DASH, price, product_name, signs_in_short, standing, total_of, units, window_of


def orders_text(rows: Sequence[OrderRow]) -> str:
    """Write the orders of a source with their state here."""
    heads = ("number", "brand", "status", "here", "offered", "units", "total", "key")
    found = [
        (
            row.order.number,
            row.order.key.portal,
            row.order.status_word or row.order.status.value,
            row.state.value,
            "yes" if row.offered else "no",
            count(row.order.units),
            total_of(row.order),
            str(row.order.key),
        )
        for row in rows
    ]
    return "\n".join(columns(found, heads=heads, right=frozenset({5, 6}))) or "no orders"


def review_text(review: Review, questions: Iterable[Question] = ()) -> str:
    """Write a review: matched, needs review, new and left out, side by side with what the POS holds."""
    return "\n".join((*_review(review), *_open(tuple(questions))))


def _review(review: Review) -> Iterator[str]:
    for order in review.orders:
        applied = review.book.applied.get(order.key)
        there = (
            f", became {', '.join(applied.purchase_orders)}" if applied and applied.purchase_orders else ""
        )
        yield printable(
            f"order {order.number} of {order.key.portal}: {order.status_word or order.status.value}, "
            f"{count(order.units)} units, {total_of(order)}, ships {window_of(order)}{there}"
        )
    yield from _group("matched", review.matched)
    yield from _group("needs review", review.needs_review)
    yield from _group("new", review.new)
    yield from _group("left out", review.skipped)


def _group(word: str, lines: Sequence[ReviewLine]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{word} ({len(lines)})"
    rows = [(line.name, units(line), f"at {price(line)}", _other_side(line)) for line in lines]
    for line, row in zip(lines, columns(rows, right=frozenset({1})), strict=True):
        yield f"  {row}"
        if short := _in_short(line):
            yield f"      {printable(short)}"
        yield from _choices(line)


def _other_side(line: ReviewLine) -> str:
    match line.match:
        case Matched():
            if line.product is None:
                return f"= {line.match.product_id}"
            word = standing(line.product)
            return f"= {product_name(line.product)}" + (f" ({word})" if word else "")
        case NeedsReview():
            return f"? {len(line.match.candidates)} candidate(s)"
        case _:
            return ""


def _in_short(line: ReviewLine) -> str:
    match line.match:
        case Matched():
            return "; ".join(
                filter(None, (f"by {line.match.rung.value}", signs_in_short(line.match.evidence)))
            )
        case NeedsReview():
            reasons = (reason.value for reason in line.match.reasons)
            return "; ".join(filter(None, (*reasons, signs_in_short(line.match.evidence))))
        case New():
            return signs_in_short(line.match.evidence)
        case Skipped():
            return line.match.why
        case _:
            assert_never(line.match)


def _choices(line: ReviewLine) -> Iterator[str]:
    if not isinstance(line.match, NeedsReview):
        return
    for candidate in line.match.candidates:
        signs = signs_in_short(candidate.evidence)
        yield f"      candidate {printable(f'{candidate.product_id}  {candidate.name}  {signs}').rstrip()}"


def _open(questions: tuple[Question, ...]) -> Iterator[str]:
    if questions:
        yield ""
        yield f"open questions ({len(questions)})"
        for question in questions:
            yield from question_lines(question)


def outcome_text(outcome: Outcome) -> str:
    """Write what became of each order, what is to be done, and the summary."""
    return "\n".join(_outcome(outcome))


def _outcome(outcome: Outcome) -> Iterator[str]:
    for key, became in outcome.orders.items():
        word, told = outcome_words(became)
        yield printable(f"order {key}: {word}")
        yield from (f"  - {printable(text)}" for text in told)
    summary = outcome.summary
    yield ""
    yield f"items synced: {count(summary.items)} on {summary.lines} line(s)"
    yield f"products updated: {summary.products_updated}"
    yield f"drafts created: {summary.drafts_created}"
    yield from (f"purchase order: {printable(address)}" for address in summary.purchase_orders)
    yield from (f"wholesale order: {printable(address)}" for address in summary.wholesale_orders)


def outcome_words(outcome: OrderOutcome) -> tuple[str, tuple[str, ...]]:
    """A word for what became of an order, and every note, difference, cause or question in words."""
    match outcome:
        case Synced():
            return "synced, read back as planned", outcome.notes
        case Differs():
            return "differs from the plan, look at it in the POS", tuple(map(str, outcome.differences))
        case Held():
            return "held, mend the cause and resume the plan", tuple(map(str, outcome.causes))
        case Halted():
            return "halted, answer and plan again", tuple(map(str, outcome.questions))
        case Undone():
            return "undone", outcome.kept
        case _:
            assert_never(outcome)


def status_text(rows: Sequence[OrderStatus]) -> str:
    """Write where every order of the journal stands, and what needs attention."""
    heads = ("number", "state", "since", "purchase orders", "plan", "key")
    found = [
        (
            row.number,
            row.state.value,
            row.at.isoformat(timespec="seconds"),
            ", ".join(row.purchase_orders) or DASH,
            row.plan[:12],
            str(row.order),
        )
        for row in rows
    ]
    reasons = [line for row in rows if row.reasons for line in _reasons(row.order, row.number, row.reasons)]
    return "\n".join((*columns(found, heads=heads), *reasons)) or "the journal knows no order yet"


def _reasons(order: OrderKey, number: str, reasons: Sequence[str]) -> Iterator[str]:
    yield ""
    yield printable(f"{number} ({order}):")
    yield from (f"  - {printable(reason)}" for reason in reasons)
