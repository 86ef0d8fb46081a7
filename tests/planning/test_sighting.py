"""The sign of a change is content and status; the date of change is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve
from tests.planning.wholesale import KEY, order

from po_bridge.models.origin import Origin
from po_bridge.models.wholesale_order import WholesaleOrder, WholesaleStatus
from po_bridge.planning.book import Applied
from po_bridge.planning.plan import Basis, Plan
from po_bridge.planning.sighting import changes_since, status_when_planned, went_back, word_of

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
