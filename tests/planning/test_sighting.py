"""The sign of a change is content and status; the date of change is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from attrs import evolve
from hypothesis import given
from tests.planning.wholesale import AT, KEY, order

from po_bridge.models.milestone import Milestone, Reached
from po_bridge.models.origin import Origin
from po_bridge.models.wholesale_order import WholesaleOrder, WholesaleStatus
from po_bridge.planning.book import Applied
from po_bridge.planning.plan import Basis, Plan
from po_bridge.planning.sighting import (
    Sighting,
    Stood,
    changes_since,
    looked_at,
    status_when_planned,
    went_back,
    word_of,
)

APPLIED = Applied(
    order=KEY,
    number="1001",
    plan="d",
    round=1,
    at=datetime(2027, 1, 1, tzinfo=UTC),
    content="r1",
    status="synced",
)


def seen(status: WholesaleStatus = WholesaleStatus.APPROVED, revision: str = "r1") -> WholesaleOrder:
    """The order as it is now."""
    return evolve(order(), status=status, origin=Origin(system="brand", record="o1", revision=revision))


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ("approved", WholesaleStatus.APPROVED, ()),
        ("approved", WholesaleStatus.PROCESSED, ()),
        ("approved", WholesaleStatus.SHIPPED, ()),
        ("", WholesaleStatus.PENDING, ()),
        ("approved", WholesaleStatus.CANCELLED, ("cancelled with the brand",)),
        ("", WholesaleStatus.CANCELLED, ("cancelled with the brand",)),
        ("cancelled", WholesaleStatus.CANCELLED, ()),
        ("processed", WholesaleStatus.PENDING, ("went back from processed to pending",)),
        ("cancelled", WholesaleStatus.PENDING, ()),
        ("pending", WholesaleStatus.REVIEW, ()),
        ("on hold", WholesaleStatus.APPROVED, ()),
        ("approved", WholesaleStatus.OTHER, ()),
    ],
    ids=[
        "same",
        "on to processed",
        "on to shipped",
        "not known before",
        "cancelled",
        "cancelled, not known before",
        "was cancelled",
        "back",
        "reopened",
        "pending and review are one place",
        "unknown word before",
        "unknown word now",
    ],
)
def test_status(then: str, now: WholesaleStatus, words: tuple[str, ...]) -> None:
    """Going on is no change; being cancelled and going back are."""
    found = changes_since("r1", then, seen(now))
    assert len(found) == len(words)
    assert all(word in text for word, text in zip(words, found, strict=True))


def test_content() -> None:
    """Another content is a change, whatever the status; an unknown one is none."""
    assert "edited since" in changes_since("r1", "approved", seen(revision="r2"))[0]
    assert changes_since("", "approved", seen(revision="r2")) == ()
    assert len(changes_since("r1", "processed", seen(WholesaleStatus.APPROVED, "r2"))) == 2


def test_status_when_planned() -> None:
    """The status an order was applied with stands in the basis of its plan."""
    where = f"order {KEY} status"
    plan = Plan(
        store="s",
        goals=(),
        changes=(),
        steps=(),
        basis=(Basis(where=where, value="processed"),),
        losses=(),
        questions=(),
    )
    assert status_when_planned(APPLIED, plan) == "processed"
    assert status_when_planned(APPLIED, None) == ""
    assert status_when_planned(APPLIED, evolve(plan, basis=())) == ""


def test_words() -> None:
    """A word that was written down is read back; a strange one is other, and never goes back."""
    assert word_of("approved") is WholesaleStatus.APPROVED
    assert word_of("on hold") is WholesaleStatus.OTHER
    assert not went_back(WholesaleStatus.OTHER, WholesaleStatus.DRAFT)
    assert went_back(WholesaleStatus.SHIPPED, WholesaleStatus.DRAFT)


# --- what looks add up to ------------------------------------------------------------------------------

LOOKS = (
    WholesaleStatus.DRAFT,
    WholesaleStatus.PENDING,
    WholesaleStatus.REVIEW,
    WholesaleStatus.APPROVED,
    WholesaleStatus.PROCESSED,
    WholesaleStatus.SHIPPED,
    WholesaleStatus.CANCELLED,
    WholesaleStatus.OTHER,
)
NOTHING = Sighting(order=KEY, at=APPLIED.at)


def looks(applied: Applied | None, status: str, *statuses: WholesaleStatus) -> list[Sighting]:
    """What one look after the other adds up to, an hour apart."""
    found = [NOTHING]
    for hour, one in enumerate(statuses, start=1):
        found.append(looked_at(found[-1], applied, status, seen(one), APPLIED.at + timedelta(hours=hour)))
    return found[1:]


@given(statuses=st.lists(st.sampled_from(LOOKS), min_size=1, max_size=8), planned=st.sampled_from(LOOKS))
def test_furthest_never_goes_back(statuses: list[WholesaleStatus], planned: WholesaleStatus) -> None:
    """Whatever comes after what, the furthest place stays, with the moment it was first seen."""
    for applied in (None, APPLIED):
        last: Stood | None = None
        for one in looks(applied, planned.value, *statuses):
            if last is not None:
                assert one.furthest is not None
                assert not went_back(last.status, one.furthest.status)
                assert last == one.furthest or went_back(one.furthest.status, last.status)
            last = one.furthest


@given(statuses=st.lists(st.sampled_from(LOOKS), min_size=1, max_size=8), planned=st.sampled_from(LOOKS))
def test_a_step_back_is_a_change_while_it_lasts(
    statuses: list[WholesaleStatus], planned: WholesaleStatus
) -> None:
    """A look finds a change exactly where the order is cancelled, or was further on for the plan or any look."""
    *_, last = looks(APPLIED, planned.value, *statuses)
    now = statuses[-1]
    back = any(went_back(one, now) for one in (planned, *statuses))
    cancelled = WholesaleStatus.CANCELLED in {now} - {planned}
    assert bool(last.changes) is (back or cancelled)
    assert looks(None, "", *statuses)[-1].changes == ()


def test_going_on_from_the_plan_alone_is_nothing_to_keep() -> None:
    """A look that finds the order where its plan relied on it has nothing new, nor has the same look again."""
    (same,) = looks(APPLIED, "approved", WholesaleStatus.APPROVED)
    assert NOTHING.followed_by(same, AT) is None
    (on,) = looks(APPLIED, "approved", WholesaleStatus.PROCESSED)
    kept = NOTHING.followed_by(on, AT)
    assert kept is not None
    assert (kept.revision, kept.at) == (1, AT)
    again = looked_at(kept, APPLIED, "approved", seen(WholesaleStatus.PROCESSED), AT + timedelta(days=1))
    assert kept.followed_by(again, AT) is None


def test_another_plan_begins_anew() -> None:
    """What was counted from an earlier plan counts no more; milestones stay."""
    reached = (Milestone(reached=Reached.SHIPPED, source="brand", seen_at=AT),)
    *_, last = looks(APPLIED, "approved", WholesaleStatus.SHIPPED, WholesaleStatus.APPROVED)
    last = evolve(last, milestones=reached)
    assert last.changes
    anew = looked_at(last, evolve(APPLIED, plan="d2"), "approved", seen(), AT)
    assert (anew.furthest, anew.changes, anew.milestones, anew.plan) == (None, (), reached, "d2")
    assert last.about("d") is last
    assert last.followed_by(anew, AT) is None
