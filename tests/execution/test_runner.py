"""The journal before the call, the outcome after it, and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from attrs import define, field
from tests.execution.trial import THEM, US, Trial, side_by_side, undisturbed

from po_bridge.errors import Broken, LeaseHeld, LeaseLost
from po_bridge.execution.drive import AsyncWorld, adrive
from po_bridge.execution.event import Event, StepMarked, Waiting
from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.mark import Mark
from po_bridge.planning.progress import State
from po_bridge.planning.receipt import Probed, Receipt, Rest
from po_bridge.planning.refs import Ids
from po_bridge.planning.snapshot import Positions
from po_bridge.planning.step import Step
from po_bridge.planning.title import title
from po_bridge.planning.verdict import ATTEMPTS
from po_bridge.planning.write import CreateBrand, CreateFamily, CreateOptions, CreateOrder, CreateSupplier
from po_bridge.ports.exchange import Exchange, Lane, Request, Response, run, wait
from po_bridge.testing.fault import Fault, FaultKind
from po_bridge.testing.toy_target import COARSE, FINE, ToyTarget

GRAINS = pytest.mark.parametrize("grain", [COARSE, FINE], ids=["coarse", "fine"])


# --- the journal ----------------------------------------------------------------------------------


@GRAINS
def test_the_intent_is_committed_before_the_call(grain: Capabilities) -> None:
    """When the store changes, the journal says already which step is doing it, and that one only."""
    trial = Trial(capabilities=grain)
    intended: list[list[str]] = []

    def look() -> None:
        last = trial.history.last.values()
        intended.append([entry.step for entry in last if entry.mark is Mark.INTENDED])

    trial.subject.on_change(look)
    trial.run()
    assert intended == [[step.key] for step in trial.plan.steps]


@GRAINS
def test_a_completion_rides_on_the_next_intent(grain: Capabilities) -> None:
    """A run without trouble commits once a step and once at its end."""
    trial = Trial(capabilities=grain)
    trial.run()
    assert len(trial.ledger.commits) == len(trial.plan.steps) + 1
    assert [len(batch) for batch in trial.ledger.commits] == [1, *[2] * (len(trial.plan.steps) - 1), 1]


def test_an_event_is_told_after_its_commit_and_in_order() -> None:
    """What is told was written before, so another process can read it; nothing is left out."""
    trial = Trial()
    behind: list[Event] = []

    def check(event: Event) -> None:
        assert isinstance(event, StepMarked)
        behind.append(event)
        assert event.mark in {entry.mark for entry in trial.history.entries if entry.step == event.step}

    trial.run(check)
    told = [(event.step, event.mark) for event in behind if isinstance(event, StepMarked)]
    assert told == [(entry.step, entry.mark) for entry in trial.history.entries]


# --- crashes --------------------------------------------------------------------------------------


class CrashError(Exception):
    """No error of ours."""


@GRAINS
def test_an_exception_in_a_handler_stops_the_run_like_a_crash(grain: Capabilities) -> None:
    """Wherever the handler of events fails, nothing is sent after it, and the next run ends with each change once."""
    expected, number = undisturbed(grain), 0
    while True:
        number += 1
        trial = Trial(capabilities=grain)
        seen: list[int] = []

        def fail(event: Event, trial: Trial = trial, seen: list[int] = seen, number: int = number) -> None:
            seen.append(trial.subject.calls)
            if len(seen) == number:
                raise CrashError

        try:
            trial.run(fail)
        except CrashError:
            assert trial.subject.calls == seen[-1]
            trial.run()
            assert (trial.pos.digest(), trial.states) == (expected, {State.DONE})
        else:
            assert number > 2 * len(trial.plan.steps)
            return


def test_an_intent_without_outcome_is_asked_about_and_not_repeated() -> None:
    """After a crash behind the change, the record is found: one write in all."""
    trial = Trial()

    def crash() -> None:
        raise CrashError

    trial.subject.on_change(crash)
    with pytest.raises(CrashError):
        trial.run()
    trial.subject.on_change(lambda: None)
    assert trial.marks(CreateOptions) == [Mark.INTENDED]
    trial.run()
    assert trial.marks(CreateOptions) == [Mark.INTENDED, Mark.UNKNOWN, Mark.DONE]
    assert trial.pos.digest() == undisturbed(COARSE)


# --- what a remote does ---------------------------------------------------------------------------


@GRAINS
@pytest.mark.parametrize("kind", list(FaultKind), ids=lambda kind: kind.name)
def test_each_fault_at_each_call_ends_with_each_change_once(grain: Capabilities, kind: FaultKind) -> None:
    """One fault, wherever it strikes, is overcome in the same run or held and overcome in the next."""
    expected = undisturbed(grain)
    for call in range(1, len(Trial(capabilities=grain).plan.steps) + 2):
        trial = Trial(capabilities=grain)
        trial.subject.inject(Fault(kind=kind, call=call))
        trial.run()
        if State.HELD in trial.states or State.WAITING in trial.states:
            trial.run()
        assert (trial.pos.digest(), trial.states) == (expected, {State.DONE}), f"call {call}"


def test_a_step_that_was_not_sent_waits_before_it_is_sent_again() -> None:
    """The wait is told, with the moment it ends and what it is for."""
    trial = Trial()
    trial.subject.inject(Fault(kind=FaultKind.NOT_SENT, call=1))
    began = trial.clock.now()
    trial.run()
    (waiting,) = [event for event in trial.events if isinstance(event, Waiting)]
    assert began < waiting.until <= trial.clock.now()
    assert waiting.why == title(trial.step(CreateOptions).write)
    assert trial.marks(CreateOptions) == [Mark.INTENDED, Mark.NOT_SENT, Mark.INTENDED, Mark.DONE]


def test_absent_counts_only_after_the_settle_time() -> None:
    """A request that was lost may still be running: it is sent again only once the settle time is over."""
    trial = Trial()
    trial.subject.inject(Fault(kind=FaultKind.RESET, call=1))
    began = trial.clock.now()
    trial.run()
    first, second = [entry for entry in trial.history.entries if entry.mark is Mark.INTENDED][:2]
    assert first.step == second.step
    assert second.at - first.at >= timedelta(seconds=trial.capabilities.settle)
    assert trial.clock.now() - began < 2 * timedelta(seconds=trial.capabilities.settle)


def test_a_held_step_is_tried_again_by_the_next_run() -> None:
    """What the remote refuses holds what needs it and nothing else; after it was mended, resume does the rest."""
    trial = Trial()
    gateway = trial.subject.target.gateway
    gateway.refused = frozenset({"CreateBrand"})
    trial.run()
    assert trial.history.mark(trial.step(CreateBrand).key) is Mark.HELD
    assert trial.history.mark(trial.step(CreateSupplier).key) is Mark.DONE
    assert trial.history.mark(trial.step(CreateFamily).key) is None
    gateway.refused = frozenset()
    trial.run()
    assert (trial.states, trial.pos.digest()) == ({State.DONE}, undisturbed(COARSE))


def test_a_held_step_that_is_refused_again_stays_held() -> None:
    """A run tries a held step once, and ends."""
    trial = Trial()
    trial.subject.target.gateway.refused = frozenset({"CreateBrand"})
    trial.run()
    trial.run()
    again = [Mark.INTENDED, Mark.REFUSED, Mark.HELD]
    assert trial.marks(CreateBrand) == [*again, *again]


@define(kw_only=True)
class Deaf(ToyTarget):
    """Loses every answer to one kind of write, before the change."""

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do a step."""
        if isinstance(step.write, CreateBrand):
            return (yield from run(_down, Lane.TARGET, writes=True))
        return (yield from ToyTarget.perform(self, step, ids))


