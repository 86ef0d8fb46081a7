"""A target that breaks a rule is told so in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.testing.broken import Case, told

from po_bridge.errors import PoBridgeError, Refused
from po_bridge.models.capabilities import Effect
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Unclear
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import (
    AddLines,
    CreateOrder,
    SetLine,
)
from po_bridge.ports.exchange import Exchange, Lane, run
from po_bridge.testing import TargetContract
from po_bridge.testing.fault import FaultKind
from po_bridge.testing.sample_edits import EDITS
from po_bridge.testing.toy_target import COARSE, ToyTarget
from po_bridge.testing.toy_write import write_toy

Method = Callable[..., Any]
SETTING, ADDING, *_ = EDITS


def answering(method: str, change: Callable[[Any], Any]) -> dict[str, Method]:
    """A method whose answer is changed."""

    def broken(self: ToyTarget, *args: Any) -> Exchange[Any]:
        answer = yield from getattr(ToyTarget, method)(self, *args)
        return change(answer)

    return {method: broken}


def facts(**changes: Any) -> dict[str, Method]:
    """Facts that say something else."""
    return answering("facts", lambda told: evolve(told, **changes))


def outlets(**changes: Any) -> dict[str, Method]:
    """Outlets that say something else."""
    return answering(
        "facts", lambda told: evolve(told, outlets=tuple(evolve(each, **changes) for each in told.outlets))
    )


def products(**changes: Callable[[Any], Any]) -> dict[str, Method]:
    """Products that are looked at and read otherwise."""

    def change(snapshot: Any) -> Any:
        changed = {
            key: evolve(one, **{name: of(one) for name, of in changes.items()})
            for key, one in snapshot.products.items()
        }
        return evolve(snapshot, products=changed)

    return answering("look", change)


def order(**changes: Callable[[Any], Any]) -> dict[str, Method]:
    """A purchase order that is read otherwise."""
    return answering("read_order", lambda one: evolve(one, **{name: of(one) for name, of in changes.items()}))


def lines(**changes: Callable[[Any], Any]) -> dict[str, Method]:
    """Lines that are read otherwise."""

    def change(one: Any) -> Any:
        return tuple(evolve(line, **{name: of(line) for name, of in changes.items()}) for line in one.lines)

    return order(lines=change)


def probing(change: Callable[[Any, Any], Any]) -> dict[str, Method]:
    """A probe whose finding is changed, by the write and what was found."""

    def probe(self: ToyTarget, step: Any, ids: Any, since: Any) -> Exchange[Any]:
        found = yield from ToyTarget.probe(self, step, ids, since)
        return change(step.write, found)

    return {"probe": probe}


def rewritten(change: Callable[[Any], Any], method: str = "perform") -> dict[str, Method]:
    """A step whose write is changed before it is performed or probed."""

    def broken(self: ToyTarget, step: Any, *args: Any) -> Exchange[Any]:
        return (yield from getattr(ToyTarget, method)(self, evolve(step, write=change(step.write)), *args))

    return {method: broken}


def swallowing(*kinds: FaultKind) -> dict[str, Method]:
    """An adapter that takes an error for an answer."""

    def perform(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
        try:
            return (yield from ToyTarget.perform(self, step, ids))
        except PoBridgeError:
            fault = self.gateway.fault
            if fault is None or fault.kind not in kinds:
                raise
            return Receipt()

    return {"perform": perform}


def raising(error: Callable[[], Exception], *methods: str) -> dict[str, Method]:
    """Methods that raise."""

    def broken(self: ToyTarget, *args: Any) -> Exchange[Any]:
        yield from ()
        raise error()

    return dict.fromkeys(methods, broken)


def writing_twice(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
    """Two mutating requests that pass for one."""

    def work() -> Any:
        self.gateway.call("first", lambda: None, writes=True)
        return self.gateway.call("second", lambda: write_toy(self.pos, step.write, ids), writes=True)

    return (yield from run(work, Lane.TARGET, writes=True))


def unmarked(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
    """A write that says it is a read."""
    return (yield from self._ask("write", lambda: write_toy(self.pos, step.write, ids)))


def sending_again(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
    """An adapter that retries by itself what it thinks was not sent."""

    def work() -> Any:
        try:
            return self.gateway.call("write", lambda: write_toy(self.pos, step.write, ids), writes=True)
        except PoBridgeError:
            self.gateway.call("write", lambda: write_toy(self.pos, step.write, ids), writes=True)
            raise

    return (yield from run(work, Lane.TARGET, writes=True))


def touching(self: ToyTarget, step: Any, ids: Any, since: Any) -> Exchange[Any]:
    """A probe that leaves something behind."""
    yield from self._ask("touch", lambda: None, writes=True)
    return (yield from ToyTarget.probe(self, step, ids, since))


def tireless(self: ToyTarget, collection: Any, since: str) -> Exchange[Any]:
    """A list that stands still."""
    page = yield from ToyTarget.changes(self, collection, since)
    return evolve(page, position=since, more=True)


def consuming(self: ToyTarget, collection: Any, since: str) -> Exchange[Any]:
    """A list that gives its records once."""
    page = yield from ToyTarget.changes(self, collection, since)
    yield from self._ask("forget", self.pos.tables["products"].clear)
    return page


def marking_reads(self: ToyTarget, collection: Any, since: str) -> Exchange[Any]:
    """A read that says it is a write."""
    yield from self._ask("mark", lambda: None, writes=True)
    return (yield from ToyTarget.changes(self, collection, since))


def refusing_for_good(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
    """A busy POS taken for one that refuses."""
    try:
        return (yield from ToyTarget.perform(self, step, ids))
    except Refused as busy:
        raise Refused("toy", 429, "later", what="write", mend="wait") from busy


def wordless(self: ToyTarget, step: Any, ids: Any) -> Exchange[Any]:
    """A refusal without a reason."""
    try:
        return (yield from ToyTarget.perform(self, step, ids))
    except Refused as refused:
        raise Refused("toy", 422, "", what="write", mend="") from refused


def only(kind: type, change: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Change what a probe found of one kind of write."""
    return lambda write, found: change(write, found) if isinstance(write, kind) else found


