"""After the first sync: prices that move, merchants who edit, lists that come empty, undo with goods there."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from attrs import evolve
from tests.acceptance.nasty import EAN, NUMBER, UPC, Trial, kinds, line, order, plain, size
from tests.stand import empty

from po_bridge import MemoryJournal, Setup, Undone, WindowRule
from po_bridge.errors import Broken
from po_bridge.execution.status import OrderState
from po_bridge.planning.question import Stops
from po_bridge.planning.revision import KEEP, TAKE


def dearer(units: int = 2) -> dict[str, Any]:
    """The plain order with another price."""
    return order(line(size("S", units, 11, UPC), size("M", 1, 11, EAN)))


@pytest.fixture
def trial() -> Trial:
    """The plain order, synced."""
    done = Trial(document=order(plain()))
    assert done.sync().synced
    return done


def test_a_price_the_brand_moved_is_followed(trial: Trial) -> None:
    """Where only the brand changed a cost, the purchase order gets it, and then nothing is left to do."""
    trial.becomes(dearer())
    assert trial.sync().synced
    assert trial.lines == {"S": (Decimal(2), Decimal(11)), "M": (Decimal(1), Decimal(11))}
    assert trial.plan().changes == ()


def test_a_cost_the_merchant_set_stays(trial: Trial) -> None:
    """The merchant's cost is no difference, and a new count of the brand does not overwrite it."""
    trial.store.merchant.edit_line(trial.purchase, trial.product("S"), cost="8.5")
    assert trial.plan().changes == ()
    trial.becomes(order(line(size("S", 4, 10, UPC), size("M", 1, 10, EAN))))
    assert trial.sync().synced
    assert trial.lines["S"] == (Decimal(4), Decimal("8.5"))


@pytest.mark.parametrize(("said", "cost"), [(KEEP, "8.5"), (TAKE, "11")])
@pytest.mark.parametrize("units", [2, 4], ids=["same count", "other count"])
def test_a_cost_both_sides_changed_is_asked_about(trial: Trial, said: str, cost: str, units: int) -> None:
    """A person says whose cost holds; a changed count is followed either way."""
    trial.store.merchant.edit_line(trial.purchase, trial.product("S"), cost="8.5")
    trial.becomes(dearer(units))
    assert kinds(trial.plan(), Stops.LINE) == ["cost edited"]
    assert trial.sync(cost_edited=said).synced
    assert trial.lines["S"] == (Decimal(units), Decimal(cost))
    assert trial.plan().changes == ()


def test_a_price_that_comes_after_the_goods_is_told(trial: Trial) -> None:
    """A received order is not changed any more: the plan tells the new cost."""
    trial.store.merchant.receive(trial.purchase)
    trial.becomes(dearer())
    plan = trial.plan()
    assert kinds(plan, Stops.NOTHING) == ["cost closed", "cost closed"]
    assert plan.changes == ()


@pytest.mark.parametrize("word", ["Canceled", "CANCELLED"])
def test_a_cancellation_after_the_sync_is_seen_in_any_spelling(trial: Trial, word: str) -> None:
    """An order that the brand cancelled since is changed, and asked about."""
    trial.becomes(order(plain(), status=word))
    (row,) = trial.bridge.changed()
    assert row.state is OrderState.CHANGED
    assert "cancelled since" in kinds(trial.plan(), Stops.ORDER)


@pytest.mark.parametrize("touch", ["receive", "recount"])
def test_undo_deletes_nothing_that_stands_on_an_order_that_stays(trial: Trial, touch: str) -> None:
    """Drafts on an order that is received or edited stay with their supplier, brand and options, and are told."""
    if touch == "receive":
        trial.store.merchant.receive(trial.purchase)
    else:
        trial.store.merchant.edit_line(trial.purchase, trial.product("S"), count=7)
    before = trial.store.digest()
    (row,) = trial.bridge.status()
    (undone,) = trial.bridge.undo(row.plan, delete_products=True).orders.values()
    assert isinstance(undone, Undone)
    assert any("on a purchase order that stays" in one for one in undone.kept)
    assert trial.store.digest() == before


class Twisted(httpx.BaseTransport):
    """Changes the body of some answers on their way."""

    def __init__(self, inner: httpx.BaseTransport, path: str, change: Callable[[Any], None]) -> None:
        self._inner = inner
        self._path = path
        self._change = change

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        answer = self._inner.handle_request(request)
        if request.method != "GET" or not request.url.path.endswith(self._path):
            return answer
        document = json.loads(answer.read())
        self._change(document)
        return httpx.Response(answer.status_code, json=document)


