"""Lines: one call each, never twice, whole units, and both prices the discounted one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from tests.clients.rseries.ordering import Ordering

from po_bridge.errors import Misuse, Refused
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.write import SetLine
from po_bridge.sandbox.rseries import Switches


def test_a_line_bears_its_discounted_cost_in_both_prices() -> None:
    """The order's discount is zero, so price and original price are the same, and nothing counts as received."""
    shop = Ordering()
    order = shop.order({0: 5})
    shop.store.perform(shop.add(order, (1, 0, 3), cost="10.12500"))
    assert shop.store.sent() == {
        "orderID": order,
        "itemID": shop.goods[1],
        "quantity": "3",
        "price": "10.125",
        "originalPrice": "10.125",
        "numReceived": "0",
    }
    assert shop.counts(order) == {0: 5, 1: 3}


def test_a_line_without_a_cost_says_nothing_of_it() -> None:
    """An unknown cost is left out, never zero of ours."""
    shop = Ordering()
    order = shop.order()
    shop.store.perform(shop.add(order, (0, 0, 3), cost=None))
    assert "price" not in shop.store.sent()


def test_a_line_that_is_there_is_raised_not_added() -> None:
    """A second line may be refused or doubled, so the one that is there is set."""
    shop = Ordering()
    order = shop.order({0: 5})
    write = shop.add(order, (0, 5, 7))
    assert shop.store.target.calls(write) == 2
    shop.store.perform(write)
    assert [path.split()[0] for path in shop.store.paths()] == ["GET", "PUT"]
    assert shop.counts(order) == {0: 7}


def test_several_lines_are_steps_of_their_own() -> None:
    """One call takes one line; what is left goes on as children."""
    shop = Ordering()
    order = shop.order()
    write = shop.add(order, (0, 0, 1), (1, 0, 2), (2, 0, 3))
    rest = shop.store.perform(write)
    assert shop.counts(order) == {0: 1}
    assert rest == Rest(writes=(shop.add(order, (1, 0, 2)), shop.add(order, (2, 0, 3))))
    assert shop.store.probe(write) == Partly(rest=rest)


def test_parts_of_a_unit_are_refused_before_anything_is_sent() -> None:
    """The store orders whole units only."""
    shop = Ordering()
    order = shop.order()
    write = shop.add(order, (0, 0, 1))
    half = evolve(write, lines=(evolve(write.lines[0], count=Decimal("1.5")),))
    with pytest.raises(Refused, match="whole units"):
        shop.store.perform(half)
    assert shop.store.writes == 0


def test_a_line_that_shrinks_is_no_addition() -> None:
    """The plan sets such a line."""
    shop = Ordering()
    with pytest.raises(Misuse):
        shop.store.perform(shop.add(shop.order({0: 5}), (0, 5, 4)))


def test_a_strange_count_is_set() -> None:
    """A line that is neither at before nor at after is set, though none is missing."""
    shop = Ordering()
    order = shop.order({0: 9, 1: 3})
    write = shop.add(order, (0, 5, 7), (1, 0, 3))
    setting = SetLine(
        order=write.order,
        product=write.lines[0].product,
        before=Decimal(9),
        count=Decimal(7),
        cost=Decimal("10.5"),
    )
    assert shop.store.probe(write) == Partly(rest=Rest(writes=(setting,)))


@pytest.mark.parametrize("setting", [False, True], ids=["adding", "setting"])
def test_lines_of_an_order_that_was_put_away_are_a_question(setting: bool) -> None:
    """Nothing is written anew into an order that somebody archived."""
    shop = Ordering()
    order = shop.order({0: 5})
    write = shop.set(order, 0, 5, 7) if setting else shop.add(order, (0, 5, 7))
    shop.store.sandbox.merchant.archive_order(int(order))
    found = shop.store.probe(write)
    assert isinstance(found, Unclear)
    assert found.question.key == f"gone {order}"


def test_a_line_that_is_gone_is_not_made_anew() -> None:
    """Setting a line that the merchant took off the order is refused."""
    shop = Ordering()
    order = shop.order({0: 5})
    shop.store.sandbox.merchant.remove_line(int(order), int(shop.goods[0]))
    with pytest.raises(Refused, match="no line"):
        shop.store.perform(shop.set(order, 0, 5, 7))


def test_two_lines_of_an_item_are_summed_and_never_set() -> None:
    """Old orders hold such lines: they read as one, and a person makes them one before they are set."""
    shop = Ordering(switches=Switches(second_line_refused=False))
    order = shop.order({0: 5})
    shop.store.perform(shop.add(order, (0, 0, 2), cost="14"))
    (line,) = shop.read(order).lines or ()
    assert [line.count, line.cost] == [7, Decimal("11.50000")]
    with pytest.raises(Refused, match="2 lines"):
        shop.store.perform(shop.set(order, 0, 7, 8))
    left = shop.store.perform(shop.remove(order, 0))
    assert left == Rest(writes=(shop.remove(order, 0),))
    assert shop.store.perform(shop.remove(order, 0)) == Receipt()
    assert shop.counts(order) == {}


def test_a_removed_line_is_found_gone() -> None:
    """Removing it again changes nothing, and says that it was found so."""
    shop = Ordering()
    order = shop.order({0: 5, 1: 2})
    write = shop.remove(order, 0)
    assert shop.store.probe(write) == Absent()
    shop.store.perform(write)
    assert shop.store.probe(write) == Done(receipt=Receipt())
    assert shop.store.perform(write) == Receipt(found=True)
    assert shop.counts(order) == {1: 2}


def test_a_stale_answer_to_a_set_line_is_not_believed() -> None:
    """The published answer shows the old quantity, so nothing is read from it."""
    shop = Ordering(switches=Switches(line_put_stale=True))
    order = shop.order({0: 5})
    assert shop.store.perform(shop.set(order, 0, 5, 8, "9")) == Receipt()
    (line,) = shop.read(order).lines or ()
    assert [line.count, line.cost] == [8, 9]
    assert shop.store.probe(shop.set(order, 0, 5, 8, "9")) == Done(receipt=Receipt())
    assert shop.store.probe(shop.set(order, 0, 5, 8, "7")) == Absent()
