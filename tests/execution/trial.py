"""One plan against the toy POS, run as often as one likes, each run as in a new process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import define, evolve, field
from tests.execution.drivers import nobody

from po_bridge.execution.drive import World, drive
from po_bridge.execution.event import Event, OnEvent, ignore
from po_bridge.execution.runner import LEASE_SECONDS, Runner
from po_bridge.journal import MemoryJournal
from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.book import Opened
from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import Mark
from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.planning.step import Step
from po_bridge.planning.write import Write
from po_bridge.ports.leases import Holder, Lease
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.subject import TrialClock
from po_bridge.testing.toy_pos import ToyPos
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, ToyTarget

US = Holder(host="here.example", pid=1, started="a")
THEM = Holder(host="there.example", pid=2, started="b")
KEY = "order 1"


@define
class Ledger:
    """A journal that counts its commits."""

    journal: MemoryJournal = field(factory=MemoryJournal)
    commits: list[tuple[Entry, ...]] = field(factory=list)

    def append(self, digest: str, entries: Sequence[Entry], lease: Lease) -> None:
        """Write entries."""
        self.journal.append(digest, entries, lease)
        self.commits.append(tuple(entries))

    def read(self, digest: str) -> History:
        """What was committed."""
        return self.journal.read(digest)

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last longer."""
        return self.journal.renew(lease, now, seconds)


@define(kw_only=True)
class Trial:
    """A plan, a POS and a journal."""

    capabilities: Capabilities = COARSE
    ledger: Ledger = field(factory=Ledger)
    events: list[Event] = field(factory=list)
    subject: ToySubject = field(init=False)
    plan: Plan = field(init=False)
    opened: Opened = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.subject = ToySubject(capabilities=self.capabilities)
        self.plan = sample_plan(self.capabilities)
        self.opened = Opened(plan=self.plan, at=self.clock.now())
        lease = self.lease()
        self.ledger.journal.open_plan(self.opened, lease)
        self.ledger.journal.release(lease)

    @property
    def clock(self) -> TrialClock:
        """Moves when somebody sleeps."""
        return self.subject.clock

    @property
    def pos(self) -> ToyPos:
        """The store."""
        return self.subject.remote

    @property
    def history(self) -> History:
        """What was committed."""
        return self.ledger.read(self.plan.digest)

    @property
    def states(self) -> set[State]:
        """States of the plan's steps, by what was committed."""
        progress = Progress(agenda=self.plan.agenda, history=self.history)
        return {progress.state(step) for step in self.plan.steps}

    def lease(self, holder: Holder = US) -> Lease:
        """Take the lease."""
        return self.ledger.journal.take((KEY,), holder, self.clock.now(), LEASE_SECONDS)

    def runner(self, on_event: OnEvent = ignore, target: ToyTarget | None = None) -> Runner:
        """A runner as a new process would make it."""

        def tell(event: Event) -> None:
            self.events.append(event)
            on_event(event)

        return Runner(
            target=target or self.subject.target,
            journal=self.ledger,
            opened=self.opened,
            lease=self.lease(),
            on_event=tell,
        )

    def run(self, on_event: OnEvent = ignore, target: ToyTarget | None = None) -> Runner:
        """Run to the end, whatever it is; the lease is given back as ``apply`` does."""
        runner = self.runner(on_event, target)
        try:
            drive(runner.run(), World(nobody, self.clock))
        finally:
            self.ledger.journal.release(runner.lease)
        return runner

    def marks(self, write: type[Write]) -> list[Mark]:
        """Every mark that the first step of a kind got."""
        key = self.step(write).key
        return [entry.mark for entry in self.history.entries if entry.step == key]

    def step(self, write: type[Write]) -> Step:
        """The first step of a kind."""
        return next(step for step in self.plan.steps if isinstance(step.write, write))


def undisturbed(capabilities: Capabilities) -> str:
    """What the store holds after a run without faults."""
    trial = Trial(capabilities=capabilities)
    trial.run()
    return trial.pos.digest()


def side_by_side(capabilities: Capabilities, parallel: int) -> Capabilities:
    """The same grain with several steps under way."""
    return evolve(capabilities, parallel=parallel)
