"""What a probe must tell apart: each case was once told wrongly by a mutant of the probe."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from tests.clients.xseries.family import family, member
from tests.clients.xseries.ordering import SLOT, Ordering
from tests.clients.xseries.store import Store

from po_bridge.clients._order_match import _is_ours
from po_bridge.clients.xseries.families import judged
from po_bridge.models.pos_product import PosProduct
from po_bridge.models.purchase_order import PurchaseOrder, PurchaseStatus
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import SetLine


def test_lines_at_a_strange_count_are_not_complete() -> None:
    """A line that is neither at before nor at after is set, though none is missing."""
    shop = Ordering()
    key = shop.order({0: 9, 1: 3})
    write = shop.add(key, (0, 5, 7), (1, 0, 3))
    setting = SetLine(
        order=write.order,
        product=write.lines[0].product,
        before=Decimal(9),
        count=Decimal(7),
        cost=Decimal("10.5"),
    )
    assert shop.store.probe(write) == Partly(rest=Rest(writes=(setting,)))


@pytest.mark.parametrize("setting", [False, True], ids=["adding", "setting"])
def test_lines_of_an_order_that_is_gone_are_a_question(setting: bool) -> None:
    """Nothing is written anew into an order that somebody deleted: a person is asked."""
    shop = Ordering()
    key = shop.order({0: 5})
    write = shop.set(key, 0, 5, 7) if setting else shop.add(key, (0, 5, 7))
    shop.store.sandbox.merchant.delete_order(key)
    found = shop.store.probe(write)
    assert isinstance(found, Unclear)
    assert found.question.key == f"gone {key}"


def test_line_is_known_by_its_product() -> None:
    """Another line at the count that is wanted is no sign."""
    shop = Ordering()
    key = shop.order({0: 7, 1: 5})
    assert shop.store.probe(shop.set(key, 1, 5, 7)) == Absent()
    assert shop.store.probe(shop.set(key, 0, 5, 7)) == Done(receipt=Receipt())


def test_line_without_a_cost_in_the_store_is_judged_by_its_count() -> None:
    """A store that tells no cost cannot contradict the one that was written."""
    shop = Ordering()
    key = shop.order({0: 7})
    lines = shop.store.sandbox.state.lines[key]
    lines.put(evolve(lines.all_live()[0], cost=None))  # type: ignore[arg-type]  # a store may tell none
    assert shop.store.probe(shop.set(key, 0, 5, 7, "12.5")) == Done(receipt=Receipt())


@pytest.mark.parametrize("how", ["known before", "another step's"])
def test_order_that_is_not_new_is_not_ours(how: str) -> None:
    """An order that was known at the intent, or that another step of the plan made, is not taken for this one."""
    shop = Ordering()
    key = shop.order({0: 5})
    other = Slot(kind=Kind.ORDER, name="window 1")
    write = shop.create(known=(key,)) if how == "known before" else shop.create(others=(other,))
    assert shop.store.probe(write, {other: key}) == Absent()
    assert shop.store.probe(shop.create(others=(Known(id="somebody else's"),))) == Done(
        receipt=Receipt(made={SLOT: key}, found=True)
    )


def test_deleted_order_is_not_ours() -> None:
    """An order of our number that was deleted since is not found: it would be written into in vain."""
    shop = Ordering()
    key = shop.order({0: 5})
    shop.store.sandbox.merchant.delete_order(key)
    assert shop.store.probe(shop.create()) == Absent()


def test_an_order_that_a_list_shows_as_deleted_is_not_ours() -> None:
    """Lists leave deleted orders out; one that does not must not be trusted with more."""
    shop = Ordering()
    write = shop.create()
    draft = write.draft
    order = PurchaseOrder(
        id="po", number=draft.number, note=draft.note, supplier_id="s", outlet_id=write.outlet_id
    )
    assert _is_ours(order, write, "s")
    assert not _is_ours(evolve(order, deleted=True), write, "s")


@pytest.mark.parametrize(
    ("spelled", "ours"),
    [(" {} ", True), ("{}\u00a0", True), ("#{}", False)],
    ids=["blanks", "wide blank", "sign"],
)
def test_a_number_is_compared_folded(spelled: str, *, ours: bool) -> None:
    """White space that a store or a person put round the number hides no order: a second one would be made."""
    shop = Ordering()
    key = shop.order({0: 5})
    write = shop.create()
    shop.store.sandbox.merchant.edit_order(key, reference=spelled.format(write.draft.number))
    assert isinstance(shop.store.probe(write), Done if ours else Absent)


def test_a_status_nobody_asked_for_names_the_order() -> None:
    """The question names the order by its number, and by its id where it has none."""
    shop = Ordering()
    key = shop.order({0: 5}, status="CANCELLED")
    write = shop.status(key, PurchaseStatus.OPEN, PurchaseStatus.SENT)
    found = shop.store.probe(write)
    assert isinstance(found, Unclear)
    assert found.question.text == "purchase order 131803493 is cancelled now, it was to be sent"
    shop.store.sandbox.merchant.edit_order(key, reference="")
    found = shop.store.probe(write)
    assert isinstance(found, Unclear)
    assert found.question.text.startswith(f"purchase order {key} is")


# --- families -----------------------------------------------------------------------------------------


def variant(size: str, key: str, family_id: str = "f", name: str = "Coat") -> PosProduct:
    """A product of the store with the codes of a variant."""
    return PosProduct(id=key, name=name, codes=member(size).codes, family_id=family_id)


@pytest.mark.parametrize(
    "products",
    [
        (variant("S", "p1", name="Hat"),),
        (variant("S", "p1"), variant("S", "p2")),
        (variant("S", "p1", "f"), variant("M", "p2", "g")),
    ],
    ids=["another name", "two of one code", "two families"],
)
def test_variants_that_cannot_be_told_apart(products: tuple[PosProduct, ...]) -> None:
    """The question stands for the first variant, and names each product that is there."""
    found = judged(family(Store(), "SML"), products)
    assert isinstance(found, Unclear)
    assert found.question.key == f"whose {member('S').slot}"
    assert all(f"({one.id})" in found.question.text for one in products)