def without_a_float(amount: Decimal | None) -> Decimal | None:
    """Send an amount through a float."""
    return None if amount is None else Decimal(float(amount))


def careless_of_the_supplier(self: ToyTarget, step: Any, ids: Any, since: Any) -> Exchange[Any]:
    """A probe that looks for the number only."""
    found = yield from ToyTarget.probe(self, step, ids, since)
    rows = [row["id"] for row in self.pos.rows("orders")]
    made = isinstance(step.write, CreateOrder) and rows
    return Done(receipt=Receipt(made={step.write.slot: rows[0]}, found=True)) if made else found


def trusting_names(self: ToyTarget, step: Any, ids: Any, since: Any) -> Exchange[Any]:
    """A probe that takes a family of the same name for ours."""
    found = yield from ToyTarget.probe(self, step, ids, since)
    rows = [row for row in self.pos.rows("families") if row["name"] == getattr(step.write, "name", "")]
    return Done(receipt=Receipt(found=True)) if rows else found


def first_answer(write: Any, found: Any) -> Any:
    """Take the first of two."""
    if not isinstance(found, Unclear):
        return found
    return Done(receipt=Receipt(made={write.slot: found.question.answers[0]}, found=True))


def at_midnight(one: Any) -> Any:
    """Read a day as midnight of the universal time."""
    return one.due_at.astimezone(UTC).replace(hour=0) if one.due_at else None


def case(test: str, line: str, methods: dict[str, Method] | None = None, **more: Any) -> Case:
    """Make a case."""
    return Case(f"test_{test}", line, methods or {}, **more)


