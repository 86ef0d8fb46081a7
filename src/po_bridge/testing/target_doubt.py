"""The target's contract about what goes wrong: faults, and probes that find, miss, divide or ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from ..models.capabilities import Effect
from ..models.pos_product import CodeKind, ProductCode
from ..planning.plan import Plan
from ..planning.receipt import Absent, Done, Doubt, Partly, Probed, Receipt, Refusal, Unclear
from ..planning.refs import Kind, Known, Slot
from ..planning.refs_of import halves, made_by
from ..planning.step import Step
from ..planning.verdict import NotSent
from ..planning.write import AddLines, AttachImage, CreateFamily, CreateOrder, CreateSupplier, SetLine, Write
from .cursors import positions
from .fault import FaultKind
from .subject import Subject
from .target_case import Made, TargetCase, like, name, order_step, short

_AFTER = pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.BROKEN_AFTER], ids=lambda kind: kind.name)
_BEFORE = pytest.mark.parametrize(
    "kind", [FaultKind.RESET, FaultKind.BROKEN_BEFORE], ids=lambda kind: kind.name
)

_Change = Callable[[CreateOrder, Made], CreateOrder]


class DoubtContract(TargetCase):
    """Faults and probes."""

    # --- what becomes of an attempt

    def test_a_refused_step_changes_nothing(self, subject: Subject, plan: Plan) -> None:
        """A remote that says no has its own words told, and the step can be sent another time."""
        for step, ids in self.walk(subject, plan):
            before = subject.remote.digest()
            outcome = self.spoilt(subject, step, ids, FaultKind.REFUSED)
            assert subject.remote.digest() == before, (
                f"perform({name(step)}) must change nothing when refused"
            )
            if isinstance(outcome, Receipt) and isinstance(step.write, AttachImage):
                assert outcome.notes, "perform(AttachImage) must note a picture that was refused"
                continue  # a picture may be missing; the order goes on
            assert isinstance(outcome, Refusal), (
                f"perform({name(step)}) must raise Refused where the POS says no, gave {short(outcome)}"
            )
            told = outcome.words and outcome.mend
            assert told, (
                f"perform({name(step)}) must tell the POS's own words, and in `mend` who must do what"
            )

    def test_a_busy_remote_is_asked_again(self, subject: Subject, plan: Plan) -> None:
        """Come again is no refusal for good."""
        for step, ids in self.walk(subject, plan):
            outcome = self.spoilt(subject, step, ids, FaultKind.BUSY)
            again = isinstance(outcome, NotSent) or (isinstance(outcome, Refusal) and outcome.again)
            assert again, (
                f"perform({name(step)}) must raise Busy with again=True where the POS is busy, gave {short(outcome)}"
            )

    def test_a_request_that_never_left_claims_nothing(self, subject: Subject, plan: Plan) -> None:
        """What was not sent may be sent again."""
        for step, ids in self.walk(subject, plan):
            before = subject.remote.digest()
            outcome = self.spoilt(subject, step, ids, FaultKind.NOT_SENT)
            assert isinstance(outcome, (NotSent, Doubt)), (
                f"perform({name(step)}) must raise Unreachable with sent=False, gave {short(outcome)}"
            )
            assert subject.remote.digest() == before, (
                f"perform({name(step)}) must send at most once an attempt"
            )

    @_AFTER
    def test_a_lost_answer_is_doubted_and_then_found(
        self, subject: Subject, plan: Plan, kind: FaultKind
    ) -> None:
        """The outcome of a lost answer is unknown; the probe finds the change."""
        since = positions(subject)
        ids: Made = {}
        for step in plan.steps:
            outcome = self.spoilt(subject, step, ids, kind)
            assert isinstance(outcome, Doubt), (
                f"perform({name(step)}) must leave a lost answer in doubt, gave {type(outcome).__name__}"
            )
            probed = self.probe(subject, step, ids, since)
            assert isinstance(probed, Done), f"probe({name(step)}) must find what the lost answer told of"
            ids.update(self.made(subject, step, probed.receipt, ids))

    @_BEFORE
    def test_a_request_that_never_arrived_is_doubted_and_then_absent(
        self, subject: Subject, plan: Plan, kind: FaultKind
    ) -> None:
        """The outcome is unknown; the probe finds nothing."""
        since = positions(subject)
        for step, ids in self.walk(subject, plan):
            outcome = self.spoilt(subject, step, ids, kind)
            assert isinstance(outcome, (Doubt, NotSent)), (
                f"perform({name(step)}) must not claim an outcome it cannot know, gave {short(outcome)}"
            )
            probed = self.probe(subject, step, ids, since)
            assert isinstance(probed, Absent), f"probe({name(step)}) must be absent, gave {short(probed)}"

    # --- probes

    def test_a_step_that_happened_is_found(self, subject: Subject, plan: Plan) -> None:
        """A probe finds what was done, with the same ids, and says that it was found."""
        since = positions(subject)
        ids: Made = {}
        for step in plan.steps:
            before = dict(ids)
            self.do(subject, step, ids)
            probed = self.probe(subject, step, before, since)
            assert isinstance(probed, Done), (
                f"probe({name(step)}) must find what was done, gave {short(probed)}"
            )
            made = {slot: ids[slot] for slot in made_by(step.write)}
            assert self.made(subject, step, probed.receipt, before) == made, (
                f"probe({name(step)}) must find the very records"
            )
            if made:
                assert probed.receipt.found, (
                    f"probe({name(step)}) must say found=True: the record may not be ours"
                )

    def test_a_step_that_did_not_happen_is_absent(self, subject: Subject, plan: Plan) -> None:
        """A probe before the step says absent."""
        since = positions(subject)
        for step, ids in self.walk(subject, plan):
            probed = self.probe(subject, step, ids, since)
            assert isinstance(probed, Absent), (
                f"probe({name(step)}) must be absent before it, gave {short(probed)}"
            )

    def test_half_of_the_lines_is_partly(self, subject: Subject, plan: Plan) -> None:
        """A probe of lines of which a half is there asks for the other half only."""
        since = positions(subject)
        for step, ids in self.walk(subject, plan):
            parts: tuple[Write, ...] = halves(step.write) if isinstance(step.write, AddLines) else ()
            if not parts:
                continue
            before = subject.remote.snapshot()
            self.do(subject, like(step, parts[0], "half"), ids)
            probed = self.probe(subject, step, ids, since)
            assert isinstance(probed, Partly), f"probe({name(step)}) must say partly, gave {short(probed)}"
            for number, write in enumerate(probed.rest.writes):
                self.do(subject, like(step, write, str(number)), ids)
            whole = self.probe(subject, step, ids, since)
            assert isinstance(whole, Done), (
                f"probe({name(step)}) must ask for all that is missing, and no more"
            )
            subject.remote.restore(before)

    def test_a_line_with_another_count_is_neither_done_nor_absent(self, subject: Subject, plan: Plan) -> None:
        """Units that nobody expects are set, or asked about; adding again would double them."""
        ids = self.written(subject, plan)
        since = positions(subject)
        step = next(one for one in plan.steps if isinstance(one.write, AddLines))
        line = step.write.lines[0] if isinstance(step.write, AddLines) else None
        assert line is not None
        odd = SetLine(
            order=Known(id=ids[order_step(plan)[1].slot]),
            product=line.product,
            before=line.count,
            count=line.count + 7,
            cost_before=line.cost,
            cost=line.cost,
        )
        self.do(subject, like(step, odd, "odd"), ids)
        probed = self.probe(subject, step, ids, since)
        assert isinstance(probed, (Partly, Unclear)), (
            f"probe(AddLines) must set or ask about a count that is neither before nor after, gave {short(probed)}"
        )
        adds = probed.rest.writes if isinstance(probed, Partly) else ()
        sets = subject.target.capabilities.effects.get(name(step)) is Effect.SETS
        doubled = not sets and any(isinstance(write, AddLines) and line in write.lines for write in adds)
        assert not doubled, (
            "probe(AddLines) must not add units again where a count is neither before nor after"
        )

    # --- whose record it is

    def test_two_orders_that_could_be_ours_are_a_question(self, subject: Subject, plan: Plan) -> None:
        """A probe never takes the first of two: a person is asked, with both as answers."""
        probed, made = self._orders(subject, plan, 2, lambda write, _ids: write)
        if len(made) < 2:
            pytest.skip("this POS refuses a second order of one number")
        assert isinstance(probed, Unclear), (
            f"probe(CreateOrder) must ask where two orders fit, gave {short(probed)}"
        )
        answers = set(made) <= set(probed.question.answers)
        assert answers, (
            "probe(CreateOrder) must give the ids of all orders that fit as the question's answers"
        )

    def test_an_order_known_before_is_not_ours(self, subject: Subject, plan: Plan) -> None:
        """An order of the same number that stood there when the plan was made is never taken for ours."""
        probed, _made = self._orders(
            subject, plan, 1, lambda write, ids: evolve(write, known=tuple(ids.values()))
        )
        assert isinstance(probed, Absent), (
            f"probe(CreateOrder) must pass over orders in `known`, gave {short(probed)}"
        )

    def test_another_order_of_the_plan_is_not_this_one(self, subject: Subject, plan: Plan) -> None:
        """A plan with one order a ship window makes several of one number."""
        probed, _made = self._orders(subject, plan, 1, lambda write, ids: evolve(write, others=tuple(ids)))
        assert isinstance(probed, Absent), (
            f"probe(CreateOrder) must pass over orders in `others`, gave {short(probed)}"
        )

    def test_an_order_of_another_supplier_is_not_ours(self, subject: Subject, plan: Plan) -> None:
        """Numbers repeat across brands."""
        other = Slot(kind=Kind.SUPPLIER, name="Another Supplier")
        probed, _made = self._orders(subject, plan, 1, lambda write, _ids: write, supplier=other)
        assert isinstance(probed, Absent), (
            f"probe(CreateOrder) must compare the supplier, gave {short(probed)}"
        )

    def _orders(
        self,
        subject: Subject,
        plan: Plan,
        number: int,
        change: _Change,
        supplier: Slot | None = None,
    ) -> tuple[Probed, tuple[str, ...]]:
        """Make orders like the plan's, and probe the plan's own; gives what came, and the ids of the others."""
        ids: Made = {}
        for step in plan.steps:
            if isinstance(step.write, CreateSupplier):
                self.do(subject, step, ids)
                if supplier:
                    extra = CreateSupplier(slot=supplier, name=supplier.name)
                    self.do(subject, like(step, extra, "other"), ids)
        step, write = order_step(plan)
        since, made = positions(subject), Made()
        for each in range(number):
            slot = Slot(kind=Kind.ORDER, name=f"other {each}")
            theirs = evolve(write, slot=slot, supplier=supplier or write.supplier)
            outcome = self.perform(subject, like(step, theirs, str(each)), ids)
            made |= {slot: ids[slot]} if isinstance(outcome, Receipt) else {}
        probed = self.probe(subject, evolve(step, write=change(write, made)), ids, since)
        return probed, tuple(made.values())

    def test_a_name_is_found_however_it_is_spelt(self, subject: Subject, plan: Plan) -> None:
        """A supplier that is there in other letters or spaces must not be made a second time."""
        since = positions(subject)
        step = next(one for one in plan.steps if isinstance(one.write, CreateSupplier))
        spelt = "  sample   SUPPLIER"
        ids: Made = {}
        self.do(subject, step, ids)
        slot = Slot(kind=Kind.SUPPLIER, name="spelt")
        probed = self.probe(subject, like(step, CreateSupplier(slot=slot, name=spelt), "spelt"), {}, since)
        assert not isinstance(probed, Absent), (
            "probe(CreateSupplier) must compare names trimmed, in one case, with single spaces"
        )

    def test_a_family_is_told_by_its_codes(self, subject: Subject, plan: Plan) -> None:
        """A family of the same name with other codes may be somebody else's."""
        since = positions(subject)
        for step, ids in self.walk(subject, plan):
            if not isinstance(step.write, CreateFamily) or not step.write.members:
                continue
            before = subject.remote.snapshot()
            if not self._strange_family(subject, step, step.write, dict(ids)):
                pytest.skip("this POS refuses a second family of one name")
            probed = self.probe(subject, step, ids, since)
            assert not isinstance(probed, Done), (
                "probe(CreateFamily) must tell variants by their codes, not by name"
            )
            subject.remote.restore(before)

    def _strange_family(self, subject: Subject, step: Step, write: CreateFamily, ids: Made) -> bool:
        members = tuple(
            evolve(
                member,
                slot=Slot(kind=Kind.PRODUCT, name=f"strange {number}"),
                codes=(ProductCode(kind=CodeKind.CUSTOM, text=f"STRANGE{number}"),),
            )
            for number, member in enumerate(write.members)
        )
        slot = Slot(kind=Kind.FAMILY, name="strange")
        strange = like(step, evolve(write, slot=slot, members=members), "strange")
        return isinstance(self.perform(subject, strange, ids), Receipt)