def _down() -> Receipt:
    raise Broken("toy", 503, "down", what="brand")


def test_a_remote_that_stays_down_ends_the_run() -> None:
    """A write that fails every time is given up for this run after so many attempts, and says why."""
    trial = Trial()
    runner = trial.run(target=Deaf(pos=trial.pos))
    key = trial.step(CreateBrand).key
    assert trial.marks(CreateBrand).count(Mark.INTENDED) == ATTEMPTS
    assert "503" in runner.causes[key]
    trial.run()
    assert trial.states == {State.DONE}


@define(kw_only=True)
class Blind(ToyTarget):
    """Cannot be asked what became of anything."""

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """Ask."""
        del step, ids, since
        return (yield from run(_unasked, Lane.TARGET))


def _unasked() -> Probed:
    raise Broken("toy", 500, "no lists today", what="list")


def test_a_probe_that_fails_leaves_its_step_alone_and_goes_on_with_the_rest() -> None:
    """The doubt stays written, the other steps are done, and the next run asks again."""
    trial = Trial()
    brand = trial.step(CreateBrand).key
    number = [step.key for step in trial.plan.steps].index(brand) + 1
    trial.subject.inject(Fault(kind=FaultKind.LOST, call=number))
    runner = trial.run(target=Blind(pos=trial.pos, gateway=trial.subject.target.gateway))
    assert "no lists today" in runner.causes[brand]
    assert trial.history.mark(brand) is Mark.UNKNOWN
    assert trial.history.mark(trial.step(CreateOrder).key) is Mark.DONE
    trial.run()
    assert (trial.states, trial.pos.digest()) == ({State.DONE}, undisturbed(COARSE))


