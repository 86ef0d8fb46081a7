"""The sentence on top of a page, and what needs an explicit yes: true in every case, and in good English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from tests.report import made

from po_bridge import Held, Outcome, Synced, Undone
from po_bridge.execution.status import OrderState, OrderStatus
from po_bridge.matching.result import Matched, Rung
from po_bridge.models.keys import OrderKey
from po_bridge.models.milestone import Milestone, Reached
from po_bridge.planning.change import NewImage, NewOrder, NewPicture, OrderRevision
from po_bridge.planning.outcome import OrderOutcome
from po_bridge.planning.plan import Plan
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.report.consent import consents_of, touched
from po_bridge.report.lead import (
    Lead,
    lead_of_outcome,
    lead_of_plan,
    lead_of_review,
    lead_of_status,
    lead_of_timeline,
)
from po_bridge.report.purchase_view import purchases_of
from po_bridge.report.status_words import WORDS, tone_of
from po_bridge.report.tone import Tone

AT = datetime(2027, 2, 1, 12, 30, tzinfo=UTC)
PLAN = made.plan(made.plain)
DONE, HELD = Synced(purchase_orders=("1",)), Held(purchase_orders=(), causes=())


def outcome(*orders: OrderOutcome) -> Outcome:
    """Make an outcome of some orders."""
    keys = (OrderKey(portal="p", order_id=str(number)) for number in range(len(orders)))
    return evolve(made.outcome(made.plain), orders=dict(zip(keys, orders, strict=True)))


@pytest.mark.parametrize(
    ("orders", "text", "tone"),
    [
        ((DONE, DONE), "Everything is there, read back as planned.", Tone.GOOD),
        ((DONE, Undone()), "What the plan made was taken back.", Tone.GOOD),
        ((DONE, HELD), "1 of 2 orders needs attention.", Tone.WARN),
        ((HELD, HELD), "2 of 2 orders need attention.", Tone.WARN),
        ((HELD,), "1 of 1 order needs attention.", Tone.WARN),
    ],
    ids=["all there", "undone", "one held", "both held", "the only one held"],
)
def test_outcome(orders: Sequence[OrderOutcome], text: str, tone: Tone) -> None:
    """What became of the orders."""
    assert lead_of_outcome(outcome(*orders)) == Lead(text=text, tone=tone)


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        (PLAN, "2 open questions stop the plan. Nothing is written yet."),
        (
            evolve(PLAN, questions=PLAN.questions[:1]),
            "1 open question stops the plan. Nothing is written yet.",
        ),
        (
            evolve(PLAN, questions=PLAN.questions[2:]),
            "Ready: 6 changes, 12 calls, about 4 s. Nothing is written before you say yes.",
        ),
        (
            evolve(PLAN, questions=(), changes=PLAN.changes[:1], estimate=None),
            "Ready: 1 change. Nothing is written before you say yes.",
        ),
        (made.plan(made.plain, empty=True), "Nothing is left to do."),
    ],
    ids=["stopped", "stopped by one", "ready", "not estimated", "empty"],
)
def test_plan(plan: Plan, text: str) -> None:
    """Whether a plan can be applied."""
    assert lead_of_plan(plan).text == text


def test_applied_plan() -> None:
    """Beside its outcome a plan asks for nothing any more."""
    assert lead_of_plan(PLAN, applied=True).text == "6 changes, applied: see the outcome."


def test_review() -> None:
    """How many lines a person must decide."""
    asked = made.review(made.plain)
    clear = evolve(asked, matches=dict.fromkeys(asked.matches, Matched(product_id="p1", rung=Rung.CODE)))
    assert lead_of_review(asked) == Lead(text="1 of 4 lines needs a decision.", tone=Tone.WARN)
    assert lead_of_review(clear) == Lead(text="Every line is clear.", tone=Tone.GOOD)


def states(*some: OrderState) -> tuple[OrderStatus, ...]:
    """Make a status of some orders."""
    (row,) = made.status_rows(made.plain)
    return tuple(evolve(row, state=state) for state in some)


@pytest.mark.parametrize(
    ("rows", "text", "tone"),
    [
        ((), "The journal knows no order yet.", Tone.CALM),
        (states(OrderState.SYNCED, OrderState.UNDONE), "Every order made it across.", Tone.GOOD),
        (states(OrderState.SYNCED, OrderState.SYNCING), "1 order is on the way.", Tone.CALM),
        (states(OrderState.READY, OrderState.SYNCING), "2 orders are on the way.", Tone.CALM),
        (states(OrderState.SYNCING, OrderState.CHANGED), "1 order needs attention.", Tone.WARN),
        (states(OrderState.ATTENTION, OrderState.CHANGED), "2 orders need attention.", Tone.WARN),
    ],
    ids=["none", "calm", "one flies", "two fly", "one urgent", "two urgent"],
)
def test_status(rows: tuple[OrderStatus, ...], text: str, tone: Tone) -> None:
    """What is urgent comes first."""
    assert lead_of_status(rows) == Lead(text=text, tone=tone)


def test_timeline() -> None:
    """What was reached last and still holds, unless something does not fit together."""
    one = made.timeline(made.plain)
    assert lead_of_timeline(one) == Lead(text="1 thing to look at.", tone=Tone.WARN)
    assert lead_of_timeline(evolve(one, notes=())).text == "Last reached: shipped in part."
    assert lead_of_timeline(evolve(one, notes=(), milestones=())).tone is Tone.CALM
    whole = Milestone(reached=Reached.SHIPPED, source="s", seen_at=AT)
    assert lead_of_timeline(evolve(one, notes=(), milestones=(whole,))).text == "Last reached: shipped."


def test_every_state_has_a_word_and_a_tone() -> None:
    """No state is without words, and what is urgent warns."""
    assert set(WORDS) == set(OrderState)
    assert {state for state in OrderState if tone_of(state) is Tone.WARN} == {
        OrderState.ATTENTION,
        OrderState.CHANGED,
        OrderState.NEEDS_REVIEW,
    }


def test_consents() -> None:
    """Everything that touches what is there, marks an order, or is lost, in the plan's own order."""
    assert [(one.text, one.stops) for one in consents_of(PLAN)] == [
        ("2 open questions must be answered first", True),
        ("your product grown-family gets 1 variant more", False),
        ("your product touched is changed", False),
        ("purchase order purchase-number is marked as sent", False),
        ("purchase order revised-number changes: 1 line added, 1 line set, 1 line removed", False),
        ("1 value of the wholesale side is not carried over", False),
    ]


