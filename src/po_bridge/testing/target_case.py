"""What the suites for targets share: the subject, the plan, and steps done one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from attrs import evolve

from ..execution.attempt import attempt
from ..planning.plan import Plan
from ..planning.receipt import Probed, Receipt
from ..planning.refs import Slot
from ..planning.seen import absent_from, differences, made_of
from ..planning.snapshot import Positions
from ..planning.step import Step
from ..planning.verdict import Outcome
from ..planning.write import CreateOrder, SetStatus, Write
from ..ports.target import reader_of
from .asked import Asked
from .fault import Fault, FaultKind
from .sample import sample_plan
from .subject import Subject

Made = dict[Slot, str]
"""Remote ids of what was made so far."""


class TargetCase:
    """What an author gives: a fixture ``subject``, and what his POS differs in."""

    pictures: ClassVar[bool] = True
    """False for a POS that holds no pictures; its merchants choose so in ``Setup``."""
    unknown_order_id: ClassVar[str] = "00000000-0000-0000-0000-000000000000"
    """An id in the POS's form that no order has."""

    @pytest.fixture
    def subject(self) -> Subject:
        """The target under trial over a store with one outlet and nothing else; authors override this fixture."""
        raise NotImplementedError("override the fixture `subject`: it gives the target over an empty store")

    @pytest.fixture
    def plan(self, subject: Subject) -> Plan:
        """A plan that uses every kind of creation."""
        target = subject.target
        return sample_plan(
            target.capabilities, store=target.store, outlet_id=subject.outlet_id, pictures=self.pictures
        )

    def attempted(self, subject: Subject, step: Step, ids: Made) -> Outcome:
        """Perform a step once, as the runner does."""
        return subject.drive(attempt(subject.target.perform(step, ids)))

    def perform(self, subject: Subject, step: Step, ids: Made) -> Outcome:
        """Perform a step once, and remember what it made."""
        outcome = self.attempted(subject, step, ids)
        if isinstance(outcome, Receipt):
            ids.update(self.made(subject, step, outcome, ids))
        return outcome

    def made(self, subject: Subject, step: Step, receipt: Receipt, ids: Made) -> Made:
        """Ids of what a step made; products that the receipt leaves unread are read back."""
        made = dict(receipt.made)
        if receipt.unread:
            reader = reader_of(subject.target)
            assert reader is not None, (
                f"perform({name(step)}) must give no unread receipt without read_back()"
            )
            asked = Asked()
            found = subject.drive(asked.watch(reader.read_back((step,), ids | made, {})))
            assert not asked.writes, "read_back() must never write"
            lost = absent_from(step.write, found)
            assert not lost, f"read_back() must find what {name(step)} made: {', '.join(map(str, lost))}"
            made |= made_of(step.write, found)
            odd = differences(step.write, found, ids | made)
            assert not odd, f"perform({name(step)}) must write what is planned, read back otherwise: {odd[0]}"
        return made

    def do(self, subject: Subject, step: Step, ids: Made) -> None:
        """Perform a step that must succeed."""
        outcome = self.perform(subject, step, ids)
        assert isinstance(outcome, Receipt), (
            f"perform({name(step)}) must answer a receipt, gave {short(outcome)}"
        )

    def walk(self, subject: Subject, plan: Plan) -> Iterator[tuple[Step, Made]]:
        """Every step just before it is performed, with the ids of those before."""
        ids: Made = {}
        for step in plan.steps:
            yield step, ids
            self.do(subject, step, ids)

    def written(self, subject: Subject, plan: Plan) -> Made:
        """The ids of a plan that was performed, but for the order's status."""
        ids: Made = {}
        for step in plan.steps:
            if not isinstance(step.write, SetStatus):
                self.do(subject, step, ids)
        return ids

    def probe(self, subject: Subject, step: Step, ids: Made, since: Positions) -> Probed:
        """Probe a step, and see that nothing is written."""
        subject.forget()
        asked = Asked()
        probed = subject.drive(asked.watch(subject.target.probe(step, ids, since)))
        clean = subject.writes == 0 and not asked.writes
        assert clean, f"probe({name(step)}) must never write"
        return probed

    def spoilt(self, subject: Subject, step: Step, ids: Made, kind: FaultKind) -> Outcome:
        """Perform a step whose mutating request meets a fault."""
        subject.inject(Fault(kind=kind, call=self._writing_call(subject, step, ids)))
        outcome = self.attempted(subject, step, ids)
        subject.inject(None)
        return outcome

    def _writing_call(self, subject: Subject, step: Step, ids: Made) -> int:
        """Which call of a performance is the mutating one, found by doing it and going back."""
        before = subject.remote.snapshot()
        seen: list[int] = []
        subject.forget()
        subject.on_change(lambda: seen.append(subject.calls))
        self.attempted(subject, step, ids)
        subject.on_change(lambda: None)
        subject.remote.restore(before)
        assert seen, f"perform({name(step)}) must change the remote"
        return seen[0]


def name(step: Step) -> str:
    """The kind of write that a step is."""
    return type(step.write).__name__


def short(value: object) -> str:
    """What came instead, on one line that can be read."""
    text = " ".join(str(value).split())
    return text if len(text) <= 160 else f"{text[:160]} ..."


def order_step(plan: Plan) -> tuple[Step, CreateOrder]:
    """The step that makes the purchase order."""
    return next((step, step.write) for step in plan.steps if isinstance(step.write, CreateOrder))


def like(step: Step, write: Write, part: str) -> Step:
    """Another step that does another write in a step's place."""
    return evolve(step, key=f"{step.key}/{part}", write=write)
