"""Milestones: what is stated, what follows from it, and that nothing goes back silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.planning.wholesale import AT, dec, line, order

from po_bridge.models.milestone import Milestone, Reached
from po_bridge.models.shipment import ParcelStatus, Shipment, Shipping
from po_bridge.models.wholesale_order import WholesaleStatus
from po_bridge.planning.arrived import Arrived
from po_bridge.planning.milestone_history import carried
from po_bridge.planning.milestones import Facts, milestones_of
from po_bridge.planning.sighting import Stood

NOW = AT + timedelta(days=9)
KEY = line().key
SENT, CAME = ParcelStatus.SHIPPED, ParcelStatus.DELIVERED
C, S, A, P = Reached.CREATED, Reached.SUBMITTED, Reached.APPROVED, Reached.PROCESSED
X, D, R, K = Reached.SHIPPED, Reached.DELIVERED, Reached.RECEIVED, Reached.CANCELLED


def facts(status: WholesaleStatus = WholesaleStatus.PROCESSED, **more: Any) -> Facts:
    """What is known of an order."""
    given: dict[str, Any] = {
        "order": evolve(order(), status=status),
        "source": "brand",
        "target": "shop",
        "shipping": None,
        "all_shipped": False,
        "arrived": Arrived(),
        "at": NOW,
    }
    return Facts(**(given | more))


def parcels(*statuses: ParcelStatus, words: tuple[str, ...] = ()) -> Shipping:
    """Parcels that left on days of March, one after the other."""
    sent = (Shipment(status=one, shipped_on=date(2027, 3, day)) for day, one in enumerate(statuses, start=5))
    return Shipping(shipments=tuple(sent), words=words)


def arrived(received: int, ordered: int = 10) -> Arrived:
    """Units received of one line."""
    return Arrived(ordered={KEY: dec(ordered)}, received={KEY: dec(received)})


def applied(status: WholesaleStatus | None) -> Stood | None:
    """Where the order stood when it was applied."""
    return Stood(status=status, at=AT, applied=True) if status else None


def told(case: Facts) -> list[tuple[Reached, bool, bool]]:
    """What holds: milestone, in part, inferred."""
    return [(one.reached, one.in_part, one.inferred) for one in milestones_of(case) if one.holds]


# --- from the status ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (WholesaleStatus.DRAFT, [(C, False)]),
        (WholesaleStatus.PENDING, [(C, False), (S, False)]),
        (WholesaleStatus.REVIEW, [(C, False), (S, False)]),
        (WholesaleStatus.APPROVED, [(C, False), (S, True), (A, False)]),
        (WholesaleStatus.PROCESSED, [(C, False), (S, True), (A, True), (P, False)]),
        (WholesaleStatus.SHIPPED, [(C, False), (S, True), (A, True), (P, True), (X, False)]),
        (WholesaleStatus.CANCELLED, [(C, False), (K, False)]),
        (WholesaleStatus.OTHER, [(C, False)]),
    ],
    ids=lambda value: value.name if isinstance(value, WholesaleStatus) else "",
)
def test_status(status: WholesaleStatus, expected: list[tuple[Reached, bool]]) -> None:
    """A status states itself; what must have come before it is inferred."""
    assert [(what, inferred) for what, _, inferred in told(facts(status))] == expected


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (WholesaleStatus.REVIEW, [(S, False)]),
        (WholesaleStatus.APPROVED, [(S, True), (A, False)]),
        (WholesaleStatus.SHIPPED, [(S, True), (A, True), (P, True)]),
        (WholesaleStatus.CANCELLED, []),
        (None, []),
    ],
    ids=lambda value: value.name if isinstance(value, WholesaleStatus) else "",
)
def test_cancelled_after_it_was_applied(
    then: WholesaleStatus | None, expected: list[tuple[Reached, bool]]
) -> None:
    """A cancelled order shows how far it had come when it was applied, without an earlier look."""
    case = facts(WholesaleStatus.CANCELLED, stood=applied(then))
    found = milestones_of(case)
    assert [(one.reached, one.inferred) for one in found] == [(C, False), *expected, (K, False)]
    assert {one.seen_at for one in found if one.reached in {S, A, P}} <= {AT}
    assert {one.why for one in found if one.inferred} <= {f"the order was {_word(then)} when it was applied"}


def _word(status: WholesaleStatus | None) -> str:
    return "submitted" if status is WholesaleStatus.REVIEW else status.value if status else ""


def test_times() -> None:
    """Only the creation has a time of its own; everything else was seen when it was looked at."""
    created, *rest = milestones_of(facts(WholesaleStatus.APPROVED))
    assert (created.at, created.seen_at, created.source) == (AT, NOW, "brand")
    assert all(one.at is None and one.seen_at == NOW for one in rest)


def test_creation_that_nobody_states() -> None:
    """A date of creation that is not there is not invented."""
    case = facts(WholesaleStatus.APPROVED)
    assert C not in {what for what, _, _ in told(evolve(case, order=evolve(case.order, created_at=None)))}


# --- shipping ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (facts(shipping=parcels(SENT)), [(X, True, False)]),
        (facts(shipping=parcels(SENT), all_shipped=True), [(X, False, False)]),
        (facts(shipping=parcels(CAME, SENT)), [(X, True, False), (D, True, False)]),
        (
            facts(shipping=parcels(CAME, CAME), all_shipped=True),
            [(X, True, False), (X, False, False), (D, False, False)],
        ),
        (facts(shipping=parcels(CAME, CAME)), [(X, True, False), (D, True, False)]),
        (facts(shipping=parcels(words=("partial",))), [(X, True, False)]),
        (facts(shipping=parcels(words=("shipped",))), [(X, False, False)]),
        (facts(shipping=parcels(words=("Delivered",))), [(X, False, False), (D, False, False)]),
        (facts(shipping=parcels(words=("shipped", "delivered"))), [(X, False, False), (D, True, False)]),
        (facts(shipping=parcels(words=("unshipped",))), []),
        (facts(shipping=parcels()), []),
        (facts(shipping=parcels(SENT, words=("shipped",))), [(X, True, False)]),
        (facts(shipping=parcels(ParcelStatus.RETURNED)), []),
    ],
    ids=[
        "one parcel of more",
        "one parcel with all",
        "one arrived, one on its way",
        "all arrived",
        "all that left arrived",
        "word: partial",
        "word: shipped",
        "word: delivered",
        "words of several parcels",
        "unknown word",
        "nothing",
        "parcels know better than words",
        "returned",
    ],
)
def test_shipping(case: Facts, expected: list[tuple[Reached, bool, bool]]) -> None:
    """Parcels and words say what left and what arrived, in part or whole."""
    assert [one for one in told(case) if one[0] in {X, D}] == expected


def test_days_of_shipping() -> None:
    """In part since the first parcel, whole since the last; only the day is known."""
    part, whole = [
        one
        for one in milestones_of(facts(shipping=parcels(SENT, SENT), all_shipped=True))
        if one.reached is X
    ]
    assert [(one.at.day if one.at else 0, one.whole_day) for one in (part, whole)] == [(5, True), (6, True)]


def test_status_that_says_more_than_parcels() -> None:
    """The brand's word *shipped* counts for the whole order, and the difference is said."""
    (whole,) = [
        one
        for one in milestones_of(facts(WholesaleStatus.SHIPPED, shipping=parcels(SENT)))
        if one.reached is X
    ]
    assert (whole.in_part, whole.why) == (False, "the brand says so, its parcels state less")


