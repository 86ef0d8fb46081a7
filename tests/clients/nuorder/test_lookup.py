"""Finding an order by its number."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clients.nuorder import documents
from tests.clients.nuorder.scripted import Script, answer, portal, refusal, text

from po_bridge.clients.nuorder import AT_ONCE, NuOrder, Side
from po_bridge.errors import BadDocument, Broken, Forbidden, NotFound, PoBridgeError, Unauthorized
from po_bridge.models.keys import OrderKey
from po_bridge.ports.exchange import Response

HTML = "<html>Cannot GET</html>"
UNKNOWN = refusal(404, "order not found")
ORDER = documents.order("1001")
KEY = OrderKey(portal="Acme", order_id=ORDER["_id"])
EMPTY = {
    f"orders_{word}_detail": answer([]) for word in ("approved", "processed", "shipped", "cancelled")
} | {f"orders_{word}_detail": answer([]) for word in ("pending", "review", "draft")}


def adapter(**choices: Any) -> NuOrder:
    """An adapter with one portal."""
    return NuOrder(portals=(portal(**choices),))


def test_one_call_a_portal() -> None:
    """Where the host reads by number, each portal takes one call."""
    source = NuOrder(portals=(portal(), portal("Birch")))
    script = Script(order_number_1001=[answer(ORDER), UNKNOWN])
    assert script.run(source.find("1001")) == (KEY,)
    assert len(script.called) == 2


def test_several_portals_bear_a_number() -> None:
    """Every portal that has the number gives a key, in the order of the portals."""
    source = NuOrder(portals=tuple(portal(name) for name in "FEDCBA"))
    script = Script(order_number_1001=answer(ORDER))
    found = script.run(source.find("1001"))
    assert [key.portal for key in found] == list("FEDCBA")
    assert script.widths == [AT_ONCE, 1]


def test_elsewhere_leaves_one_portal_out() -> None:
    """A known order's portal is not asked again, and the only portal there is not at all."""
    script = Script(order_number_1001=answer(ORDER))
    assert script.run(adapter().find_elsewhere("1001", "Acme")) == ()
    assert script.called == []
    source = NuOrder(portals=(portal(), portal("Birch")))
    assert [key.portal for key in script.run(source.find_elsewhere("1001", "Acme"))] == ["Birch"]
    assert len(script.called) == 1


@pytest.mark.parametrize("number", ["", "  "])
def test_blank_number_asks_nothing(number: str) -> None:
    """Nothing is asked for a number that is none."""
    script = Script()
    assert script.run(adapter().find(number)) == ()
    assert script.called == []


@pytest.mark.parametrize(
    ("asked", "given", "found"),
    [("100589-1-a", "100589-1-A", True), (" 1001 ", "1001", True), ("100589", "100589-1", False)],
    ids=["case", "blanks", "split sibling"],
)
def test_only_the_asked_number_counts(asked: str, given: str, *, found: bool) -> None:
    """An answer that bears another number is no find, and a suffix belongs to the number."""
    script = Script()
    script.paths[f"/api/order/number/{asked.strip()}"] = [answer(documents.order(given))]
    assert bool(script.run(adapter().find(asked))) is found


def test_unreadable_order_is_found() -> None:
    """An order is found though the rest of its document is bad, so that reading it says what is bad."""
    script = Script(order_number_1001=answer({"_id": "66", "order_number": "1001", "line_items": 3}))
    assert script.run(adapter().find("1001")) == (OrderKey(portal="Acme", order_id="66"),)


def test_order_without_id() -> None:
    """A document without an id names the missing key."""
    script = Script(order_number_1001=answer({"order_number": "1001"}))
    with pytest.raises(BadDocument) as caught:
        script.run(adapter().find("1001"))
    assert [issue.path for issue in caught.value.issues] == ["$._id"]


@pytest.mark.parametrize(
    "turned_down",
    [
        refusal(403, "this is not available"),
        refusal(404, "path not found"),
        refusal(400, "bad"),
        refusal(405, "method"),
        text(HTML, 404, "text/html"),
        text("Oops, there was a problem!\n", 500),
    ],
    ids=["403", "404", "400", "405", "404-html", "500"],
)
def test_retailer_host_that_refuses_numbers(turned_down: Response) -> None:
    """Where a retailer's host does not read by number, status lists are searched; it is asked only once."""
    script = Script(order_number_1001=turned_down, order_number_77=turned_down, **EMPTY)
    script.paths["/api/orders/processed/detail"] = [answer([documents.order("9"), ORDER])]
    source = adapter()
    assert script.run(source.find("1001")) == (KEY,)
    assert script.called == [
        "/api/order/number/1001",
        "/api/orders/approved/detail",
        "/api/orders/processed/detail",
    ]
    script.requests.clear()
    assert script.run(source.find("77")) == ()
    assert len(script.called) == 7, "all status lists and no call by number"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refusal(403, "no"), Forbidden),
        (text("Oops", 500), Broken),
        (refusal(401, "revoked"), Unauthorized),
    ],
    ids=["403", "500", "401"],
)
def test_brand_host_has_no_fallback(reply: Response, error: type[PoBridgeError]) -> None:
    """The brand's host reads by number, so its refusals are what they say."""
    with pytest.raises(error):
        Script(order_number_1001=reply).run(adapter(side=Side.BRAND).find("1001"))


def test_brand_host_does_not_know_the_number() -> None:
    """On the brand's host 404 in the vendor's form means that no order bears the number."""
    script = Script(order_number_1001=refusal(404, "not there"))
    assert script.run(adapter(side=Side.BRAND).find("1001")) == ()


@pytest.mark.parametrize(
    ("reply", "error"),
    [(refusal(401, "revoked"), Unauthorized), (refusal(502, "x"), Broken)],
    ids=["401", "502"],
)
def test_trouble_is_no_refusal_of_numbers(reply: Response, error: type[PoBridgeError]) -> None:
    """A wrong token or a host in trouble does not start a search."""
    with pytest.raises(error):
        Script(order_number_1001=reply).run(adapter().find("1001"))


def test_search_reads_orders_where_details_are_refused() -> None:
    """Where neither numbers nor details are offered, the ids are listed and the orders read one by one."""
    script = Script(
        order_number_1001=refusal(403, "no"), order_a=answer(documents.order("9")), order_b=answer(ORDER)
    )
    script.paths["/api/orders/approved/detail"] = [text("Gateway", 504)]
    script.paths["/api/orders/approved/list"] = [answer(["a", "b", "c"])]
    assert script.run(adapter().find("1001")) == (KEY,)
    assert script.called[-2:] == ["/api/order/a", "/api/order/b"]


def test_unknown_order_says_so() -> None:
    """The key of no order is NotFound at the portal."""
    with pytest.raises(NotFound) as caught:
        Script(order_66=UNKNOWN).run(adapter().order(OrderKey(portal="Acme", order_id="66")))
    assert "check the id" in caught.value.mend