CASES = (
    case(
        "an_order_of_another_supplier_is_not_ours",
        "probe(CreateOrder) must compare the supplier",
        {"probe": careless_of_the_supplier},
    ),
    case(
        "a_name_is_found_however_it_is_spelt",
        "probe(CreateSupplier) must compare names",
        probing(lambda write, found: Absent() if getattr(write, "name", "").startswith(" ") else found),
    ),
    case(
        "a_family_is_told_by_its_codes",
        "probe(CreateFamily) must tell variants by their codes",
        {"probe": trusting_names},
    ),
    case(
        "the_store_has_a_name_and_an_identity",
        "label must name the POS",
        fields={"label": " "},
    ),
    case("the_store_has_a_name_and_an_identity", "facts() must name the store that", facts(store="another")),
    case("facts_name_outlets_zones_and_currency", "facts() must name at least one outlet", facts(outlets=())),
    case("facts_name_outlets_zones_and_currency", "facts() must name every outlet", outlets(id="another")),
    case(
        "facts_name_outlets_zones_and_currency",
        "facts() must give each outlet a time",
        outlets(zone="Eastern"),
    ),
    case(
        "facts_name_outlets_zones_and_currency", "facts() must give the currency", facts(currency="dollars")
    ),
    case(
        "reading_changes_nothing",
        "changes() must never write",
        {"changes": marking_reads},
        given={"reading": "changes products"},
    ),
    case(
        "a_list_comes_to_an_end",
        "changes() must advance while there is more",
        {"changes": tireless},
        given={"collection": Collection.PRODUCTS},
    ),
    case(
        "a_list_comes_to_an_end",
        "changes() must give the same pages",
        {"changes": consuming},
        given={"collection": Collection.PRODUCTS},
    ),
    case(
        "a_list_brings_what_was_made",
        "changes(SUPPLIERS) must bring every record",
        answering("changes", lambda page: evolve(page, records=page.records[1:])),
    ),
    case(
        "a_name_is_kept_letter_by_letter",
        "changes(SUPPLIERS) must give the name",
        rewritten(lambda write: evolve(write, name=write.name.replace("'", ""))),
    ),
    case(
        "products_are_read_as_written",
        "look() must give every product",
        answering("look", lambda seen: evolve(seen, products={})),
    ),
    case("products_are_read_as_written", "look() must tell drafts", products(active=lambda _: True)),
    case(
        "products_are_read_as_written",
        "look() must give a variant the name",
        products(name=lambda one: one.variant_name),
    ),
    case(
        "products_are_read_as_written",
        "look() must give a product as written",
        products(supply_price=lambda one: without_a_float(one.supply_price)),
    ),
    case(
        "products_are_read_as_written", "look() must give a product as written", products(codes=lambda _: ())
    ),
    case(
        "products_are_read_as_written",
        "look() must give the option values",
        products(options=lambda one: one.options[:1]),
    ),
    case(
        "a_look_leaves_out_what_is_not_there",
        "look() must leave out products and orders",
        raising(lambda: KeyError("gone"), "look"),
    ),
    case("lines_are_read_as_written", "read_order() must read the lines", order(lines=lambda _: None)),
    case(
        "lines_are_read_as_written",
        "read_order() must give each product once",
        lines(cost=lambda line: without_a_float(line.cost)),
    ),
    case(
        "lines_are_read_as_written",
        "read_order() must give each product once",
        order(lines=lambda one: one.lines * 2),
    ),
    case(
        "an_order_is_read_as_written", "read_order() must give number, supplier", order(number=lambda _: "")
    ),
    case(
        "an_order_is_read_as_written",
        "look() must give the same order",
        answering("look", lambda seen: evolve(seen, orders={})),
    ),
    case(
        "the_delivery_date_is_the_outlets_day",
        "read_order() must give the delivery date",
        order(due_at=at_midnight),
    ),
    case(
        "the_delivery_date_is_the_outlets_day",
        "read_order() must give the delivery date",
        order(due_at=lambda one: one.due_at and one.due_at + timedelta(days=1)),
    ),
    case(
        "charges_are_read_as_written",
        "read_order() must give freight and surcharge",
        order(charges=lambda one: evolve(one.charges, surcharge=abs(one.charges.surcharge))),
        capabilities=evolve(COARSE, charges=True),
    ),
    case(
        "an_unknown_order_is_not_found",
        "read_order() must raise NotFound",
        raising(lambda: KeyError("order"), "read_order"),
    ),
    case(
        "a_step_is_one_mutating_request",
        "perform(CreateOptions) must make at most one",
        {"perform": writing_twice},
    ),
    case(
        "the_mutating_request_is_marked",
        "perform(CreateOptions) must mark its mutating request",
        {"perform": unmarked},
    ),
    case(
        "a_receipt_has_an_id_for_everything_made",
        "perform(CreateOptions) must give the ids of option:Size",
        answering("perform", lambda _: Receipt()),
    ),
    case(
        "calls_are_counted_beforehand",
        "calls(CreateOptions) must not promise less than it takes",
        {"calls": lambda _self, _write: 0},
    ),
    case(
        "repeating_does_what_the_capabilities_say",
        "AddLines must not be said to be SETS",
        capabilities=evolve(COARSE, effects={"AddLines": Effect.SETS}),
    ),
    case(
        "repeating_does_what_the_capabilities_say",
        "CreateSupplier must not be said to be UNIQUE",
        capabilities=evolve(COARSE, effects={"CreateSupplier": Effect.UNIQUE}),
    ),
    case(
        "an_edit_is_done_in_one_mutating_request",
        "probe(SetLine) must be absent",
        probing(only(SetLine, lambda _w, _f: Done(receipt=Receipt()))),
        given={"edit": SETTING},
    ),
    case(
        "an_edit_is_done_in_one_mutating_request",
        "perform(SetLine) must make exactly one",
        {"perform": writing_twice},
        given={"edit": SETTING},
    ),
    case(
        "an_edit_is_done_in_one_mutating_request",
        "probe(SetLine) must find",
        probing(only(SetLine, lambda _w, _f: Absent())),
        given={"edit": SETTING},
    ),
    case(
        "an_edit_is_done_in_one_mutating_request",
        "setting a line must read back as",
        rewritten(
            lambda write: evolve(write, cost=write.cost_before) if isinstance(write, SetLine) else write
        ),
        given={"edit": SETTING},
    ),
    case(
        "an_edit_repeated_does_what_the_capabilities_say",
        "AddLines must not be said to be SETS",
        capabilities=evolve(COARSE, effects={"AddLines": Effect.SETS}),
        given={"edit": ADDING},
    ),
    case(
        "what_was_edited_can_be_taken_back",
        "perform(SetLine) must set the before-values back",
        rewritten(
            lambda write: (
                evolve(write, count=max(write.count, write.before)) if isinstance(write, SetLine) else write
            )
        ),
        given={"edit": SETTING},
    ),
    case(
        "a_refused_step_changes_nothing",
        "perform(CreateOptions) must change nothing",
        {"perform": sending_again},
    ),
    case(
        "a_refused_step_changes_nothing",
        "perform(CreateOptions) must raise Refused",
        swallowing(FaultKind.REFUSED),
    ),
    case(
        "a_refused_step_changes_nothing",
        "perform(CreateOptions) must tell the POS's own words",
        {"perform": wordless},
    ),
    case(
        "a_busy_remote_is_asked_again",
        "perform(CreateOptions) must raise Busy with again=True",
        {"perform": refusing_for_good},
    ),
    case(
        "a_request_that_never_left_claims_nothing",
        "perform(CreateOptions) must raise Unreachable",
        swallowing(FaultKind.NOT_SENT),
    ),
    case(
        "a_request_that_never_left_claims_nothing",
        "perform(CreateOptions) must send at most once",
        {"perform": sending_again},
    ),
    case(
        "a_lost_answer_is_doubted_and_then_found",
        "perform(CreateOptions) must leave a lost answer in doubt",
        swallowing(FaultKind.LOST),
        given={"kind": FaultKind.LOST},
    ),
    case(
        "a_lost_answer_is_doubted_and_then_found",
        "probe(CreateOptions) must find what the lost answer",
        probing(lambda _w, _f: Absent()),
        given={"kind": FaultKind.LOST},
    ),
    case(
        "a_request_that_never_arrived_is_doubted_and_then_absent",
        "perform(CreateOptions) must not claim",
        swallowing(FaultKind.RESET),
        given={"kind": FaultKind.RESET},
    ),
    case(
        "a_request_that_never_arrived_is_doubted_and_then_absent",
        "probe(CreateOptions) must be absent",
        probing(lambda _w, _f: Done(receipt=Receipt())),
        given={"kind": FaultKind.RESET},
    ),
    case(
        "a_step_that_happened_is_found",
        "probe(CreateOptions) must find what was done",
        probing(lambda _w, _f: Absent()),
    ),
    case(
        "a_step_that_happened_is_found",
        "probe(CreateOptions) must find the very records",
        probing(lambda _w, _f: Done(receipt=Receipt(found=True))),
    ),
    case(
        "a_step_that_happened_is_found",
        "probe(CreateOptions) must say found=True",
        probing(lambda _w, found: Done(receipt=evolve(found.receipt, found=False))),
    ),
    case("a_step_that_happened_is_found", "probe(CreateOptions) must never write", {"probe": touching}),
    case(
        "a_step_that_did_not_happen_is_absent",
        "probe(CreateOptions) must be absent before it",
        probing(lambda _w, _f: Done(receipt=Receipt())),
    ),
    case(
        "half_of_the_lines_is_partly",
        "probe(AddLines) must say partly",
        probing(only(AddLines, lambda _w, _f: Absent())),
    ),
    case(
        "half_of_the_lines_is_partly",
        "probe(AddLines) must ask for all that is missing",
        probing(
            only(
                AddLines,
                lambda write, found: (
                    Partly(rest=evolve(found.rest, writes=(write,))) if isinstance(found, Partly) else found
                ),
            )
        ),
    ),
    case(
        "a_line_with_another_count_is_neither_done_nor_absent",
        "probe(AddLines) must set or ask",
        probing(only(AddLines, lambda _w, _f: Absent())),
    ),
    case(
        "a_line_with_another_count_is_neither_done_nor_absent",
        "probe(AddLines) must not add units again",
        probing(only(AddLines, lambda write, found: Partly(rest=evolve(found.rest, writes=(write,))))),
    ),
    case(
        "two_orders_that_could_be_ours_are_a_question",
        "probe(CreateOrder) must ask where two",
        probing(first_answer),
    ),
    case(
        "two_orders_that_could_be_ours_are_a_question",
        "probe(CreateOrder) must give the ids",
        probing(only(CreateOrder, lambda _w, found: Unclear(question=evolve(found.question, answers=())))),
    ),
    case(
        "an_order_known_before_is_not_ours",
        "probe(CreateOrder) must pass over orders in `known`",
        rewritten(
            lambda write: evolve(write, known=()) if isinstance(write, CreateOrder) else write, "probe"
        ),
    ),
    case(
        "another_order_of_the_plan_is_not_this_one",
        "probe(CreateOrder) must pass over orders in `others`",
        rewritten(
            lambda write: evolve(write, others=()) if isinstance(write, CreateOrder) else write, "probe"
        ),
    ),
)


@pytest.mark.parametrize("broken", CASES, ids=str)
def test_a_broken_target_is_told_in_one_line(broken: Case) -> None:
    """The first line says what the adapter must do."""
    assert told(broken).startswith(broken.line)


def test_every_rule_was_broken() -> None:
    """No test of the suite passes whatever the adapter does."""
    rules = {name for name in dir(TargetContract) if name.startswith("test_")}
    assert rules == {one.test for one in CASES}
