"""Every change comes apart into steps that any target can take, each after what it needs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from tests.planning.change_strategies import COARSE, FINE, GRAINS, RECORDS, changes

from po_bridge.errors import Misuse
from po_bridge.models.capabilities import Capabilities
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.planning.agenda import Agenda
from po_bridge.planning.change import (
    Change,
    MoreMembers,
    NewFamily,
    NewImage,
    NewOrder,
    NewPicture,
    NewRecord,
    OrderRevision,
    change_key,
)
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.refs_of import made_by, used_by
from po_bridge.planning.steps import steps_of
from po_bridge.planning.write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateFamily,
    CreateOptions,
    LineAdd,
    Member,
    Remove,
    SetLine,
    SetStatus,
)
from po_bridge.testing.sample import ORDER, sample_changes

BOTH = pytest.mark.parametrize("grain", [COARSE, FINE], ids=["coarse", "fine"])


@given(changes(), GRAINS)
def test_keys_are_unique(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """No two steps of a plan share a key, whatever the grain."""
    keys = [step.key for step in steps_of(planned, grain)]
    assert len(set(keys)) == len(keys)


@given(changes(), GRAINS)
def test_needs_come_first(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """A step stands behind every step that it waits for, and waits for none that is not there."""
    seen: set[str] = set()
    for step in steps_of(planned, grain):
        assert set(step.needs) <= seen
        seen.add(step.key)


@given(changes(), GRAINS)
def test_what_is_used_was_made_before_and_once(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """Each slot is made by one step, and every user of it waits for that one."""
    makers: dict[Slot, str] = {}
    for step in steps_of(planned, grain):
        assert {makers[used] for used in used_by(step.write)} <= set(step.needs)
        for made in made_by(step.write):
            assert made not in makers
            makers[made] = step.key


@given(changes(), GRAINS)
def test_equal_changes_give_equal_steps(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """Steps are a pure function of changes and grain."""
    assert steps_of(planned, grain) == steps_of(planned, grain)


@given(changes(), GRAINS)
def test_every_step_belongs_to_a_change_and_its_orders(
    planned: tuple[Change, ...], grain: Capabilities
) -> None:
    """A step names a change of the plan, and the orders that need it."""
    known = {change_key(change): change for change in planned}
    for step in steps_of(planned, grain):
        assert step.change in known
        assert set(known[step.change].orders) <= set(step.orders)


def members_of(planned: Sequence[Change]) -> list[Member]:
    """Every member that the changes make, in order."""
    return [
        one for change in planned if isinstance(change, (NewFamily, MoreMembers)) for one in change.members
    ]


@given(changes(), GRAINS)
def test_every_member_is_made_once_and_no_call_takes_too_many(
    planned: tuple[Change, ...], grain: Capabilities
) -> None:
    """Members are divided over creation and additions as the target takes them, none lost, in order."""
    made: list[Member] = []
    for step in steps_of(planned, grain):
        match step.write:
            case CreateFamily():
                assert len(step.write.members) <= max(
                    grain.members_per_create, 0 if step.write.options else 1
                )
                made += step.write.members
            case AddMembers():
                assert 1 <= len(step.write.members) <= grain.members_per_add
                made += step.write.members
            case _:
                continue
    assert made == members_of(planned)


def lines_of(planned: Sequence[Change]) -> list[tuple[str, str]]:
    """Products and counts of every line that the changes add, in order."""
    found = [line for change in planned if isinstance(change, NewOrder) for line in change.lines]
    added = [line for change in planned if isinstance(change, OrderRevision) for line in change.added]
    told = [(str(line.product), str(line.count)) for line in found]
    return sorted([*told, *((str(line.product), str(line.count)) for line in added)])


@given(changes(), GRAINS)
def test_every_line_is_added_once_and_no_call_takes_too_many(
    planned: tuple[Change, ...], grain: Capabilities
) -> None:
    """Lines are divided as the target takes them; new ones start from zero."""
    added: list[LineAdd] = []
    for step in steps_of(planned, grain):
        if isinstance(step.write, AddLines):
            assert 1 <= len(step.write.lines) <= grain.lines_per_add
            added += step.write.lines
    assert sorted((str(line.product), str(line.count)) for line in added) == lines_of(planned)


@given(changes(), GRAINS)
def test_every_line_of_a_revision_is_set_or_removed_once(
    planned: tuple[Change, ...], grain: Capabilities
) -> None:
    """A changed line is one call that sets it, a removed one a call that knows what it removes."""
    revisions = [change for change in planned if isinstance(change, OrderRevision)]
    writes = [step.write for step in steps_of(planned, grain)]
    assert [
        (one.order, one.product, one.before, one.count) for one in writes if isinstance(one, SetLine)
    ] == [
        (change.order, line.product, line.before, line.count)
        for change in revisions
        for line in change.changed
    ]
    assert [(one.within, one.target, one.before) for one in writes if isinstance(one, Remove)] == [
        (change.order, line.product, line.before) for change in revisions for line in change.removed
    ]


@given(changes(), GRAINS)
def test_a_status_waits_for_everything_of_its_order(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """An order is marked as sent behind its last line, and only where the target can."""
    steps = steps_of(planned, grain)
    for step in steps:
        if isinstance(step.write, SetStatus):
            assert grain.statuses
            others = {other.key for other in steps if other.change == step.change} - {step.key}
            assert others <= set(step.needs)
            assert step.write.before is PurchaseStatus.OPEN is not step.write.after


@BOTH
def test_an_order_that_stays_open_has_no_status_to_set(grain: Capabilities) -> None:
    """A purchase order is made open, so that a plan for an open one sets no status."""
    planned = [
        evolve(change, status=PurchaseStatus.OPEN) if isinstance(change, NewOrder) else change
        for change in sample_changes()
    ]
    assert not any(isinstance(step.write, SetStatus) for step in steps_of(planned, grain))


@given(changes(), GRAINS)
def test_a_step_waits_for_nothing_else(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """A step needs who makes what it uses; only a status waits for its order's other steps."""
    steps = steps_of(planned, grain)
    makers = Agenda.of(steps).makers
    for step in steps:
        if not isinstance(step.write, SetStatus):
            assert set(step.needs) == {makers[slot] for slot in used_by(step.write) if slot in makers}


