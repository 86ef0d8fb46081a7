"""``--dry-run``: the same calls on a copy of the journal, and a store that nothing reaches."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager

from attrs import define, evolve, field, frozen

from ..execution.bridge import Bridge
from ..execution.event import Event, OnEvent, RunStarted
from ..models.capabilities import Capabilities
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.outcome import Outcome
from ..planning.receipt import Probed, Receipt, Rest
from ..planning.refs import Ids
from ..planning.snapshot import Collection, Page, Positions, Snapshot, Wanted
from ..planning.step import Step
from ..planning.title import title
from ..planning.write import Write
from ..ports.exchange import Exchange
from ..ports.target import Target
from .config import read_config
from .desk import Desk, opened, shown
from .exit_code import ExitCode
from .foretelling import foretell, foretell_none
from .journal_copy import copied
from .options import Options


class Enough(Exception):
    """A run that is only rehearsed would begin to write now."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        """Digest of the plan."""
        super().__init__(plan)


@frozen
class Unwritten:
    """A store that is read and never written: it says *done* to every write, and notes it."""

    real: Target
    """The store."""
    noted: list[str]
    """Writes in the order they would be made, in words."""

    @property
    def store(self) -> str:
        """As the store says."""
        return self.real.store

    @property
    def label(self) -> str:
        """As the store says."""
        return self.real.label

    @property
    def capabilities(self) -> Capabilities:
        """As the store says, and nothing is waited for."""
        return evolve(self.real.capabilities, settle=0.0)

    def facts(self) -> Exchange[StoreFacts]:
        """As the store says."""
        return self.real.facts()

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """As the store says."""
        return self.real.changes(collection, since)

    def look(self, wanted: Wanted, since: Positions) -> Exchange[Snapshot]:
        """As the store says."""
        return self.real.look(wanted, since)

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:  # noqa: ARG002  # the port's
        """Note what would be written."""
        self.noted.append(title(step.write))
        yield from ()
        return Receipt()

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        """As the store says."""
        return self.real.probe(step, ids, since)

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """As the store says."""
        return self.real.read_order(order_id)

    def calls(self, write: Write) -> int:
        """As the store says."""
        return self.real.calls(write)


@define(kw_only=True)
class Rehearsal:
    """A Bridge that writes nothing anywhere but into its cache."""

    desk: Desk
    """Works with a copy of the journal, which is thrown away."""
    writes: list[str] = field(factory=list)
    """What would be written, in words, in order."""


def rehearse(options: Options, call: Callable[[Bridge], Outcome]) -> ExitCode:
    """Run a call of the face that writes a plan, up to its first write, and show what would be written."""
    with rehearsal(options) as unwritten:
        at = unwritten.desk
        try:
            call(at.bridge)
        except Enough as stop:
            plans = {opened.plan.digest: opened.plan for opened in at.journal.unfinished()}
            plan = plans[stop.plan]
            return foretell(options, plan, at.journal.read(plan.digest))
    return foretell_none(options, "nothing is left to write")


@contextmanager
def rehearsal(options: Options) -> Generator[Rehearsal]:
    """As ``desk`` for a command that is only rehearsed; a run ends with ``Enough`` where it would begin to write."""
    config = read_config(options.config, os.environ)
    noted: list[str] = []
    with copied(config) as copy, shown(config) as progress:
        target = Unwritten(real=config.target, noted=noted)
        with opened(copy, _stopping(progress), target=target) as at:
            yield Rehearsal(desk=at, writes=noted)


def _stopping(on_event: OnEvent) -> OnEvent:
    def take(event: Event) -> None:
        if isinstance(event, RunStarted):
            raise Enough(event.plan)
        on_event(event)

    return take
