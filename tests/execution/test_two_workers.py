"""Two workers over one journal, ask by ask: one writes at a time, and who lost the lease writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import hypothesis.strategies as st
import pytest
from attrs import define, field
from hypothesis import HealthCheck, event, example, given, settings
from tests.execution.interleaved import Task, first
from tests.execution.trial import KEY, THEM, US, side_by_side, undisturbed

from po_bridge.errors import LeaseHeld, LeaseLost, UsedPlan
from po_bridge.execution.runner import LEASE_SECONDS, Runner
from po_bridge.journal import MemoryJournal
from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.book import Opened
from po_bridge.planning.history import History
from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.ports.exchange import Exchange, Lane, now, run
from po_bridge.ports.leases import Holder
from po_bridge.testing.fault import Fault, FaultKind
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.subject import TrialClock
from po_bridge.testing.toy_pos import ToyPos
from po_bridge.testing.toy_target import COARSE, FINE, ToyTarget

COARSE_END, FINE_END = undisturbed(COARSE), undisturbed(FINE)
WIDE = side_by_side(COARSE, 3)
GRAINS = pytest.mark.parametrize(
    "grain", [COARSE, FINE, WIDE, side_by_side(FINE, 3)], ids=["coarse", "fine", "coarse by 3", "fine by 3"]
)


def states(plan: Plan, history: History) -> set[State]:
    """States of a plan's steps; a refused one that was split is done when its parts are."""
    progress = Progress(agenda=plan.agenda, history=history)
    return {progress.state(step) for step in plan.steps}


@define
class Team:
    """One store, one journal, one plan, and whoever works on it."""

    grain: Capabilities
    slow: float = 0.0
    """Seconds that a write takes; slow ones make a worker renew its lease all the time."""
    clock: TrialClock = field(factory=TrialClock)
    journal: MemoryJournal = field(factory=MemoryJournal)
    pos: ToyPos = field(factory=ToyPos)
    plan: Plan = field(init=False)
    strange: list[str] = field(factory=list)
    """Writes that reached the store without the lease."""

    def __attrs_post_init__(self) -> None:
        self.plan = sample_plan(self.grain)

    @property
    def end(self) -> str:
        """What the store holds after a run that nobody disturbs."""
        return COARSE_END if self.grain.members_per_create else FINE_END

    def worker(self, holder: Holder, fault: Fault | None = None) -> Worker:
        """Somebody new who applies the plan."""
        target = ToyTarget(pos=self.pos, capabilities=self.grain)
        target.gateway.fault = fault
        worker = Worker(self, holder, target)
        target.gateway.on_change = worker.wrote
        return worker

    def finish(self) -> None:
        """Let somebody new finish what is left, after every lease has ended."""
        for _ in range(4):
            self.clock.sleep(LEASE_SECONDS + 1)
            worker = self.worker(US)
            worker.task.run()
            if isinstance(worker.task.raised, UsedPlan):
                return
            assert worker.task.raised is None
        raise AssertionError("the plan does not come to an end")

    def check(self) -> None:
        """Nothing is there twice, nothing is missing, nobody wrote without the lease, the journal is sound."""
        assert self.strange == []
        assert self.pos.digest() == self.end
        assert self.journal.upkeep.check() == ()
        assert states(self.plan, self.journal.read(self.plan.digest)) == {State.DONE}


@define
class Worker:
    """One process that applies the plan."""

    team: Team
    holder: Holder
    target: ToyTarget
    runner: Runner | None = None
    task: Task = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.task = Task(self.work(), self.team.clock)

    def work(self) -> Exchange[None]:
        """Lease, open, run, close, release; nothing is given back by one that dies."""
        journal, plan = self.team.journal, self.team.plan
        moment = yield from now()
        take = partial(journal.take, (KEY,), self.holder, moment, LEASE_SECONDS)
        lease = yield from run(take, Lane.JOURNAL)
        opened = Opened(plan=plan, at=moment)
        yield from run(partial(journal.open_plan, opened, lease), Lane.JOURNAL)
        self.runner = Runner(target=self.target, journal=journal, opened=opened, lease=lease)
        history = yield from self.runner.run()
        done = states(plan, history) == {State.DONE}
        moment = yield from now()
        close = partial(journal.close_plan, plan.digest, (), moment, self.runner.lease, finished=done)
        yield from run(close, Lane.JOURNAL)
        yield from run(partial(journal.release, self.runner.lease), Lane.JOURNAL)

    def wrote(self) -> None:
        """Note a write that reached the store while this worker does not hold the lease."""
        grant = self.team.journal._leases._grants.get(KEY)
        ours = self.runner is not None and grant is not None and grant.fence == self.runner.lease.fence
        if not ours or self.team.clock.now() >= grant.until:  # type: ignore[union-attr]  # ours says that there is one
            self.team.strange.append(f"{self.holder} at {self.team.clock.now()}")
        self.team.clock.sleep(self.team.slow)