# --- leases ---------------------------------------------------------------------------------------


def test_a_lost_lease_stops_the_run_before_anything_is_sent() -> None:
    """Whoever lost the lease cannot write its intent, so nothing leaves."""
    trial = Trial()

    def sleep_too_long(event: Event) -> None:
        if trial.subject.calls == 2:
            trial.clock.sleep(3600)
            trial.lease(THEM)

    with pytest.raises(LeaseLost):
        trial.run(sleep_too_long)
    assert trial.subject.calls == 2


@define(kw_only=True)
class Slow(ToyTarget):
    """Reads for long before each write."""

    meanwhile: Callable[[], object] = field(default=lambda: None)

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do a step."""
        yield from wait(300.0)
        yield from run(self.meanwhile, Lane.TARGET)
        return (yield from ToyTarget.perform(self, step, ids))


def test_a_lease_that_ran_out_while_the_adapter_read_is_taken_anew() -> None:
    """Reads may outlast the lease, as long as nobody else took it."""
    trial = Trial()
    trial.run(target=Slow(pos=trial.pos))
    assert trial.states == {State.DONE}


def test_no_write_leaves_without_a_lease() -> None:
    """A worker that was overtaken while its adapter read sends nothing."""
    trial = Trial()
    slow = Slow(pos=trial.pos, meanwhile=lambda: trial.lease(THEM))
    with pytest.raises(LeaseLost):
        trial.run(target=slow)
    assert (slow.gateway.writes, trial.marks(CreateOptions)) == (0, [Mark.INTENDED])


def test_a_second_worker_is_kept_out() -> None:
    """While a run goes on nobody else has the lease."""
    trial = Trial()

    def try_it(event: Event) -> None:
        with pytest.raises(LeaseHeld) as held:
            trial.lease(THEM)
        assert US.host in held.value.holder

    trial.run(try_it)


# --- several steps at once ------------------------------------------------------------------------


@pytest.mark.parametrize("parallel", [2, 3], ids=["two", "three"])
def test_steps_side_by_side_end_the_same(parallel: int) -> None:
    """With several steps under way, all intents are committed before the first of them is sent."""
    grain = side_by_side(FINE, parallel)
    trial = Trial(capabilities=grain)
    most = 0

    def look() -> None:
        nonlocal most
        last = trial.history.last.values()
        under_way = sum(entry.mark is Mark.INTENDED for entry in last)
        assert 1 <= under_way <= parallel
        most = max(most, under_way)

    trial.subject.on_change(look)
    trial.run()
    assert (trial.states, trial.pos.digest()) == ({State.DONE}, undisturbed(grain))
    assert most == parallel


def test_the_async_driver_runs_the_same() -> None:
    """The same runner under the async driver, with several steps under way."""
    trial = Trial(capabilities=side_by_side(FINE, 3))

    async def no_wire(request: Request) -> Response:
        raise AssertionError(request)

    async def main() -> None:
        world = AsyncWorld(no_wire, trial.clock)
        await adrive(trial.runner().run(), world)
        world.close()

    asyncio.run(main())
    assert (trial.states, trial.pos.digest()) == ({State.DONE}, undisturbed(FINE))
