"""After the first sync: prices that move, merchants who edit, lists that come empty, undo with goods there."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from tests.acceptance.nasty import EAN, NUMBER, UPC, Trial, kinds, line, order, plain, size

from po_bridge import MemoryJournal, Undone
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
