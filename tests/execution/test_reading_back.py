"""Receipts that are completed later: one look for many steps, and what becomes of it in trouble."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.execution.shop import Shop
from tests.execution.trial import Trial, side_by_side, undisturbed

from po_bridge import Undone
from po_bridge.errors import Misuse, Unreachable
from po_bridge.execution.event import Event, StepMarked
from po_bridge.execution.judging import Judge
from po_bridge.planning.mark import Mark
from po_bridge.planning.outcome import Differs, Held
from po_bridge.planning.progress import State
from po_bridge.planning.receipt import Receipt, Rest
from po_bridge.planning.refs import Ids
from po_bridge.planning.seen import Found
from po_bridge.planning.snapshot import Positions
from po_bridge.planning.step import Step
from po_bridge.planning.write import AddLines, AttachImage, CreateFamily, CreateOrder, Write
from po_bridge.ports.exchange import Exchange
from po_bridge.ports.target import reader_of
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.testing.toy_reader import ToyReader
from po_bridge.testing.toy_target import FINE, ToyTarget


class Awkward(ToyReader):
    """A target whose reading back can be spoilt."""

    lost = False
    looks = 0

    def read_back(self, steps: tuple[Step, ...], ids: Ids, since: Positions) -> Exchange[Found]:
        """Read back, or be out of reach."""
        self.looks += 1
        if self.lost:
            raise Unreachable(self.label, "no route", sent=False)
        return (yield from super().read_back(steps, ids, since))


def reading(trial: Trial) -> Awkward:
    """The target of a trial, over its store."""
    return Awkward(pos=trial.pos, gateway=trial.subject.target.gateway, capabilities=trial.capabilities)


def judge(trial: Trial, causes: dict[str, str] | None = None) -> Judge:
    """What the journal says."""
    return Judge(plan=trial.plan, history=trial.history, causes=causes or {})


def test_everything_is_read_back_by_one_look_before_the_first_step_that_needs_it() -> None:
    """Each variant is a step, and so is the order: all of them go first."""
    trial = Trial(capabilities=FINE)
    target = reading(trial)
    trial.run(target=target)
    assert (target.looks, trial.states) == (1, {State.DONE})
    order = trial.step(CreateOrder).key
    marks = [(entry.step, entry.mark) for entry in trial.history.entries]
    first_done = next(place for place, (key, mark) in enumerate(marks) if mark is Mark.MADE)
    assert marks.index((order, Mark.DONE)) > first_done
    assert marks.index((trial.step(AttachImage).key, Mark.INTENDED)) > marks.index((order, Mark.INTENDED))


def test_a_look_that_fails_holds_the_order_and_a_resume_goes_on() -> None:
    """Nothing is sent again for it; what needs no id is done."""
    trial = Trial()
    target = reading(trial)
    target.lost = True
    runner = trial.run(target=target)
    assert trial.marks(CreateFamily) == [Mark.INTENDED, Mark.MADE]
    assert trial.marks(AddLines) == []
    outcome = judge(trial, runner.causes).outcome(trial.plan.goals[0], ())
    assert isinstance(outcome, Held)
    assert "read back: create draft product Sample Coat (2)" in str(outcome.causes[0])
    target.lost = False
    writes = trial.subject.target.gateway.writes
    trial.run(target=target)
    assert trial.states == {State.DONE}
    assert trial.marks(CreateFamily) == [Mark.INTENDED, Mark.MADE, Mark.DONE]
    assert trial.subject.target.gateway.writes > writes


def test_a_product_that_is_gone_is_a_question_after_the_settle_time() -> None:
    """It was made, so it is never made again."""
    trial = Trial()
    target = reading(trial)
    trial.subject.on_change(lambda: _sweep_away(trial))
    trial.run(target=target)
    assert trial.marks(CreateFamily) == [Mark.INTENDED, Mark.MADE, Mark.MADE, Mark.ASKED]
    assert trial.marks(AddLines) == []
    assert target.looks == 2


def _sweep_away(trial: Trial) -> None:
    trial.pos.tables["products"].clear()


def test_a_field_that_reads_otherwise_is_an_outcome_of_its_own() -> None:
    """The step is done, the order differs."""
    trial = Trial()
    trial.subject.on_change(lambda: _misname(trial))
    trial.run(target=reading(trial))
    assert trial.states == {State.DONE}
    outcome = judge(trial).outcome(trial.plan.goals[0], ())
    assert isinstance(outcome, Differs)
    assert "product Sample Coat / S / Red name: planned Sample Coat, found Coat" in map(
        str, outcome.differences
    )


def _misname(trial: Trial) -> None:
    for row_id, row in trial.pos.tables["products"].items():
        if row["name"] != "Coat":
            trial.pos.tables["products"][row_id] = {**row, "name": "Coat"}


class Careless(ToyTarget):
    """A target that leaves a receipt unread and cannot read back."""

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do a step."""
        yield from super().perform(step, ids)
        return Receipt(unread=True)


