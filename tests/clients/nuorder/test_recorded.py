"""Whatever a portal answers: recorded documents are read, and nothing but our errors is ever raised."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.clients.nuorder import documents
from tests.clients.nuorder.scripted import AT, Script, answer, portal

from po_bridge.clients.nuorder import NuOrder
from po_bridge.errors import BadDocument, DocumentError, PoBridgeError, RemoteError
from po_bridge.models.keys import OrderKey
from po_bridge.ports.exchange import Response

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "nuorder"
RECORDED = sorted((*SAMPLES.glob("order_*.json"), *SAMPLES.glob("reconstructed/order_2*.json")))
STYLES = sorted((*SAMPLES.glob("product_*get*.json"), *SAMPLES.glob("reconstructed/product_2*.json")))
ABSENT = pytest.mark.skipif(not RECORDED, reason="recorded documents are not beside the repository")
KEY = OrderKey(portal="Acme", order_id="66")
SOURCE = NuOrder(portals=(portal(),))


def orders_of(path: Path) -> list[dict[str, Any]]:
    """The orders of a recorded file, which may be a list."""
    value = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return value if isinstance(value, list) else [value]


@ABSENT
@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_orders(path: Path) -> None:
    """Each recorded order is read whole: key, number, lines and a total that its lines explain."""
    for document in orders_of(path):
        key = OrderKey(portal="Acme", order_id=document["_id"])
        script = Script()
        script.paths[f"/api/order/{key.order_id}"] = [answer(document)]
        order = script.run(SOURCE.order(key))
        assert order.key == key
        assert order.number == document["order_number"]
        assert len(order.lines) == sum(len(line["sizes"]) for line in document["line_items"])
        if not order.discount_percent:
            assert order.total == sum(
                (line.quantity * (line.unit_price or 0) for line in order.lines), Decimal(0)
            )


@ABSENT
@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_recorded_styles(path: Path) -> None:
    """Each recorded style document is read with its name and sizes."""
    document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    script = Script()
    script.paths[f"/api/product/{document['_id']}"] = [answer(document)]
    style = script.run(SOURCE.style("Acme", document["_id"]))
    assert style is not None
    assert style.name == document["name"]
    assert len(style.sizes) == len(document["sizes"])


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document, but the whole."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in inside for place in ((*at, key), *places(inner, (*at, key)))]


@st.composite
def spoiled(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """A document in which some places are gone or hold something else."""
    made = copy.deepcopy(document)
    for place in draw(st.lists(st.sampled_from(places(document)), max_size=4)):
        try:
            parent: Any = made
            for key in place[:-1]:
                parent = parent[key]
            if isinstance(parent, dict) and not isinstance(place[-1], str):
                continue  # an earlier change put an object where a list was
            if draw(st.booleans()):
                parent[place[-1]] = draw(JUNK)
            else:
                del parent[place[-1]]
        except (LookupError, TypeError):
            continue  # an earlier change took the place away
    return made


@settings(max_examples=300)
@given(spoiled(documents.order("66", _id="66")))
def test_spoiled_orders(document: dict[str, Any]) -> None:
    """An order with faults is read or refused as a document, never anything else."""
    script = Script(order_66=answer(document), orders_approved_detail=answer([document]))
    script.paths["/api/order/number/66"] = [answer(document)]
    for exchange in (SOURCE.order(KEY), SOURCE.find("66")):
        try:
            script.run(exchange)
        except (DocumentError, RemoteError):
            continue


@settings(max_examples=200)
@given(spoiled(documents.style("66")))
def test_spoiled_styles(document: dict[str, Any]) -> None:
    """A style document with faults is read or refused as a document, never anything else."""
    try:
        Script(product_66=answer(document)).run(SOURCE.style("Acme", "66"))
    except (DocumentError, RemoteError):
        return


@settings(max_examples=200)
@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=60) | JUNK.map(lambda value: json.dumps(value, default=str).encode()),
    kind=st.sampled_from(["application/json", "text/plain", "text/html", ""]),
    wait=st.text("0123456789. -", max_size=5),
)
def test_any_answer(status: int, body: bytes, kind: str, wait: str) -> None:
    """Any status with any body ends in a value or in one of our errors."""
    reply = Response(status=status, headers={"content-type": kind, "retry-after": wait}, body=body, at=AT)
    script = Script(order_66=reply, product_66=reply)
    for exchange in (SOURCE.order(KEY), SOURCE.style("Acme", "66")):
        try:
            script.run(exchange)
        except PoBridgeError:
            continue


def test_five_bad_fields_are_one_error() -> None:
    """A document with five bad fields gives one error with five paths."""
    document = documents.order("66", _id="66", total="much", created_on="yesterday", currency_code=7)
    document["line_items"][0]["sizes"][0].update(price="free", quantity="many")
    with pytest.raises(BadDocument) as caught:
        Script(order_66=answer(document)).run(SOURCE.order(KEY))
    assert sorted(issue.path for issue in caught.value.issues) == [
        "$.created_on",
        "$.currency_code",
        "$.line_items[0].sizes[0].price",
        "$.line_items[0].sizes[0].quantity",
        "$.total",
    ]
    assert "order 66 of NuORDER portal 'Acme' cannot be read" in str(caught.value)


def test_another_order_in_the_answer() -> None:
    """An answer that holds another order is not taken for the one asked for."""
    script = Script(order_66=answer(documents.order("1")))
    with pytest.raises(RemoteError, match="holds order '660100000000000000000001' instead"):
        script.run(SOURCE.order(KEY))