# --- receiving -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "in_part"), [(4, True), (10, False), (12, False)], ids=str)
def test_receiving_implies_shipping(received: int, in_part: bool) -> None:
    """Goods that arrived were shipped and delivered, which is inferred and marked so."""
    found = [one for one in told(facts(arrived=arrived(received))) if one[0] in {X, D, R}]
    assert found == [(X, in_part, True), (D, in_part, True), (R, in_part, False)]


def test_receiving_names_the_shop() -> None:
    """What follows from receiving has the POS as its source."""
    found = {one.reached: one for one in milestones_of(facts(arrived=arrived(4)))}
    assert (found[R].source, found[X].source, found[X].why) == ("shop", "shop", "goods were received")


def test_stated_shipping_is_not_inferred() -> None:
    """Where parcels are stated, receiving adds nothing to them."""
    found = told(facts(shipping=parcels(SENT), arrived=arrived(4)))
    assert (X, True, False) in found
    assert (X, True, True) not in found


def test_nothing_received_infers_nothing() -> None:
    """A count of zero is no arrival."""
    assert not {X, D, R} & {what for what, _, _ in told(facts(arrived=arrived(0)))}


# --- going back ----------------------------------------------------------------------------------------------


def test_status_behind_the_applied_one() -> None:
    """An order that stands earlier than when it was applied says what it lost, without an earlier look."""
    case = facts(WholesaleStatus.PENDING, stood=applied(WholesaleStatus.PROCESSED))
    lost = [one for one in milestones_of(case) if not one.holds]
    assert [(one.reached, one.seen_at, one.taken_back_at) for one in lost] == [(A, AT, NOW), (P, AT, NOW)]


