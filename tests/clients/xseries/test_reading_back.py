"""Reading back what many steps made: the fewest calls, by codes, in either generation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.family import COAT, addition, family, member, standard
from tests.clients.xseries.store import IMAGES, Store, step_of

from po_bridge.clients.xseries import ApiVersion, Settings
from po_bridge.errors import Broken
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.seen import PictureStatus, absent_from, differences, made_of
from po_bridge.planning.step import Step
from po_bridge.planning.write import AttachImage, CreateFamily, ProductFields, UpdateProduct
from po_bridge.sandbox.xseries import Goods, Switches

PLAIN = Switches(image_time=timedelta(0), ids_reversed=True)
WAYS: dict[str, tuple[Switches, dict[str, Any]]] = {
    "2026-07": (PLAIN, {}),
    "2026-10": (PLAIN, {"generation": ApiVersion.V2026_10}),
    "2026-10, its own rows": (PLAIN, {"generation": ApiVersion.V2026_10, "rows_assumed": True}),
    "2026-10, thin rows": (
        evolve(PLAIN, rows_full=False, lists_null=True),
        {"generation": ApiVersion.V2026_10, "rows_assumed": True},
    ),
}


class Made:
    """Some families that were made, and what the answers told."""

    def __init__(self, way: str, families: int, page: int = 4) -> None:
        switches, choices = WAYS[way]
        self.store = Store(switches=switches, settings=Settings(**choices), page_size=page)
        self.store.drive(self.store.target.facts())
        first = family(self.store, "SM")
        self.since = self.store.positions()
        self.steps = tuple(step_of(_named(first, number), f"step-{number}") for number in range(families))
        self.told: dict[Slot, str] = {}
        for step in self.steps:
            receipt: Any = self.store.drive(self.store.target.perform(step, {}))
            self.told.update(receipt.made)
        self.store.forget()

    def read(self, *more: Step) -> Mapping[Any, Any]:
        """Read everything back."""
        target = self.store.target
        return self.store.drive(target.read_back((*self.steps, *more), self.told, self.since))

    @property
    def said(self) -> int:
        """Calls as they were said to be."""
        return self.store.target.reads(step.write for step in self.steps)


def _named(first: CreateFamily, number: int) -> CreateFamily:
    """Another family like the first, with names and codes of its own."""
    members = tuple(
        evolve(
            one,
            slot=Slot(kind=Kind.PRODUCT, name=f"coat-{number}/{one.values[0]}"),
            codes=(ProductCode(kind=CodeKind.CUSTOM, text=f"COAT{number}{one.values[0]}"),),
        )
        for one in first.members
    )
    return evolve(
        first, slot=Slot(kind=Kind.FAMILY, name=f"{number}"), name=f"Coat {number}", members=members
    )


@pytest.mark.parametrize("way", list(WAYS))
def test_every_product_is_told_by_its_codes(way: str) -> None:
    """Whatever the order of ids and rows, each slot gets its product, and each reads as it was written."""
    made = Made(way, families=9)
    found = made.read()
    for step in made.steps:
        assert absent_from(step.write, found) == ()
        ids = {**made.told, **made_of(step.write, found)}
        assert differences(step.write, found, ids) == ()
        write: Any = step.write
        products = made.store.sandbox.state.products.by_id
        for one in write.members:
            assert one.codes[0].text in {code.code for code in products[ids[one.slot]].codes}
    assert made.store.writes == 0


@pytest.mark.parametrize(
    ("way", "families", "calls"),
    [
        ("2026-07", 9, 5),
        ("2026-07", 2, 2),
        ("2026-07", 1, 1),
        ("2026-10", 9, 5),
        ("2026-10", 2, 2),
        ("2026-10, its own rows", 9, 5),
        ("2026-10, thin rows", 9, 10),
    ],
    ids=str,
)
def test_the_fewest_calls(way: str, families: int, calls: int) -> None:
    """One sweep of the pages that the products fill, or one call a family where that is no more.

    Rows that tell only ids end a sweep at its first page.
    """
    made = Made(way, families)
    made.read()
    assert made.store.calls == calls
    assert made.said == (5 if families == 9 else families)


def test_a_sweep_passes_over_what_others_changed() -> None:
    """Products of the merchant cost a page, never a wrong id."""
    made = Made("2026-07", families=9)
    for number in range(3):
        made.store.sandbox.merchant.create_product(Goods(name=f"Hat {number}"))
    assert len(made.read()) == 18


@pytest.mark.parametrize("way", ["2026-07", "2026-10"])
@pytest.mark.parametrize("families", [1, 9], ids=["alone", "in a sweep"])
def test_a_product_that_was_deleted_meanwhile_is_not_there(way: str, families: int) -> None:
    """A person is asked then."""
    made = Made(way, families)
    write: Any = made.steps[-1].write
    (gone,) = made.store.sandbox.state.holders(write.members[0].codes[0].text, dead=False)
    made.store.sandbox.merchant.delete_product(gone.id)
    assert absent_from(write, made.read()) == (write.members[0].slot,)


def test_a_lying_cursor_ends_the_sweep() -> None:
    """A list that begins anew again and again is an error, and says so."""
    made = Made("2026-07", families=9)
    made.store.sandbox.switches = evolve(PLAIN, stuck_cursor=True)
    with pytest.raises(Broken, match="does not advance"):
        made.read()


@pytest.mark.parametrize("way", ["2026-07", "2026-10"])
def test_an_update_is_read_back_with_the_families(way: str) -> None:
    """What was set is compared as what was made is; one that is gone is left out."""
    made = Made(way, families=9)
    hat = made.store.sandbox.add_product(Goods(name="Hat", codes=("H",), price="20"))
    before, after = ProductFields(name="Hat"), ProductFields(name="Cap")
    updates = [
        step_of(UpdateProduct(product=Known(id=product), before=before, after=after))
        for product in (hat, "00000000-0000-0000-0000-000000000000")
    ]
    found = made.read(*updates)
    there, gone = (update.write for update in updates)
    assert [str(one) for one in differences(there, found, {})] == ["product Hat name: planned Cap, found Hat"]
    assert absent_from(gone, found) == (Known(id="00000000-0000-0000-0000-000000000000"),)


def test_members_of_one_family_are_one_call() -> None:
    """A family that was made and joined is looked at once."""
    store = Store()
    write = family(store, "S", members=(member("S", price=None),))
    made = dict(store.perform(write).made)
    steps = [step_of(write)]
    for size in "ML":
        adding = addition(write, size, made[COAT])
        adding = evolve(adding, members=(evolve(adding.members[0], retail_price=None),))
        steps.append(step_of(adding, size))
        store.drive(store.target.perform(steps[-1], {}))
    store.forget()
    found = store.drive(store.target.read_back(tuple(steps[1:]), made, {}))
    assert (store.calls, len(found)) == (1, 2)


def test_standard_products_are_read_back_together() -> None:
    """Their ids are known; a sweep of one page tells their fields."""
    store = Store()
    first = standard(store)
    since = store.positions()
    steps: list[Step] = []
    told: dict[Slot, str] = {}
    for number in range(5):
        one = evolve(
            first.members[0],
            slot=Slot(kind=Kind.PRODUCT, name=f"{number}"),
            codes=(ProductCode(kind=CodeKind.CUSTOM, text=f"ONE{number}"),),
        )
        slot = Slot(kind=Kind.FAMILY, name=f"{number}")
        steps.append(step_of(evolve(first, slot=slot, name=f"One {number}", members=(one,)), f"{number}"))
        receipt: Any = store.drive(store.target.perform(steps[-1], {}))
        told |= receipt.made
    store.forget()
    found = store.drive(store.target.read_back(tuple(steps), told, since))
    assert (store.calls, len(found)) == (1, 5)


# --- pictures ---------------------------------------------------------------------------------------


class Pictured(Made):
    """The same with a picture for each family, which the store goes on processing for a while."""

    def __init__(self, way: str, families: int) -> None:
        super().__init__(way, families)
        self.store.sandbox.switches = evolve(self.store.sandbox.switches, image_time=timedelta(seconds=2))
        for step in self.steps:
            self.told.update(made_of(step.write, self.read()))
        self.creations, self.steps = self.steps, tuple(map(_pictured, self.steps))
        for step in self.steps:
            receipt: Any = self.store.drive(self.store.target.perform(step, self.told))
            assert receipt.unread
            self.told.update(receipt.made)
        self.store.forget()

    @property
    def said(self) -> int:
        """Calls as they were said to be, but for those of the families."""
        families = [step.write for step in self.creations]
        both = [*families, *(step.write for step in self.steps)]
        return self.store.target.reads(both) - self.store.target.reads(families)


def _pictured(step: Step) -> Step:
    write: Any = step.write
    slot = Slot(kind=Kind.IMAGE, name=step.key)
    attach = AttachImage(product=write.members[0].slot, address=f"{IMAGES}/coat.png", slot=slot)
    return step_of(attach, f"{step.key} picture")


@pytest.mark.parametrize(
    ("way", "families", "calls"),
    [
        ("2026-07", 1, 1),
        ("2026-07", 9, 5),
        ("2026-10", 2, 2),
        ("2026-10", 9, 5),
        ("2026-10, its own rows", 9, 5),
    ],
    ids=str,
)
def test_pictures_that_got_ready_are_seen_by_the_fewest_calls(way: str, families: int, calls: int) -> None:
    """One by one, or by one sweep of what the plan made so far."""
    made = Pictured(way, families)
    made.store.clock.sleep(3)
    shown = {
        step.write.slot: PictureStatus.SHOWN for step in made.steps if isinstance(step.write, AttachImage)
    }
    assert made.read() == shown
    assert (made.store.calls, made.said, made.store.writes) == (calls, calls, 0)


@pytest.mark.parametrize("way", list(WAYS))
def test_a_sweep_asks_about_no_picture_alone(way: str) -> None:
    """Those in work may be many; what is not shown is left out, and asked about later."""
    made = Pictured(way, 9)
    assert made.read() == {}
    assert not any("product_images" in path for path in made.store.paths())


def test_families_and_pictures_are_read_back_by_one_sweep() -> None:
    """As after a crash in the middle."""
    made = Pictured("2026-07", 9)
    made.store.clock.sleep(3)
    assert len(made.read(*made.creations)) == 27
    assert made.store.calls == 5
