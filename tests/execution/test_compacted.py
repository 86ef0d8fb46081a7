"""What a Bridge still does, and what it refuses, once its journal was compacted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.execution.shop import Shop

from po_bridge import MemoryJournal, Setup
from po_bridge.errors import UsedPlan
from po_bridge.sandbox.seed import OUTLETS


@pytest.fixture
def shop() -> Shop:
    """A shop whose one synced order was compacted away; new products start as drafts."""
    journal = MemoryJournal()
    shop = Shop(journal=journal, setup=Setup(outlets=OUTLETS, drafts=True))
    assert shop.sync().synced
    shop.clock.sleep(60)
    now = shop.clock.now()
    done = journal.upkeep.compact(now + timedelta(seconds=1), now)
    assert done.plans == 1
    assert done.entries > 0
    shop.asked()
    return shop


def test_undo_is_refused_by_name(shop: Shop) -> None:
    """A compacted plan is not taken back: how it went is no longer known, and nothing is written."""
    (applied,) = shop.journal.applied()
    with pytest.raises(UsedPlan, match="compacted"):
        shop.bridge.undo(applied.plan)
    assert set(shop.asked()) <= {"GET"}


def test_apply_is_refused_by_name(shop: Shop) -> None:
    """A compacted plan is still a used one."""
    (applied,) = shop.journal.applied()
    opened = shop.journal.opened(applied.plan)
    assert opened is not None
    with pytest.raises(UsedPlan, match="applied"):
        shop.another().apply(opened.plan)


def test_nothing_is_left_to_do(shop: Shop) -> None:
    """What was applied is still known: the next plan of the order is empty."""
    assert shop.plan().empty


def test_drafts_are_still_published(shop: Shop) -> None:
    """The ids of what the plan made are kept, so its drafts can still be activated."""
    (applied,) = shop.journal.applied()
    outcome = shop.bridge.publish(applied.order)
    assert outcome.synced
    assert outcome.summary.products_updated > 0
