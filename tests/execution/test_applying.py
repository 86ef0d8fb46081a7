"""Which plans are written, which are refused before anything is, and how a run goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
from attrs import evolve
from tests.stand import Stand, demo_plan, linked, seeded

from po_bridge import Bridge, Differs, Held, MemoryJournal, Plan, Synced, answer, link_to, skip
from po_bridge.errors import (
    AmbiguousNumber,
    ForeignPlan,
    LeaseHeld,
    Misuse,
    OpenQuestions,
    StalePlan,
    UnknownOrder,
    UsedPlan,
)
from po_bridge.execution.event import Event, RunEnded, RunStarted, StepMarked
from po_bridge.execution.status import OrderState
from po_bridge.planning.canonical import sealed
from po_bridge.planning.mark import Mark
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.nuorder import Edit, Item, Scene
from po_bridge.sandbox.seed import DEMO_ORDER
from po_bridge.sandbox.xseries import ALL_SCOPES, Goods


@pytest.fixture
def stand() -> Stand:
    """The seeded shop."""
    return seeded()


@pytest.fixture
def journal() -> MemoryJournal:
    """A journal that holds nothing."""
    return MemoryJournal()


@pytest.fixture
def bridge(stand: Stand, journal: MemoryJournal) -> Bridge:
    """A Bridge over both."""
    return stand.bridge(journal)


@pytest.fixture
def plan(stand: Stand, bridge: Bridge) -> Plan:
    """A plan with nothing left open; nothing of it is in the store."""
    made = demo_plan(bridge, DEMO_ORDER)
    stand.forget()
    return made


# --- refused before anything is written -----------------------------------------------------------


def foreign_store(plan: Plan) -> Plan:
    """A plan for another shop."""
    return sealed(evolve(plan, store="x-series:elsewhere"))


def broken_seal(plan: Plan) -> Plan:
    """A plan somebody changed by hand."""
    return evolve(plan, changes=plan.changes[:-1])


def newer_format(plan: Plan) -> Plan:
    """A plan of a later version."""
    return sealed(evolve(plan, format=plan.format + 1))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [(foreign_store, "store"), (broken_seal, "seal"), (newer_format, "format")],
    ids=["store", "seal", "format"],
)
def test_a_foreign_plan_is_refused(
    bridge: Bridge, stand: Stand, plan: Plan, spoil: object, what: str
) -> None:
    """A plan of another store, with a broken seal or of another format is not written."""
    assert callable(spoil)
    with pytest.raises(ForeignPlan) as foreign:
        bridge.apply(spoil(plan))
    assert foreign.value.what == what
    assert stand.writes == ()


def test_open_questions_are_listed_all_at_once(bridge: Bridge, stand: Stand) -> None:
    """Where something is left to decide, apply names every question and writes nothing."""
    plan = bridge.plan(bridge.review(DEMO_ORDER))
    with pytest.raises(OpenQuestions) as refused:
        bridge.apply(plan)
    assert refused.value.questions == tuple(str(question) for question in plan.blocking)
    assert len(plan.blocking) == 1
    assert stand.writes == ()


def test_skipping_a_line_answers_its_question(bridge: Bridge) -> None:
    """A line that is left out stops nothing, and is not on the purchase order."""
    review = bridge.review(DEMO_ORDER)
    (asked,) = review.needs_review
    plan = bridge.plan(bridge.decide(review, {asked.key: skip("not for us")}))
    outcome = bridge.apply(plan)
    assert plan.goals[0].skipped == 1
    assert outcome.synced
    assert outcome.summary.lines == len(review.lines) - 1


def test_a_ruling_about_nothing_is_refused(bridge: Bridge) -> None:
    """A decision about a line that is not on the review, or for a product that is not there, is a misuse."""
    review = bridge.review(DEMO_ORDER)
    (asked,) = review.needs_review
    with pytest.raises(Misuse):
        bridge.decide(review, {evolve(asked.key, size="XXXL"): skip()})
    with pytest.raises(Misuse, match="no product"):
        bridge.decide(review, {asked.key: link_to("no-such-product")})


def matched_product(plan: Plan) -> str:
    """A product that a line was matched to."""
    return next(basis.where.split()[1] for basis in plan.basis if basis.where.endswith(" alive"))


def test_a_plan_is_stale_where_a_deciding_field_moved(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """A matched product that was deleted since makes the plan stale; the error says what moved, then and now."""
    product = matched_product(plan)
    stand.xseries.merchant.delete_product(product)
    with pytest.raises(StalePlan) as stale:
        bridge.apply(plan)
    assert any(product in line and "was True" in line for line in stale.value.moved)
    assert stand.writes == ()


def test_a_plan_is_stale_where_the_order_was_edited(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """An order that the brand edited since is reviewed again before anything is written."""
    item = Item(style_number="FR-1001", color="Navy", size="M", units=1)
    stand.nuorder.schedule([Scene(after=timedelta(0), deed=Edit(order=DEMO_ORDER, item=item))])
    with pytest.raises(StalePlan) as stale:
        bridge.apply(plan)
    assert any("content" in line for line in stale.value.moved)
    assert stand.writes == ()


def test_a_plan_is_not_stale_because_the_shop_is_busy(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """Fields that decided nothing may move as they like, or busy shops could never apply."""
    stand.xseries.merchant.edit_product(matched_product(plan), price_excluding_tax=Decimal(99))
    stand.xseries.merchant.create_product(Goods(name="Something else", codes=("NEW-1",)))
    assert bridge.apply(plan).synced


def test_a_plan_is_applied_once(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """A plan that was applied is used up."""
    bridge.apply(plan)
    stand.forget()
    with pytest.raises(UsedPlan):
        bridge.apply(plan)
    assert stand.writes == ()


def test_of_two_plans_for_one_order_the_first_applied_wins(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """A plan that was made beside another, and not applied first, is used."""
    beside = stand.bridge(MemoryJournal(), setup=evolve(stand.setup, drafts=False))
    other = demo_plan(beside, DEMO_ORDER)
    assert other.digest != plan.digest
    bridge.apply(plan)
    stand.forget()
    with pytest.raises(UsedPlan):
        stand.bridge(journal_of(bridge), setup=evolve(stand.setup, drafts=False)).apply(other)
    assert stand.writes == ()


def journal_of(bridge: Bridge) -> MemoryJournal:
    """The journal that a Bridge writes."""
    journal = bridge._flows.journal
    assert isinstance(journal, MemoryJournal)
    return journal


@pytest.mark.parametrize("asked", ["no", "", "a/b/c", "no portal/1/2"], ids=repr)
def test_an_order_that_nobody_knows_is_named(bridge: Bridge, asked: str) -> None:
    """What is neither a number nor a key of an order is told back."""
    with pytest.raises(UnknownOrder) as unknown:
        bridge.review(asked)
    assert unknown.value.number == asked


# --- runs that stop and go on ---------------------------------------------------------------------


def without(stand: Stand, scope: str) -> None:
    """Take a scope away from the token in use."""
    token = stand.xseries.state.tokens[stand.token]
    stand.xseries.state.tokens[stand.token] = evolve(token, scopes=token.scopes - {scope})


def mended(stand: Stand) -> None:
    """Give the token every scope again."""
    token = stand.xseries.state.tokens[stand.token]
    stand.xseries.state.tokens[stand.token] = evolve(token, scopes=ALL_SCOPES)


WRITE_ORDERS = "consignments:write:stock_order"


def held(bridge: Bridge, stand: Stand, plan: Plan) -> Held:
    """Apply without the right to write orders."""
    without(stand, WRITE_ORDERS)
    (outcome,) = bridge.apply(plan).orders.values()
    assert isinstance(outcome, Held), outcome
    return outcome


def test_a_missing_scope_holds_what_needs_it(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """Products are made, the order is held, and the cause says which scope is missing."""
    (cause,) = held(bridge, stand, plan).causes
    assert WRITE_ORDERS in cause.mend
    assert "purchase order" in cause.what
    assert stand.orders == ()
    assert len(plan.steps) > 2


def test_a_refusal_at_the_door_is_not_tried_in_halves(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """A scope that is missing for the lines would be missing for each of them too: one refused call in all."""

    def revoke(event: Event) -> None:
        if isinstance(event, StepMarked) and event.title.startswith("add "):
            without(stand, WRITE_ORDERS)

    (outcome,) = stand.bridge(journal_of(bridge), on_event=revoke).apply(plan).orders.values()
    assert isinstance(outcome, Held)
    assert WRITE_ORDERS in outcome.causes[0].mend
    assert sum(what.endswith("/bulk") for what in stand.writes) == 1


def test_resume_goes_on_once_the_cause_is_mended(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """The held rest is written, what is done stays done, and the plan is named by the beginning of its digest."""
    held(bridge, stand, plan)
    mended(stand)
    made = len(stand.xseries.state.products.by_id)
    outcome = bridge.resume(plan.digest[:8])
    assert outcome.synced
    assert len(stand.xseries.state.products.by_id) == made
    assert len(stand.orders) == 1


def test_a_run_tells_how_far_it_was(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """The first event of a resumed run counts the steps that were done before, the last one tells the outcome."""
    held(bridge, stand, plan)
    mended(stand)
    events: list[Event] = []
    stand.bridge(journal_of(bridge), on_event=events.append).resume(plan.digest)
    started, ended = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert (started.done, started.steps) == (4, 6)
    assert isinstance(ended, RunEnded)
    assert ended.words == ((plan.orders[0], "synced"),)


@pytest.mark.parametrize("digest", ["", "zzz"], ids=["any of none", "none like it"])
def test_resume_needs_an_unfinished_plan(bridge: Bridge, digest: str) -> None:
    """Where no unfinished plan begins so, resume says it."""
    with pytest.raises(Misuse, match="0 unfinished plans"):
        bridge.resume(digest)


def test_a_finished_plan_is_not_resumed(bridge: Bridge, plan: Plan) -> None:
    """A plan that was applied to its end is not unfinished."""
    bridge.apply(plan)
    with pytest.raises(Misuse, match="0 unfinished plans"):
        bridge.resume(plan.digest)


def test_a_plan_that_a_later_one_replaced_is_not_resumed(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """Once a new plan of the order was opened, the held one is used."""
    held(bridge, stand, plan)
    mended(stand)
    assert bridge.apply(demo_plan(bridge, DEMO_ORDER)).synced
    stand.forget()
    with pytest.raises(UsedPlan, match="later plan"):
        bridge.resume(plan.digest)
    assert stand.writes == ()


def test_a_plan_that_is_being_taken_back_is_not_resumed(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """An undo that was interrupted is finished by undo, not by writing again what was taken back."""

    class StopError(Exception):
        """Like a crash."""

    def stop(event: Event) -> None:
        if isinstance(event, StepMarked) and event.mark is Mark.UNDOING:
            raise StopError

    bridge.apply(plan)
    with pytest.raises(StopError):
        stand.bridge(journal_of(bridge), on_event=stop).undo(plan.digest)
    with pytest.raises(UsedPlan, match="undo"):
        bridge.resume(plan.digest)
    bridge.undo(plan.digest)
    assert stand.orders == ()


def test_a_lost_answer_is_found_and_not_written_twice(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """The order was made and nobody heard it: the probe finds it, one order is there."""
    stand.xseries.inject(Fault(kind=FaultKind.LOSE, method="POST", path="*/consignments"))
    assert bridge.apply(plan).synced
    assert len(stand.orders) == 1
    assert sum(what.endswith("/consignments") for what in stand.writes) == 1


def test_a_run_in_progress_keeps_others_out(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """While one worker writes, another that wants the same order is told who holds it."""
    told: list[LeaseHeld] = []
    other = stand.bridge(journal_of(bridge))

    def try_it(event: Event) -> None:
        if isinstance(event, RunStarted):
            with pytest.raises(LeaseHeld) as refused:
                other.apply(plan)
            told.append(refused.value)

    assert stand.bridge(journal_of(bridge), on_event=try_it).apply(plan).synced
    assert len(told) == 1


def test_a_stopped_run_lets_go_of_its_lease(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """After Ctrl-C in the middle of a call, the same process can resume at once."""

    class StoppingTransport(httpx.BaseTransport):
        """Is interrupted at the first write."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            """Answer."""
            if request.method != "GET":
                raise KeyboardInterrupt
            return stand.transport.handle_request(request)

    with httpx.Client(transport=StoppingTransport()) as client, pytest.raises(KeyboardInterrupt):
        stand.bridge(journal_of(bridge), http=client).apply(plan)
    assert bridge.status()[0].state is OrderState.SYNCING
    assert bridge.resume(plan.digest).synced


# --- verification ---------------------------------------------------------------------------------


def at_the_end(stand: Stand, journal: MemoryJournal, plan: Plan, do: Callable[[], object]) -> Bridge:
    """A Bridge where something happens between the last write and the reading back."""

    def tell(event: Event) -> None:
        if isinstance(event, StepMarked) and event.step == plan.steps[-1].key and event.mark is Mark.DONE:
            do()

    return stand.bridge(journal, on_event=tell)


def test_what_is_read_back_otherwise_is_told(
    stand: Stand, journal: MemoryJournal, bridge: Bridge, plan: Plan
) -> None:
    """A line that reads otherwise than planned makes the order differ, with what was planned and what was found."""

    def meddle() -> None:
        (order,) = stand.orders
        stand.xseries.merchant.edit_line(order["id"], next(iter(order["lines"])), count=77)

    (outcome,) = at_the_end(stand, journal, plan, meddle).apply(plan).orders.values()
    assert isinstance(outcome, Differs)
    assert any(difference.found == "77" for difference in outcome.differences)
    (row,) = bridge.status()
    assert row.state is OrderState.ATTENTION
    assert row.reasons == tuple(str(difference) for difference in outcome.differences)


def test_what_cannot_be_read_back_is_held_until_it_can(
    stand: Stand, journal: MemoryJournal, bridge: Bridge, plan: Plan
) -> None:
    """Everything was written, only the check is missing: resume makes it, and writes nothing."""

    def break_reads() -> None:
        stand.xseries.inject(Fault(kind=FaultKind.BROKEN, method="GET", path="*/consignments/*", times=100))

    (outcome,) = at_the_end(stand, journal, plan, break_reads).apply(plan).orders.values()
    assert isinstance(outcome, Held)
    assert "503" in outcome.causes[0].words
    assert "resume" in outcome.causes[0].mend
    assert outcome.purchase_orders == (stand.orders[0]["id"],)
    stand.xseries.inject()
    stand.forget()
    (checked,) = bridge.resume(plan.digest).orders.values()
    assert isinstance(checked, Synced)
    assert stand.writes == ()


def test_the_book_knows_when_and_what(bridge: Bridge, stand: Stand, plan: Plan) -> None:
    """Afterwards the status names the purchase order and when the plan was closed, and a new plan is empty."""
    stand.xseries.inject(Fault(kind=FaultKind.RESET, method="POST", path="*/consignments"))
    began = stand.clock.now()
    bridge.apply(plan)
    (row,) = bridge.status()
    assert row.state is OrderState.SYNCED
    assert row.purchase_orders == (stand.orders[0]["id"],)
    assert began + timedelta(seconds=stand.settle) <= row.at <= stand.clock.now()
    assert bridge.plan(linked(bridge, bridge.review(DEMO_ORDER))).empty


def test_two_portals_may_bear_one_number(bridge: Bridge) -> None:
    """A number that two portals bear is answered with both keys; a key finds its order."""
    with pytest.raises(AmbiguousNumber) as ambiguous:
        bridge.review("240125")
    assert len(ambiguous.value.keys) == 2
    for key in ambiguous.value.keys:
        assert [str(order.key) for order in bridge.review(key).orders] == [key]


def test_several_orders_share_what_they_create(bridge: Bridge, stand: Stand) -> None:
    """Two orders in one review: one plan, one outcome each, and nothing shared is made twice."""
    keys = [str(row.order.key) for row in bridge.orders() if row.order.number in {DEMO_ORDER, "240125"}]
    plan = demo_plan(bridge, *keys)
    if plan.blocking:
        answers = {q.key: answer(q.answers[0]) for q in plan.blocking if q.answers}
        plan = bridge.plan(bridge.decide(linked(bridge, bridge.review(*keys)), answers))
    outcome = bridge.apply(plan)
    assert len(outcome.orders) == len(stand.orders) == 3
    assert outcome.synced, outcome.orders
    names = [one.name.casefold() for one in stand.xseries.state.brands.all_live()]
    assert len(names) == len(set(names))
