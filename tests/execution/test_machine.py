"""Bridge, sandbox, merchant, brand, faults and crashes at random: nothing twice, nothing lost, all explained."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.execution.shop import Shop

from po_bridge import Bridge, Differs, Halted, Held, Review, Synced, answer, link_to
from po_bridge.errors import LeaseHeld, Misuse, StalePlan, UsedPlan
from po_bridge.execution.event import Event, StepMarked
from po_bridge.execution.status import OrderState
from po_bridge.matching.result import NeedsReview
from po_bridge.planning.revision import FURTHER, KEEP, REMOVE
from po_bridge.planning.same_number import CREATE_ANOTHER
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.nuorder import Edit, Item, Scene
from po_bridge.sandbox.seed import DEMO_ORDER

ORDERS = (DEMO_ORDER, "240126")
SIZES = ("S", "M", "L")
WISHES = (FURTHER, REMOVE, KEEP, CREATE_ANOTHER)
"""Answers a person gives, the first that a question offers."""


class PowerCut(BaseException):
    """The worker is gone, at whatever it was doing."""


class Machine(RuleBasedStateMachine):
    """One shop through a random season."""

    @initialize()
    def open(self) -> None:
        """Begin with the seeded store."""
        self.shop = Shop()
        self.cut: int | None = None
        self.bridge = self.start()

    def start(self) -> Bridge:
        """A worker, new after every power cut."""
        return self.shop.another(on_event=self.told)

    def told(self, event: Event) -> None:
        """Cut the power at the marked event."""
        if self.cut is not None and isinstance(event, StepMarked):
            self.cut -= 1
            if self.cut < 0:
                self.cut = None
                raise PowerCut

    def decided(self, review: Review) -> Review:
        """Answer everything a plan asks."""
        for _ in range(4):
            rulings: dict[Any, Any] = {}
            for line in review.needs_review:
                if isinstance(line.match, NeedsReview) and line.match.candidates:
                    rulings[line.key] = link_to(line.match.candidates[0].product_id)
            for question in self.bridge.plan(review).blocking:
                wish = next((wish for wish in WISHES if wish in question.answers), None)
                if question.answers and question.line not in rulings:
                    rulings[question.key] = answer(wish or question.answers[0])
            if not rulings:
                return review
            review = self.bridge.decide(review, rulings)
        return review

    def sync(self, number: str) -> None:
        """Review, answer, plan and apply; an interrupted plan is resumed first."""
        self.resume()
        plan = self.bridge.plan(self.decided(self.bridge.review(number, any_status=True)))
        if plan.blocking:
            return
        with suppress(StalePlan, UsedPlan, LeaseHeld):
            outcome = self.bridge.apply(plan)
            assert all(isinstance(one, (Synced, Differs, Held, Halted)) for one in outcome.orders.values())

    def resume(self) -> None:
        """Go on with what a power cut left."""
        for row in self.bridge.status():
            if row.state is OrderState.SYNCING:
                with suppress(UsedPlan, Misuse):
                    self.bridge.resume(row.plan)

    @rule(number=st.sampled_from(ORDERS))
    def sync_order(self, number: str) -> None:
        """A quiet sync."""
        self.sync(number)

    @rule(
        number=st.sampled_from(ORDERS),
        kind=st.sampled_from([FaultKind.LOSE, FaultKind.RESET, FaultKind.BROKEN]),
        call=st.integers(1, 4),
    )
    def sync_with_a_fault(self, number: str, kind: FaultKind, call: int) -> None:
        """A sync in which one mutating call goes wrong."""
        self.shop.xseries.inject(Fault(kind=kind, method="POST", path="*", call=call))
        self.sync(number)
        self.shop.xseries.inject()

    @rule(number=st.sampled_from(ORDERS), after=st.integers(0, 8))
    def sync_with_a_power_cut(self, number: str, after: int) -> None:
        """A sync that dies in the middle; another worker goes on."""
        self.cut = after
        with suppress(PowerCut):
            self.sync(number)
        self.cut = None
        self.bridge = self.start()
        self.shop.clock.sleep(1)
        self.resume()

    @rule(size=st.sampled_from(SIZES), units=st.integers(1, 20))
    def the_brand_edits(self, size: str, units: int) -> None:
        """The rep sets a quantity."""
        item = Item(style_number="FR-1001", color="Navy", size=size, units=units)
        self.shop.nuorder.schedule([Scene(after=timedelta(0), deed=Edit(order=DEMO_ORDER, item=item))])
        self.shop.nuorder.advance()

    def open_orders(self) -> list[str]:
        """Ids of purchase orders that can still be changed."""
        shelf = self.shop.xseries.state.consignments.by_id
        return sorted(
            key for key, one in shelf.items() if one.deleted_at is None and one.status in {"OPEN", "SENT"}
        )

    @precondition(lambda self: self.open_orders())
    @rule(data=st.data(), count=st.integers(1, 9))
    def the_merchant_edits(self, data: st.DataObject, count: int) -> None:
        """The merchant changes a line in the POS."""
        order = data.draw(st.sampled_from(self.open_orders()))
        lines = self.shop.xseries.state.lines.get(order)
        if lines and lines.all_live():
            self.shop.xseries.merchant.edit_line(order, lines.all_live()[0].id, count=count)

    @precondition(lambda self: self.open_orders())
    @rule(data=st.data())
    def a_part_arrives(self, data: st.DataObject) -> None:
        """One unit of the first line is received."""
        order = data.draw(st.sampled_from(self.open_orders()))
        lines = self.shop.xseries.state.lines.get(order)
        if lines and lines.all_live():
            self.shop.xseries.merchant.arrive(order, {lines.all_live()[0].id: 1})

    @rule()
    def another_worker_syncs(self) -> None:
        """A second worker does the same order with the same journal."""
        mine = self.bridge
        self.bridge = self.start()
        self.sync(DEMO_ORDER)
        self.bridge = mine

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """No product code, supplier or brand twice; no purchase order that the journal does not know."""
        if not hasattr(self, "shop"):
            return
        state = self.shop.xseries.state
        codes = Counter(
            code.code for one in state.products.by_id.values() if one.deleted_at is None for code in one.codes
        )
        assert [code for code, number in codes.items() if number > 1] == []
        for shelf in (state.suppliers, state.brands):
            names = Counter(one.name.casefold() for one in shelf.by_id.values() if one.deleted_at is None)
            assert max(names.values()) == 1

    @invariant()
    def the_journal_knows_every_order(self) -> None:
        """Every purchase order that bears our numbers is in a lineage, or its plan is unfinished."""
        if not hasattr(self, "shop"):
            return
        rows = self.bridge.status()
        known = {key for row in rows for key in row.purchase_orders}
        unfinished = {row.number for row in rows if row.state is OrderState.SYNCING}
        for key, one in self.shop.xseries.state.consignments.by_id.items():
            if one.deleted_at is None and one.reference in ORDERS and one.reference not in unfinished:
                assert key in known

    def teardown(self) -> None:
        """At the season's end every order syncs, and then nothing is left to do."""
        if not hasattr(self, "shop"):
            return
        self.shop.xseries.inject()
        self.shop.clock.sleep(600)
        for number in ORDERS:
            self.sync(number)
            review = self.decided(self.bridge.review(number, any_status=True))
            plan = self.bridge.plan(review)
            assert plan.empty, [str(change) for change in plan.changes]
            wanted = sum((line.units for line in review.lines), Decimal(0))
            assert wanted > 0


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
