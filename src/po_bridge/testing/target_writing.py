"""The target's contract about writing: one mutating request a step, counted, marked, and honest about repeating."""

from __future__ import annotations

import pytest

from ..models.capabilities import Capabilities, Effect
from ..planning.plan import Plan
from ..planning.receipt import Absent, Done, Receipt, Refusal
from ..planning.refs_of import made_by
from ..planning.snapshot import Collection
from ..planning.step import Step
from ..ports.target import reader_of
from .asked import Asked
from .cursors import positions
from .sample_edits import EDITS, Edit
from .subject import Subject
from .target_case import Made, TargetCase, name, short


class WritingContract(TargetCase):
    """Writing when nothing goes wrong."""

    def test_a_step_is_one_mutating_request(self, subject: Subject, plan: Plan) -> None:
        """However much is read around it, a step changes the remote by one request."""
        ids: Made = {}
        for step in plan.steps:
            subject.forget()
            self.do(subject, step, ids)
            assert subject.writes <= 1, f"perform({name(step)}) must make at most one mutating request"

    def test_the_mutating_request_is_marked(self, subject: Subject, plan: Plan) -> None:
        """The runner commits an intent before what is marked ``writes``, and judges the outcome by it."""
        ids: Made = {}
        for step in plan.steps:
            asked = Asked()
            receipt = subject.drive(asked.watch(subject.target.perform(step, ids)))
            assert len(asked.writes) == 1, (
                f"perform({name(step)}) must mark its mutating request with writes=True"
            )
            ids.update(self.made(subject, step, receipt, ids) if isinstance(receipt, Receipt) else {})

    def test_a_receipt_has_an_id_for_everything_made(self, subject: Subject, plan: Plan) -> None:
        """Later steps refer to what was made by the ids of the receipt."""
        ids: Made = {}
        for step in plan.steps:
            self.do(subject, step, ids)
            missing = [str(slot) for slot in made_by(step.write) if not ids.get(slot)]
            assert not missing, f"perform({name(step)}) must give the ids of {', '.join(missing)}"

    def test_calls_are_counted_beforehand(self, subject: Subject, plan: Plan) -> None:
        """A merchant is told the calls before anything is sent."""
        ids: Made = {}
        for step in plan.steps:
            subject.forget()
            self.do(subject, step, ids)
            reader = reader_of(subject.target)
            said = subject.target.calls(step.write) + (reader.reads((step.write,)) if reader else 0)
            took = subject.calls
            assert took <= said, f"calls({name(step)}) must not promise less than it takes: {said} for {took}"

    def test_repeating_does_what_the_capabilities_say(self, subject: Subject, plan: Plan) -> None:
        """What SETS may be repeated, what is UNIQUE is refused the second time; all else counts as ADDS."""
        for step, ids in self.walk(subject, plan):
            before = subject.remote.snapshot()
            self.do(subject, step, dict(ids))
            _repeated(self, subject, step, dict(ids))
            subject.remote.restore(before)

    # --- edits and taking back

    @pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
    def test_an_edit_is_done_in_one_mutating_request(self, subject: Subject, plan: Plan, edit: Edit) -> None:
        """A line set, a line or record removed, a product updated: absent before, one request, found after."""
        step, ids = self._prepared(subject, plan, edit)
        since = positions(subject)
        early = self.probe(subject, step, ids, since)
        subject.forget()
        self._do_if_it_can(subject, step, ids)
        assert subject.writes == 1, f"perform({name(step)}) must make exactly one mutating request"
        assert isinstance(early, Absent), f"probe({name(step)}) must be absent before it, gave {short(early)}"
        found = self.probe(subject, step, ids, since)
        assert isinstance(found, Done), f"probe({name(step)}) must find what was done, gave {short(found)}"
        told = edit.told(subject, ids)
        assert told == edit.after, f"{edit.name} must read back as {edit.after}, read {told}"

    @pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
    def test_an_edit_repeated_does_what_the_capabilities_say(
        self, subject: Subject, plan: Plan, edit: Edit
    ) -> None:
        """A crash between an edit and its commit makes the runner probe; a repair may set it again."""
        step, ids = self._prepared(subject, plan, edit)
        self._do_if_it_can(subject, step, ids)
        _repeated(self, subject, step, ids)

    @pytest.mark.parametrize("edit", [one for one in EDITS if one.back], ids=lambda edit: edit.name)
    def test_what_was_edited_can_be_taken_back(self, subject: Subject, plan: Plan, edit: Edit) -> None:
        """Undoing sets the before-values, so that the store is as it was."""
        step, ids = self._prepared(subject, plan, edit)
        before = edit.told(subject, ids)
        self.do(subject, step, ids)
        back = edit.taken_back(plan, ids)
        self.do(subject, back, ids)
        told = edit.told(subject, ids)
        assert told == before, f"perform({name(back)}) must set the before-values back: {before}, read {told}"

    def _prepared(self, subject: Subject, plan: Plan, edit: Edit) -> tuple[Step, Made]:
        """The edit over a store in which the plan's order is open."""
        ids = self.written(subject, plan)
        for step in edit.prepared(plan, ids):
            self.perform(subject, step, ids)
        return edit.step(plan, ids), ids

    def _do_if_it_can(self, subject: Subject, step: Step, ids: Made) -> None:
        """Do a step that the POS may refuse altogether; a refusal must change nothing."""
        digest = subject.remote.digest()
        outcome = self.perform(subject, step, ids)
        if isinstance(outcome, Refusal):
            unchanged = subject.remote.digest() == digest
            assert unchanged, f"perform({name(step)}) must change nothing where it is refused"
            pytest.skip(f"this POS refuses {name(step)}: {outcome.words}")
        assert isinstance(outcome, Receipt), (
            f"perform({name(step)}) must answer a receipt, gave {short(outcome)}"
        )


def _repeated(case: TargetCase, subject: Subject, step: Step, ids: Made) -> None:
    effect = _effect(subject.target.capabilities, step)
    # a POS may finish its work after the answer, as with pictures: being asked again makes it
    subject.drive(subject.target.changes(Collection.PRODUCTS, ""))
    before = subject.remote.digest()
    outcome = case.perform(subject, step, ids)
    unchanged = subject.remote.digest() == before
    if effect is not Effect.ADDS:
        assert unchanged, f"{name(step)} must not be said to be {effect.name}: a second one changed the store"
    if effect is Effect.UNIQUE:
        told = isinstance(outcome, Refusal) or (isinstance(outcome, Receipt) and outcome.found)
        assert told, f"{name(step)} must not be said to be UNIQUE: a second one was neither refused nor found"
    if isinstance(outcome, Refusal):
        assert unchanged, f"perform({name(step)}) must change nothing where it is refused"


def _effect(capabilities: Capabilities, step: Step) -> Effect:
    return capabilities.effects.get(name(step), Effect.ADDS)