def test_new_things_need_no_more_than_a_yes() -> None:
    """A plan that makes new things only has nothing to say beside that."""
    assert consents_of(evolve(PLAN, questions=(), losses=(), changes=PLAN.changes[:2])) == ()


def test_a_picture_touches_a_product() -> None:
    """A picture for a product that is there is a change of it."""
    image = NewImage(slot=Slot(kind=Kind.IMAGE, name="one"), address="https://pictures.example/1.png")
    change = NewPicture(product=Known(id="p1"), name="Tee", image=image, orders=())
    assert touched(change) == "your product Tee is changed"


def test_lower_counts_are_told() -> None:
    """Fewer units on a line are told apart from more."""
    revision = PLAN.changes[-1]
    assert isinstance(revision, OrderRevision)
    lower = evolve(revision.changed[0], count=Decimal(1))
    less = evolve(revision, changed=(lower,), added=(), removed=())
    assert touched(less) == "purchase order revised-number changes: 1 line set lower"


def test_purchase_orders_of_an_order() -> None:
    """What it became, what the plan makes of it, what the plan changes; another order's are not among them."""
    review = made.review(made.plain)
    key = made.order_key(made.plain)
    assert [(one.word, one.tone) for one in purchases_of(key, PLAN, review)] == [
        ("there", Tone.CALM),
        ("new", Tone.NEW),
        ("changes", Tone.WARN),
    ]
    assert purchases_of(OrderKey(portal="p", order_id="other"), PLAN, review) == ()
    assert purchases_of(key, None, None) == ()


def test_a_changed_purchase_order_stands_once() -> None:
    """One that is there and changes is told as changing only; without a delivery date none is told."""
    review = made.review(made.plain)
    key = made.order_key(made.plain)
    applied = evolve(review.book.applied[key], purchase_orders=("po-1",))
    there = evolve(review, book=evolve(review.book, applied={key: applied}))
    changes = tuple(
        evolve(one, draft=evolve(one.draft, due_on=None)) if isinstance(one, NewOrder) else one
        for one in PLAN.changes
    )
    found = purchases_of(key, evolve(PLAN, changes=changes), there)
    assert [one.word for one in found] == ["new", "changes"]
    assert "delivery" not in found[0].text