@GRAINS
def test_the_second_is_told_who_holds_it(grain: Capabilities) -> None:
    """While one worker is at it, the second is refused with holder and moment, and writes nothing."""
    team = Team(grain)
    ours = team.worker(US)
    began = team.clock.now()
    for _ in range(20):
        ours.task.step()
        team.clock.sleep(0.1)
    theirs = team.worker(THEM)
    theirs.task.run()
    held = theirs.task.raised
    assert isinstance(held, LeaseHeld)
    assert (held.holder, held.since) == (str(US), began)
    assert theirs.target.gateway.calls == 0
    ours.task.run()
    assert ours.task.raised is None
    team.check()


SLOW = pytest.mark.parametrize("slow", [0.0, 35.0], ids=["quick", "slow"])


def pauses(grain: Capabilities, slow: float) -> int:
    """How many asks a run without trouble has, looks at the clock counted as one with what follows."""
    team = Team(grain, slow)
    worker = team.worker(US)
    steps = 0
    while not worker.task.ended:
        if worker.task.asleep and worker.task.wake:
            team.clock.moment = worker.task.wake
        worker.task.step()
        steps += 1
    return steps


@SLOW
@GRAINS
def test_a_paused_worker_writes_nothing_once_its_lease_is_lost(grain: Capabilities, slow: float) -> None:
    """Wherever a worker is paused until another took over and finished, it writes nothing more when it wakes."""
    for pause in range(2, pauses(grain, slow)):
        team = Team(grain, slow)
        ours = team.worker(US)
        for _ in range(pause):
            ours.task.step()
        team.clock.sleep(LEASE_SECONDS + 1)
        theirs = team.worker(THEM)
        theirs.task.run()
        assert theirs.task.raised is None or isinstance(theirs.task.raised, UsedPlan)
        written, entries = team.pos.version, team.journal.read(team.plan.digest).entries
        ours.task.run()
        assert isinstance(ours.task.raised, (LeaseLost, UsedPlan, type(None)))
        assert team.pos.version == written, f"paused at ask {pause}"
        assert team.journal.read(team.plan.digest).entries == entries
        team.check()


@SLOW
@GRAINS
def test_a_worker_that_slept_through_its_lease_goes_on_where_nobody_took_it(
    grain: Capabilities, slow: float
) -> None:
    """A pause longer than the lease is no harm where nobody else came: the lease is renewed, nothing is lost."""
    for pause in range(2, pauses(grain, slow)):
        team = Team(grain, slow)
        ours = team.worker(US)
        for _ in range(pause):
            ours.task.step()
        team.clock.sleep(LEASE_SECONDS + 1)
        ours.task.run()
        assert team.strange == []
        team.finish()
        team.check()


ACTIONS = st.one_of(
    st.tuples(st.just("step"), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("steps"), st.integers(0, 1), st.integers(2, 30)),
    st.tuples(st.just("sleep"), st.sampled_from([1, 30, 61, 100, 130]), st.just(0)),
    st.tuples(st.just("restart"), st.integers(0, 1), st.just(0)),
)
FAULTS = st.one_of(st.none(), st.builds(Fault, kind=st.sampled_from(FaultKind), call=st.integers(1, 12)))


@pytest.mark.parametrize("grain", [COARSE, FINE, WIDE], ids=["coarse", "fine", "coarse by 3"])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    script=st.lists(ACTIONS, max_size=60),
    slow=st.sampled_from([0.0, 35.0]),
    faults=st.lists(FAULTS, min_size=12, max_size=12),
)
@example(
    script=[("steps", 0, 14), ("steps", 0, 18)],
    slow=0.0,
    faults=[Fault(kind=FaultKind.REFUSED, call=8), *[None] * 11],
)
def test_two_workers_in_any_order(
    grain: Capabilities, script: list[Any], slow: float, faults: list[Fault | None]
) -> None:
    """However two workers are interleaved, paused, killed, and met by faults, each change is there once."""
    team, coming = Team(grain, slow), iter([*faults, *[None] * 100])
    holders = (US, THEM)
    workers = [team.worker(holder, next(coming)) for holder in holders]
    for what, number, more in script:
        if what == "sleep":
            team.clock.sleep(number)
        elif what == "restart" or workers[number].task.ended:
            if isinstance(workers[number].task.raised, (LeaseHeld, LeaseLost, UsedPlan)):
                event(type(workers[number].task.raised).__name__)
            workers[number] = team.worker(holders[number], next(coming))
        else:
            for _ in range(more if what == "steps" else 1):
                workers[number].task.step(partial(_pick, more))
    team.finish()
    team.check()


def _pick(number: int, tasks: Sequence[Task]) -> Task:
    return tasks[number % len(tasks)] if tasks else first(tasks)