@BOTH
def test_a_picture_of_a_product_that_is_there_is_one_call(grain: Capabilities) -> None:
    """A matched product without a picture gets one, on itself and for the orders that ask."""
    picture = NewImage(slot=Slot(kind=Kind.IMAGE, name="p"), address="https://images.example/p.jpg")
    product = Known(id="product-1")
    change = NewPicture(product=product, name="Coat", image=picture, orders=(ORDER,))
    [step] = steps_of([change], grain)
    assert step.write == AttachImage(product=product, address=picture.address, slot=picture.slot)
    assert (step.orders, step.needs, step.change) == ((ORDER,), (), change_key(change))


def test_only_named_records_are_made_by_name() -> None:
    """A family is no record with a name alone: it has a change of its own."""
    change = NewRecord(slot=Slot(kind=Kind.FAMILY, name="f"), name="Coat", orders=(ORDER,))
    with pytest.raises(Misuse, match="by a change of its own"):
        steps_of([change], COARSE)


def test_a_target_that_takes_none_and_is_asked_for_none() -> None:
    """A plan without options suits a target that cannot make any."""
    grain = Capabilities(members_per_create=9, members_per_add=1, lines_per_add=9, options_per_create=0)
    planned = [change for change in RECORDS if change.slot.kind is not Kind.OPTION]
    assert len(steps_of(planned, grain)) == len(planned) > 0


@given(changes(), GRAINS)
def test_the_agenda_knows_who_makes_what(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """Indexed once: steps by key, makers by slot."""
    steps = steps_of(planned, grain)
    agenda = Agenda.of(steps)
    assert [agenda.by_key[step.key] for step in steps] == list(steps)
    assert agenda.makers == {made: step.key for step in steps for made in made_by(step.write)}
    assert agenda.making == set(agenda.makers.values())


@BOTH
def test_keys_hold_when_other_changes_come_and_go(grain: Capabilities) -> None:
    """The key of a step depends on its own change alone, so that a smaller plan has the same keys."""
    planned = sample_changes()
    whole = {step.key for step in steps_of(planned, grain)}
    for left_out in planned:
        some = [change for change in planned if change is not left_out]
        kept = {step.key for step in steps_of(some, grain) if not isinstance(step.write, CreateOptions)}
        assert kept <= whole


def test_the_two_grains_of_one_family() -> None:
    """One call for the family and one for the lines; or a shell, a call a variant and a call a line."""
    coarse = [type(step.write).__name__ for step in steps_of(sample_changes(), COARSE)]
    fine = [type(step.write).__name__ for step in steps_of(sample_changes(), FINE)]
    assert coarse[4:] == ["CreateFamily", "AttachImage", "CreateOrder", "AddLines", "SetStatus"]
    assert fine[3:] == [
        "CreateFamily",
        "AddMembers",
        "AddMembers",
        "AttachImage",
        "CreateOrder",
        "AddLines",
        "AddLines",
        "SetStatus",
    ]
    assert (coarse[:2], fine[:1]) == (["CreateOptions", "CreateOptions"], ["CreateOptions"])


def test_a_target_that_takes_none_is_a_misuse() -> None:
    """A plan with lines for a target that takes no lines is no plan."""
    with pytest.raises(Misuse, match="takes none"):
        steps_of(sample_changes(), Capabilities(members_per_create=9, members_per_add=1, lines_per_add=0))


def test_records_come_before_everything_that_may_need_them() -> None:
    """Options are gathered into as few calls as the target takes, in front."""
    fine = steps_of(RECORDS, FINE)
    assert [type(step.write).__name__ for step in fine] == [
        "CreateOptions",
        "CreateSupplier",
        "CreateBrand",
        "CreateTag",
    ]
