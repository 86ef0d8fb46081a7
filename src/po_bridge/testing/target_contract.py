"""The contract every target must keep; inherit it and give a ``subject``.

Each failing test says in one line what the adapter must do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ..errors import NotFound
from ..execution.attempt import attempt
from ..planning.plan import Plan
from ..planning.receipt import Absent, Done, Doubt, Partly, Probed, Receipt
from ..planning.refs import Slot
from ..planning.refs_of import halves, made_by
from ..planning.snapshot import Collection, Page, Positions
from ..planning.step import Step
from ..planning.verdict import NotSent, Outcome
from ..planning.write import AddLines, CreateOrder, Write
from .fault import Fault, FaultKind
from .sample import sample_plan
from .subject import Subject


class TargetContract:
    """Happy ways, faults, probes, counting, paging and money."""

    @pytest.fixture
    def subject(self) -> Subject:
        """The target under trial over an empty store; inherit and give it."""
        raise NotImplementedError("give a fixture named subject")

    @pytest.fixture
    def plan(self, subject: Subject) -> Plan:
        """A plan that uses every kind of creation."""
        target = subject.target
        return sample_plan(target.capabilities, store=target.store, outlet_id=subject.outlet_id)

    def since(self, subject: Subject) -> Positions:
        """Positions at the end of every cursor."""
        return {collection: self._drained(subject, collection)[-1].position for collection in Collection}

    def _drained(self, subject: Subject, collection: Collection) -> list[Page]:
        pages: list[Page] = []
        position, more = "", True
        while more:
            page = subject.drive(subject.target.changes(collection, position))
            assert not page.more or page.position != position, "changes() must advance while there is more"
            position, more = page.position, page.more
            pages.append(page)
        return pages

    def _perform(self, subject: Subject, step: Step, ids: dict[Slot, str]) -> Outcome:
        outcome = subject.drive(attempt(subject.target.perform(step, ids)))
        if isinstance(outcome, Receipt):
            ids.update(outcome.made)
        return outcome

    def _walk(self, subject: Subject, plan: Plan) -> Iterator[tuple[Step, dict[Slot, str]]]:
        """Every step just before it is performed, with the ids of those before."""
        ids: dict[Slot, str] = {}
        for step in plan.steps:
            yield step, ids
            outcome = self._perform(subject, step, ids)
            assert isinstance(outcome, Receipt), f"perform({_name(step)}) must succeed here, gave {outcome}"

    def _probe(self, subject: Subject, step: Step, ids: dict[Slot, str], since: Positions) -> Probed:
        subject.forget()
        probed = subject.drive(subject.target.probe(step, ids, since))
        assert subject.writes == 0, f"probe({_name(step)}) must never write"
        return probed

    # --- happy ways ---------------------------------------------------------------------------

    def test_facts_name_currency_zone_and_outlets(self, subject: Subject) -> None:
        """Facts tell what planning needs."""
        facts = subject.drive(subject.target.facts())
        assert facts.outlets, "facts() must name at least one outlet"
        assert facts.store == subject.target.store, "facts() must name the store that the target names"
        assert all(outlet.zone for outlet in facts.outlets), "facts() must give each outlet a time zone"

    def test_every_step_makes_what_it_says_in_one_mutating_request(
        self, subject: Subject, plan: Plan
    ) -> None:
        """A step is at most one mutating request and its receipt has an id for every slot."""
        ids: dict[Slot, str] = {}
        for step in plan.steps:
            subject.forget()
            outcome = self._perform(subject, step, ids)
            assert isinstance(outcome, Receipt), (
                f"perform({_name(step)}) must answer a receipt, gave {outcome}"
            )
            assert subject.writes <= 1, f"perform({_name(step)}) must make at most one mutating request"
            missing = [str(slot) for slot in made_by(step.write) if slot not in ids]
            assert not missing, f"perform({_name(step)}) must give the ids of {missing}"

    def test_calls_are_counted_beforehand(self, subject: Subject, plan: Plan) -> None:
        """``calls`` is what performing takes when nothing goes wrong."""
        ids: dict[Slot, str] = {}
        for step in plan.steps:
            subject.forget()
            self._perform(subject, step, ids)
            said = subject.target.calls(step.write)
            assert subject.calls <= said, f"calls({_name(step)}) says {said}, performing took {subject.calls}"

    def test_what_was_written_is_read_back(self, subject: Subject, plan: Plan) -> None:
        """Counts and costs come back as Decimals, each product once."""
        ids: dict[Slot, str] = {}
        for step, known in self._walk(subject, plan):
            ids = known
            del step
        order_slot = next(step.write.slot for step in plan.steps if isinstance(step.write, CreateOrder))
        order = subject.drive(subject.target.read_order(ids[order_slot]))
        goal = {ids[line.product]: line for line in plan.goals[0].lines if isinstance(line.product, Slot)}
        assert order.lines is not None, "read_order() must read the lines"
        found = {line.product_id: (line.count, line.cost) for line in order.lines}
        wanted = {product: (line.count, line.cost) for product, line in goal.items()}
        assert found == wanted, "read_order() must give the counts and costs that were written"
        assert all(isinstance(line.count, Decimal) for line in order.lines), "counts must be Decimals"

    def test_an_unknown_order_is_not_found(self, subject: Subject) -> None:
        """An order that is not there is an error that says so."""
        with pytest.raises(NotFound):
            subject.drive(subject.target.read_order("00000000-0000-0000-0000-000000000000"))

    def test_cursors_come_to_an_end_and_bring_what_is_new(self, subject: Subject, plan: Plan) -> None:
        """Products made after a position are among its changes."""
        since = self.since(subject)
        ids: dict[Slot, str] = {}
        for step, known in self._walk(subject, plan):
            ids = known
            del step
        position, seen = since[Collection.PRODUCTS], set[str]()
        more = True
        while more:
            page = subject.drive(subject.target.changes(Collection.PRODUCTS, position))
            seen |= {record.id for record in page.records}
            position, more = page.position, page.more
        made = {remote for slot, remote in ids.items() if slot.kind.value == "product"}
        assert made <= seen, "changes(PRODUCTS) must bring every product made since the position"

    # --- faults and probes --------------------------------------------------------------------

    def test_a_step_that_happened_is_found(self, subject: Subject, plan: Plan) -> None:
        """A probe finds what was done, with the same ids."""
        since = self.since(subject)
        ids: dict[Slot, str] = {}
        for step in plan.steps:
            before = dict(ids)
            self._perform(subject, step, ids)
            probed = self._probe(subject, step, before, since)
            assert isinstance(probed, Done), f"probe({_name(step)}) must find what was done, gave {probed}"
            made = {slot: ids[slot] for slot in made_by(step.write)}
            assert dict(probed.receipt.made) == made, f"probe({_name(step)}) must find the very records"

    def test_a_step_that_did_not_happen_is_absent(self, subject: Subject, plan: Plan) -> None:
        """A probe before the step says absent."""
        since = self.since(subject)
        for step, ids in self._walk(subject, plan):
            probed = self._probe(subject, step, ids, since)
            assert isinstance(probed, Absent), f"probe({_name(step)}) must be absent before it, gave {probed}"

    @pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.BROKEN_AFTER], ids=lambda kind: kind.name)
    def test_a_lost_answer_is_doubted_and_then_found(
        self, subject: Subject, plan: Plan, kind: FaultKind
    ) -> None:
        """The outcome of a lost answer is unknown; the probe finds the change."""
        since = self.since(subject)
        ids: dict[Slot, str] = {}
        for step in plan.steps:
            fault = Fault(kind=kind, call=self._writing_call(subject, step, ids))
            subject.inject(fault)
            outcome = subject.drive(attempt(subject.target.perform(step, ids)))
            subject.inject(None)
            assert isinstance(outcome, Doubt), f"perform({_name(step)}) with a lost answer must be in doubt"
            probed = self._probe(subject, step, ids, since)
            assert isinstance(probed, Done), f"probe({_name(step)}) must find what the lost answer told of"
            ids.update(probed.receipt.made)

    @pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.BROKEN_BEFORE], ids=lambda kind: kind.name)
    def test_a_request_that_never_arrived_is_doubted_and_then_absent(
        self, subject: Subject, plan: Plan, kind: FaultKind
    ) -> None:
        """The outcome is unknown; the probe finds nothing."""
        since = self.since(subject)
        for step, ids in self._walk(subject, plan):
            subject.inject(Fault(kind=kind, call=self._writing_call(subject, step, ids)))
            outcome = subject.drive(attempt(subject.target.perform(step, ids)))
            subject.inject(None)
            assert isinstance(outcome, (Doubt, NotSent)), f"perform({_name(step)}) must not claim an outcome"
            probed = self._probe(subject, step, ids, since)
            assert isinstance(probed, Absent), f"probe({_name(step)}) must be absent, gave {probed}"

    def _writing_call(self, subject: Subject, step: Step, ids: dict[Slot, str]) -> int:
        """Which call of a performance is the mutating one, found by doing it and going back."""
        before = subject.remote.snapshot()
        seen: list[int] = []
        subject.forget()
        subject.on_change(lambda: seen.append(subject.calls))
        subject.drive(attempt(subject.target.perform(step, ids)))
        subject.on_change(lambda: None)
        subject.remote.restore(before)
        assert seen, f"perform({_name(step)}) must change the remote"
        return seen[0]

    def test_half_of_the_lines_is_partly(self, subject: Subject, plan: Plan) -> None:
        """A probe of lines of which a half is there asks for the other half only."""
        since = self.since(subject)
        for step, ids in self._walk(subject, plan):
            parts: tuple[Write, ...] = halves(step.write) if isinstance(step.write, AddLines) else ()
            if not parts:
                continue
            before = subject.remote.snapshot()
            self._perform(subject, step.child(0, parts[0], step.needs), ids)
            probed = self._probe(subject, step, ids, since)
            assert isinstance(probed, Partly), f"probe({_name(step)}) must say partly, gave {probed}"
            for number, write in enumerate(probed.rest.writes):
                self._perform(subject, step.child(number, write, step.needs), ids)
            assert isinstance(self._probe(subject, step, ids, since), Done), "the rest must complete the step"
            subject.remote.restore(before)


def _name(step: Step) -> str:
    return type(step.write).__name__