def test_lost_status_that_parcels_prove_holds() -> None:
    """What parcels still prove is not called lost."""
    case = facts(
        WholesaleStatus.APPROVED,
        stood=applied(WholesaleStatus.SHIPPED),
        shipping=parcels(SENT),
        all_shipped=True,
    )
    assert [one.reached for one in milestones_of(case) if not one.holds] == [P]


def one(what: Reached, seen: int = 0, **more: Any) -> Milestone:
    """A milestone seen some days after the order was made."""
    return Milestone(reached=what, source="brand", seen_at=AT + timedelta(days=seen), **more)


def test_first_seen_is_kept() -> None:
    """What still holds keeps the moment at which it was first seen."""
    now, notes = carried((one(A, 5),), (one(A, 2),), NOW)
    assert [m.seen_at for m in now] == [AT + timedelta(days=2)]
    assert notes == ()


def test_stated_beats_inferred() -> None:
    """What was stated once stays stated when it only follows later; what was inferred is replaced."""
    now, _ = carried((one(A, 5, inferred=True),), (one(A, 2),), NOW)
    assert [m.inferred for m in now] == [False]
    now, _ = carried((one(X, 5),), (one(X, 2, inferred=True),), NOW)
    assert [(m.inferred, m.seen_at) for m in now] == [(False, AT + timedelta(days=5))]


def test_what_vanishes_is_told_once() -> None:
    """A milestone that no longer holds is kept as taken back, and told at the first look only."""
    first, notes = carried((one(A, 5),), (one(A, 2), one(P, 3)), NOW)
    assert [(m.reached, m.holds) for m in first] == [(A, True), (P, False)]
    assert notes == ("it went back: processed before (seen 2027-03-04 09:30 UTC), and not any more",)
    second, again = carried((one(A, 6),), first, NOW + timedelta(days=1))
    assert [(m.reached, m.taken_back_at) for m in second] == [(A, None), (P, NOW)]
    assert again == ()


def test_reached_again() -> None:
    """What was taken back and is reached again holds anew, since the new moment."""
    before = one(P, 2, taken_back_at=AT + timedelta(days=4))
    now, notes = carried((one(P, 6),), (before,), NOW)
    assert [(m.holds, m.seen_at) for m in now] == [(True, AT + timedelta(days=6))]
    assert notes == ()


def test_part_then_whole() -> None:
    """A part that became the whole stays as history and is no step back; the reverse is told."""
    now, notes = carried((one(X, 5),), (one(X, 2, in_part=True),), NOW)
    assert [(m.in_part, m.holds) for m in now] == [(True, True), (False, True)]
    assert notes == ()
    now, notes = carried((one(X, 5, in_part=True),), (one(X, 2),), NOW)
    assert [(m.in_part, m.holds) for m in now] == [(True, True), (False, False)]
    assert len(notes) == 1


def test_reopened_after_cancelling() -> None:
    """An order that was cancelled and is not any more says so."""
    _, notes = carried((one(A),), (one(K),), NOW)
    assert notes == ("it was cancelled before and is not any more",)


def test_cancelling_keeps_the_way() -> None:
    """A cancelled order was submitted and approved all the same; nothing of that is called lost."""
    now, notes = carried((one(C), one(K, 5)), (one(C), one(S), one(A)), NOW)
    assert [(m.reached, m.holds) for m in now] == [(C, True), (S, True), (A, True), (K, True)]
    assert notes == ()


def test_what_stays_lost_is_told_once() -> None:
    """A status that stays behind the applied one is told at the first look only."""
    case = facts(WholesaleStatus.PENDING, stood=applied(WholesaleStatus.APPROVED))
    first, notes = carried(milestones_of(case), (), NOW)
    assert len(notes) == 1
    second, again = carried(
        milestones_of(evolve(case, at=NOW + timedelta(days=1))), first, NOW + timedelta(days=1)
    )
    assert again == ()
    assert [m.taken_back_at for m in second if not m.holds] == [NOW]


def test_milestones_are_in_the_order_of_life() -> None:
    """However facts come in, milestones stand in the order of an order's life."""
    case = facts(shipping=parcels(CAME, SENT), arrived=arrived(10))
    ranks = [m.reached.rank for m in milestones_of(case)]
    assert ranks == sorted(ranks)
    assert ranks[0] == C.rank == 0