@pytest.mark.parametrize("empty", [[], None], ids=["list", "null"])
@pytest.mark.parametrize("path", ["/suppliers", "/products", "/consignments"])
def test_a_list_that_lost_its_rows_is_not_taken_for_an_empty_store(path: str, empty: Any) -> None:
    """A page without rows whose versions lead further is an error: else what is there would be made again."""
    trial = Trial(document=order(plain()))
    trial.sync()
    http = httpx.Client(transport=Twisted(trial.stand.transport, path, lambda page: page.update(data=empty)))
    done = len(trial.stand.writes)
    bridge = trial.stand.bridge(MemoryJournal(), http=http)
    with pytest.raises(Broken, match="holds no rows"):
        bridge.apply(bridge.plan(bridge.review(NUMBER)))
    assert len(trial.stand.writes) == done


def retyped(trial: Trial, *, gone: str, number: str = NUMBER) -> str:
    """The merchant deletes or cancels the purchase order and types another of the same goods."""
    merchant, ours = trial.store.merchant, trial.store.state.consignments.by_id[trial.purchase]
    lines = {key: (count, 10) for key, count in trial.stand.orders[0]["lines"].items()}
    (merchant.delete_order if gone == "deleted" else merchant.cancel)(ours.id)
    return merchant.create_order(ours.outlet_id, ours.supplier_id, lines, reference=number)


@pytest.mark.parametrize("gone", ["deleted", "cancelled"])
def test_an_order_typed_in_place_of_a_gone_one_is_offered(trial: Trial, gone: str) -> None:
    """Where ours is gone and another bears its number, that one may be adopted, and nothing is ordered twice."""
    typed = retyped(trial, gone=gone)
    (question,) = trial.plan().questions
    assert question.answers == (f"adopt {typed}", "create another", "leave it")
    assert trial.sync(gone=f"adopt {typed}").synced
    counts = {one["id"]: sum(one["lines"].values()) for one in trial.stand.orders}
    trial.becomes(order(line(size("S", 5, 10, UPC), size("M", 1, 10, EAN))))
    assert trial.sync().synced
    after = {one["id"]: sum(one["lines"].values()) for one in trial.stand.orders}
    assert after == {**counts, typed: Decimal(6)}


def test_an_order_typed_after_the_answer_is_asked_about(trial: Trial) -> None:
    """To create another was said before anybody typed one: that answer does not hold beside the typed one."""
    trial.store.merchant.delete_order(trial.purchase)
    purchases = trial.plan(gone="create another").changes
    assert len(purchases) == 1
    outlet, supplier = trial.store.state.outlets.all_live()[0], trial.store.state.suppliers.all_live()[0]
    trial.store.merchant.create_order(outlet.id, supplier.id, {}, reference=NUMBER)
    assert kinds(trial.plan(), Stops.ORDER) == ["gone"]


def test_a_yes_to_delete_a_line_holds_once(trial: Trial) -> None:
    """The brand drops a line, brings it back and drops it again: the second time a person is asked again."""
    without = order(line(size("M", 1, 10, EAN)))
    trial.becomes(without)
    assert trial.sync(remove="remove it").synced
    trial.becomes(order(plain()))
    assert trial.sync().synced
    trial.becomes(without)
    assert kinds(trial.plan(), Stops.LINE) == ["remove"]


def test_a_line_in_doubt_is_not_said_to_have_left_the_order(trial: Trial) -> None:
    """A product that was deleted in the POS makes one question, never one to take its line off the order."""
    trial.store.merchant.delete_product(trial.product("S"))
    plan = trial.bridge.plan(trial.review())
    assert kinds(plan) == ["line"]
    assert plan.changes == ()


LATE = line(size("M", 1, 10, EAN), ship_end="2027-04-30T00:00:00.000Z")


def windowed(units: int = 2) -> dict[str, Any]:
    """An order of two ship windows, *units* of the first."""
    return order(line(size("S", units, 10, UPC)), LATE)


@pytest.fixture
def windows() -> Trial:
    """That order, synced as a purchase order for each window."""
    trial = Trial(
        document=windowed(),
        stand=evolve(empty(), setup=Setup(windows=WindowRule.EACH)),
    )
    assert trial.sync().synced
    return trial