def test_a_target_that_cannot_read_back_must_not_leave_receipts_unread() -> None:
    """That is a mistake of the adapter, and said so."""
    trial = Trial()
    target = Careless(pos=trial.pos)
    assert reader_of(target) is None
    with pytest.raises(Misuse, match="read_back"):
        trial.run(target=target)


def test_reading_back_is_counted_beforehand() -> None:
    """One call, however many steps."""
    writes: Iterable[Write] = [step.write for step in Trial(capabilities=FINE).plan.steps]
    assert ToyReader().reads(writes) == 1
    assert ToyReader().reads([]) == 0


class _Crash(Exception):
    """The process ends."""


def _crash_before_the_look(event: Event) -> None:
    if isinstance(event, StepMarked) and event.mark is Mark.MADE:
        raise _Crash


def test_a_plan_that_crashed_before_the_look_can_be_taken_back() -> None:
    """What it made is read back first, so that all of it is known."""
    shop = Shop()
    before = {key for key, one in shop.xseries.state.products.by_id.items() if one.deleted_at is None}
    plan = shop.plan()
    with pytest.raises(_Crash):
        shop.another(on_event=_crash_before_the_look).apply(plan)
    assert any(entry.mark is Mark.MADE for entry in shop.journal.read(plan.digest).last.values())
    outcome = shop.bridge.undo(plan.digest, delete_products=True)
    assert [isinstance(one, Undone) and one.kept for one in outcome.orders.values()] == [()]
    live = {key for key, one in shop.xseries.state.products.by_id.items() if one.deleted_at is None}
    assert live == before


def test_a_plan_that_crashed_before_the_look_goes_on() -> None:
    """A resume looks, and makes nothing again."""
    shop = Shop()
    plan = shop.plan()
    with pytest.raises(_Crash):
        shop.another(on_event=_crash_before_the_look).apply(plan)
    made = [one for one in shop.xseries.log if one.request.method == "POST"]
    assert shop.bridge.apply(plan).synced
    again = [one for one in shop.xseries.log if one.request.method == "POST"][len(made) :]
    assert not {one.request.body for one in made} & {one.request.body for one in again if one.request.body}


def test_several_steps_at_once_are_read_back_once() -> None:
    """Reading back waits for everything that is under way."""
    trial = Trial(capabilities=side_by_side(FINE, 3))
    target = reading(trial)
    trial.run(target=target)
    assert (target.looks, trial.states) == (1, {State.DONE})
    assert trial.pos.digest() == undisturbed(FINE)


def test_an_undo_that_cannot_read_back_is_run_again() -> None:
    """It says what it could not find out, and another one takes everything back."""
    shop = Shop()
    before = len(shop.xseries.state.products.all_live())
    plan = shop.plan()
    with pytest.raises(_Crash):
        shop.another(on_event=_crash_before_the_look).apply(plan)
    made = next(step for step in plan.steps if isinstance(step.write, CreateFamily))
    name = made.write.name if isinstance(made.write, CreateFamily) else ""
    shop.xseries.inject(Fault(kind=FaultKind.REFUSE, status=403, path="*/products", call=1))
    outcome = shop.bridge.undo(plan.digest, delete_products=True)
    (undone,) = outcome.orders.values()
    assert isinstance(undone, Undone)
    assert any(name in words and "could not be read back" in words for words in undone.kept)
    shop.xseries.inject()
    shop.bridge.undo(plan.digest, delete_products=True)
    assert len(shop.xseries.state.products.all_live()) == before
