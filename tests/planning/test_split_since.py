"""Parts of an order that was split after it was applied: nothing is ordered a second time unasked."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from tests.planning.test_arrived import applied
from tests.planning.wholesale import AT, dec, line, order

from po_bridge.models.keys import OrderKey
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.book import Applied, AppliedLine, Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.purchase import Wanted
from po_bridge.planning.question import Stops
from po_bridge.planning.refs import Known
from po_bridge.planning.split_since import AGAIN, LEAVE_OUT, left_out, split_from
from po_bridge.planning.wants import Want

TEE, CAP = line("TEE", "M", 5), line("CAP", "OS", 2)
WHOLE = evolve(
    applied(
        AppliedLine(line=TEE.key, product_id="p1", count=dec(5)),
        AppliedLine(line=CAP.key, product_id="p2", count=dec(2)),
    ),
    number="1001",
    purchase_orders=("po",),
)
PART = evolve(order(CAP), key=OrderKey(portal="Acme", order_id="o2"), number="1001-2")


def wanted(*keys: Any) -> tuple[Wanted, ...]:
    """What the part wants of lines."""
    return tuple(
        Wanted(want=Want(key=key, lines=(), units=dec(2), cost=dec(9)), product=Known(id="p"), name="x")
        for key in keys
    )


def asked(
    whole: Applied = WHOLE, part: WholesaleOrder = PART, answer: str = ""
) -> tuple[bool, tuple[str, ...], dict[str, str]]:
    """Whether the part is left out, what is asked, and what the plan relies on."""
    key = f"split since:{part.key}:{whole.order}"
    said = {key: Decision(key=key, answer=answer, at=AT)} if answer else {}
    book = Book(applied={whole.order: whole}, decisions=said)
    notes = Notes(book=book)
    left = left_out(part, wanted(CAP.key), book, notes)
    assert all(one.stops is Stops.ORDER and one.order == part.key for one in notes.questions())
    texts = tuple(one.text for one in notes.questions())
    return left, texts, {one.where: one.value for one in notes.basis()}


def test_goods_that_stand_on_the_whole() -> None:
    """The question names both numbers, the units, and the purchase order they stand on."""
    left, (text,), basis = asked()
    assert not left
    assert "order 1001-2 was split from 1001 after that was applied; 2 units" in text
    assert "purchase order po already" in text
    assert basis == {f"order {PART.key} units with {WHOLE.order}": "2"}


@pytest.mark.parametrize(("answer", "left"), [(AGAIN, False), (LEAVE_OUT, True)], ids=str)
def test_answers(answer: str, left: bool) -> None:
    """An answer settles it."""
    found, texts, _ = asked(answer=answer)
    assert (found, texts) == (left, ())


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (evolve(WHOLE, lines=WHOLE.lines[:1]), PART),
        (evolve(WHOLE, purchase_orders=()), PART),
        (evolve(WHOLE, number="1001-1"), PART),
        (WHOLE, evolve(PART, number="1002")),
        (WHOLE, evolve(PART, key=OrderKey(portal="Birch", order_id="o2"))),
        (evolve(WHOLE, order=PART.key), PART),
    ],
    ids=["taken off", "never ordered", "a part itself", "another order", "another brand", "itself"],
)
def test_nothing_to_ask(whole: Applied, part: WholesaleOrder) -> None:
    """Goods that stand nowhere else, and orders that are none of its whole, ask nothing."""
    assert asked(whole, part)[:2] == (False, ())


def test_split_twice() -> None:
    """A part that is split again is part of both."""
    first = evolve(WHOLE, order=OrderKey(portal="Acme", order_id="o3"), number="1001-2")
    again = evolve(PART, number="1001-2-A")
    assert split_from(again, (WHOLE, first)) == (WHOLE, first)