def ordered(trial: Trial) -> list[int]:
    """Units on each purchase order, oldest first."""
    return [int(sum(one["lines"].values())) for one in trial.stand.orders]


def test_an_order_of_one_window_is_made_again_once(windows: Trial) -> None:
    """The merchant deletes one window's order and says create another: later reviews make no further ones."""
    windows.store.merchant.delete_order(windows.stand.orders[1]["id"])
    assert windows.sync(gone="create another").synced
    assert ordered(windows) == [2, 1]
    for _ in range(2):
        assert windows.plan().changes == ()
        assert windows.sync().synced
    assert ordered(windows) == [2, 1]


def test_a_further_order_of_one_window_is_remembered(windows: Trial) -> None:
    """Units that went on a further purchase order stay this window's: an edit is followed there, and not doubled."""
    windows.store.merchant.receive(windows.stand.orders[0]["id"])
    windows.becomes(windowed(5))
    assert windows.sync(further="further purchase order").synced
    assert ordered(windows) == [2, 1, 3]
    windows.sync()
    windows.becomes(windowed(6))
    assert kinds(windows.plan()) == []
    assert windows.sync().synced
    assert ordered(windows) == [2, 1, 4]


def unpriced() -> dict[str, Any]:
    """The plain order before the brand has set one price."""
    return {
        **order(plain()),
        "line_items": [line({"size": "S", "quantity": 2, "upc": UPC}, size("M", 1, 10, EAN))],
    }


def test_a_price_that_was_missing_is_followed_once_it_is_there() -> None:
    """A line written without a cost gets the brand's as soon as it is stated, and then nothing is left to do."""
    trial = Trial(document=unpriced())
    assert trial.sync().synced
    trial.becomes(order(plain()))
    assert trial.sync().synced
    assert trial.lines["S"] == (Decimal(2), Decimal(10))
    assert trial.plan().changes == ()


def test_a_cost_beside_a_missing_price_is_asked_about() -> None:
    """Where the purchase order got a cost elsewhere meanwhile, a person says whose holds."""
    trial = Trial(document=unpriced())
    assert trial.sync().synced
    trial.store.merchant.edit_line(trial.purchase, trial.product("S"), cost="8.5")
    trial.becomes(order(plain()))
    assert kinds(trial.plan(), Stops.LINE) == ["cost edited"]
    assert trial.sync(cost_edited=TAKE).synced
    assert trial.lines["S"] == (Decimal(2), Decimal(10))


def test_a_number_and_a_place_that_the_brand_changed_are_told() -> None:
    """The purchase order keeps its number and its outlet; that they are others now is no secret."""
    stand = evolve(empty(), setup=Setup(outlets={"A": "Main Outlet", "B": "Second"}))
    stand.xseries.add_outlet("Second")
    trial = Trial(document=order(plain(), shipping_address={"code": "A"}), stand=stand)
    assert trial.sync().synced
    review = trial.review()
    assert trial.bridge.plan(review).losses == ()
    trial.becomes(order(plain(), shipping_address={"code": "B"}, order_number=f"{NUMBER}-A"))
    told = {
        loss.what: loss.value
        for loss in trial.bridge.plan(trial.bridge.review(str(review.orders[0].key))).losses
    }
    assert told == {"order number": f"{NUMBER}-A", f"outlet of purchase order {trial.purchase}": "Second"}


def test_an_order_that_is_left_out_makes_nothing() -> None:
    """An order cancelled with the brand that a person skips leaves no supplier, no drafts and no options behind."""
    trial = Trial(document=order(plain(), status="cancelled"))
    plan = trial.plan(cancelled="skip")
    assert plan.changes == ()
    assert trial.bridge.apply(plan).summary.items == 0
    assert trial.stand.writes == ()


def test_units_that_are_left_out_make_no_product(trial: Trial) -> None:
    """A size that came after the goods and that a person does not order becomes no draft."""
    trial.store.merchant.receive(trial.purchase)
    more = order(line(size("S", 2, 10, UPC), size("M", 1, 10, EAN), size("L", 4, 10)))
    trial.becomes(more)
    assert [type(change).__name__ for change in trial.plan().changes] == ["MoreMembers"]
    assert trial.plan(further="leave it").changes == ()
    done = len(trial.stand.writes)
    assert trial.sync(further="leave it").synced
    assert len(trial.stand.writes) == done
