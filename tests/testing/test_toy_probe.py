"""What the toy's probes must tell apart: each case was once told wrongly by a mutant of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import (
    AddLines,
    AttachImage,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateTag,
    LineAdd,
    Member,
    OptionDraft,
    SetLine,
    Write,
)
from po_bridge.testing.toy_pos import ToyPos
from po_bridge.testing.toy_probe import probe_toy


def slot(kind: Kind, name: str = "one") -> Slot:
    """A slot."""
    return Slot(kind=kind, name=name)


def order(pos: ToyPos, **more: object) -> str:
    """An order of number 7 in the toy."""
    row = {"number": "7", "supplier": "s", "outlet": "o", "status": "open", "lines": {}}
    return pos.add("orders", row | more)


CREATE = CreateOrder(
    slot=slot(Kind.ORDER),
    draft=OrderDraft(number="7"),
    supplier=Known(id="s"),
    outlet_id="o",
    due_at=None,
)


def test_tag() -> None:
    """A tag is found by its name, however it is written."""
    pos, write = ToyPos(), CreateTag(slot=slot(Kind.TAG), name="Synced")
    assert probe_toy(pos, write, {}) == Absent()
    made = {write.slot: pos.add("tags", {"name": " synced "})}
    assert probe_toy(pos, write, {}) == Done(receipt=Receipt(made=made, found=True))


def test_picture() -> None:
    """A picture is the one of this address on this product, and no other."""
    pos, write = ToyPos(), AttachImage(product=Known(id="p"), address="a", slot=slot(Kind.IMAGE))
    pos.add("images", {"product": "p", "address": "b"})
    pos.add("images", {"product": "q", "address": "a"})
    assert probe_toy(pos, write, {}) == Absent()
    made = {write.slot: pos.add("images", {"product": "p", "address": "a"})}
    assert probe_toy(pos, write, {}) == Done(receipt=Receipt(made=made, found=True))


def test_a_part_of_a_create_is_a_question() -> None:
    """A create that happened in part is neither done nor absent."""
    pos = ToyPos()
    drafts = tuple(OptionDraft(slot=slot(Kind.OPTION, name), name=name) for name in ("Color", "Size"))
    pos.add("options", {"name": "Size"})
    found = probe_toy(pos, CreateOptions(options=drafts), {})
    assert isinstance(found, Unclear)
    assert found.question.text == "only a part is there"


@pytest.mark.parametrize("families", [2, 3], ids=str)
def test_families_of_one_name_are_a_question(families: int) -> None:
    """Which of several families is meant nobody can tell by its name."""
    pos = ToyPos()
    ids = tuple(pos.add("families", {"name": "Tee"}) for _ in range(families))
    member = Member(slot=slot(Kind.PRODUCT), codes=(ProductCode(text="614141100880", kind=CodeKind.UPC),))
    write = CreateFamily(
        slot=slot(Kind.FAMILY),
        name="Tee",
        description="",
        supplier=Known(id="s"),
        brand=None,
        tags=(),
        options=(),
        members=(member,),
        active=False,
    )
    found = probe_toy(pos, write, {})
    assert isinstance(found, Unclear)
    assert found.question.answers == ids


@pytest.mark.parametrize("other", [{"number": "8"}, {"supplier": "t"}, {"outlet": "p"}], ids=str)
def test_an_order_of_another(other: dict[str, str]) -> None:
    """An order of another number, supplier or outlet is not the one."""
    pos = ToyPos()
    order(pos, **other)
    assert probe_toy(pos, CREATE, {}) == Absent()
    made = {CREATE.slot: order(pos)}
    assert probe_toy(pos, CREATE, {}) == Done(receipt=Receipt(made=made, found=True))
    assert probe_toy(pos, evolve(CREATE, known=tuple(made.values())), {}) == Absent()


def test_lines_one_by_one() -> None:
    """Of several lines those at the before count are added again, those at a strange one are set."""
    pos = ToyPos()
    key = order(pos, lines={"p": (Decimal(1), None), "q": (Decimal(9), None), "r": (Decimal(5), None)})
    lines = tuple(
        LineAdd(product=Known(id=each), before=Decimal(1), count=Decimal(5), cost=Decimal(2))
        for each in "pqr"
    )
    write = AddLines(order=Known(id=key), lines=lines)
    setting = SetLine(
        order=write.order, product=Known(id="q"), before=Decimal(9), count=Decimal(5), cost=Decimal(2)
    )
    rest: tuple[Write, ...] = (evolve(write, lines=lines[:1]), setting)
    assert probe_toy(pos, write, {}) == Partly(rest=Rest(writes=rest))


def test_a_line_that_is_not_there_has_no_units() -> None:
    """Setting one unit on a line that does not exist was not done."""
    pos = ToyPos()
    write = SetLine(order=Known(id=order(pos)), product=Known(id="p"), before=Decimal(0), count=Decimal(1))
    assert probe_toy(pos, write, {}) == Absent()
