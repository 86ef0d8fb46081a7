"""What a brand has: inventory first, then v3.0 rows, then the style document; what is refused leads on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.clients.nuorder import documents
from tests.clients.nuorder.followed import ACME, inventory
from tests.clients.nuorder.played import Stage, portals
from tests.clients.nuorder.scripted import Script, answer, portal, refusal, text

from po_bridge.clients.nuorder import NuOrder
from po_bridge.clients.nuorder.stock import basis_of, level_of
from po_bridge.errors import BadDocument, RemoteError, Unauthorized
from po_bridge.models.availability import Availability, Basis, Stated, Unknown, Unlimited

TODAY = date(2025, 3, 1)
CACHE = [
    {"bucket": "2025/03/01", "warehouse": "w1", "sku_id": "k1", "quantity": 120, "_id": "c1"},
    {"bucket": "2025/05/01", "warehouse": "w1", "sku_id": "k2", "quantity": 40, "_id": "c2"},
    {"bucket": "2025/05/01", "warehouse": "w1", "sku_id": "gone", "quantity": 4, "_id": "c3"},
]


def row(size: str, name: str, quantity: int | None, **more: Any) -> dict[str, Any]:
    """A row of the v3.0 stock."""
    given = {
        "sku_id": size,
        "warehouse_id": "w1",
        "display_name": name,
        "quantity": quantity,
        "prebook": False,
    }
    return {**given, "period_start": "05/01/2025", "period_end": None, "active": True, **more}


def stock(stage: Stage, style_id: str = "s100") -> tuple[Availability, ...]:
    """What the first portal has of a style."""
    return stage.run(NuOrder(portals=portals()).stock(ACME, style_id))


@pytest.mark.parametrize(
    ("bucket", "prebook", "basis", "first"),
    [
        ("immediate", False, Basis.IMMEDIATE, None),
        ("Immediate", False, Basis.IMMEDIATE, None),
        ("future", False, Basis.FUTURE, None),
        ("2025/05/01", False, Basis.FUTURE, date(2025, 5, 1)),
        ("05/01/2025", False, Basis.FUTURE, date(2025, 5, 1)),
        ("2025/03/01", False, Basis.IMMEDIATE, TODAY),
        ("2025-01-01", False, Basis.IMMEDIATE, date(2025, 1, 1)),
        ("Prebook", False, Basis.PREBOOK, None),
        ("2025/05/01", True, Basis.PREBOOK, date(2025, 5, 1)),
        ("immediate", True, Basis.PREBOOK, None),
        ("spring delivery", False, Basis.UNSTATED, None),
        ("", False, Basis.UNSTATED, None),
    ],
    ids=str,
)
def test_buckets(bucket: str, *, prebook: bool, basis: Basis, first: date | None) -> None:
    """A bucket is a word or a day; a day that has come is in the warehouse."""
    assert basis_of(bucket, TODAY, prebook=prebook) == (basis, first)


@pytest.mark.parametrize("basis", list(Basis), ids=lambda each: each.name)
def test_blank_quantity(basis: Basis) -> None:
    """A blank quantity is no limit for prebook, and unknown for everything else."""
    level = level_of(None, basis)
    assert isinstance(level, Unlimited if basis is Basis.PREBOOK else Unknown)


def test_inventory() -> None:
    """The inventory document tells size, basis, warehouse and when it was read."""
    stage = Stage()
    stage.sandbox.add_style(documents.style(), ACME)
    stage.sandbox.add_stock("s100", inventory(), ACME)
    found = stock(stage)
    assert [(one.size, one.basis, str(one.level), one.warehouse) for one in found] == [
        ("S", Basis.IMMEDIATE, "20", "east"),
        ("M", Basis.IMMEDIATE, "0", "east"),
        ("L", Basis.PREBOOK, "unlimited", "east"),
    ]
    assert {one.at for one in found} == {stage.clock.now()}
    assert stage.paths == ["/api/inventory/s100"]


def test_cache_of_the_style_document() -> None:
    """Without inventory the style document's own stock is told; sizes it does not name are left out."""
    stage = Stage()
    stage.sandbox.add_style(documents.style(__inventory_cache=CACHE), ACME)
    found = stock(stage)
    assert [(one.size, one.basis, one.level, one.first_day) for one in found] == [
        ("S", Basis.IMMEDIATE, Stated(units=Decimal(120)), TODAY),
        ("M", Basis.FUTURE, Stated(units=Decimal(40)), date(2025, 5, 1)),
    ]


def test_rows_know_more_than_the_cache() -> None:
    """Where the v3.0 rows of the style's warehouses can be read, they are told instead."""
    stage = Stage()
    stage.sandbox.add_style(documents.style(__inventory_cache=CACHE), ACME)
    for each in (
        row("k1", "immediate", 118),
        row("k2", "Prebook", None, prebook=True, period_end="06/30/2025"),
        row("k2", "future", 7, active=False),
        row("other style", "immediate", 9),
    ):
        stage.sandbox.add_replenishment(each, ACME)
    found = stock(stage)
    assert [(one.size, one.basis, str(one.level), one.last_day) for one in found] == [
        ("S", Basis.IMMEDIATE, "118", None),
        ("M", Basis.PREBOOK, "unlimited", date(2025, 6, 30)),
    ]


@pytest.mark.parametrize("named", [["w1"], ["w1", {"_id": "w2"}, None]], ids=["id", "and others"])
def test_rows_of_the_warehouses_that_a_style_names(named: list[Any]) -> None:
    """A style without stock of its own may name the warehouses whose rows are read."""
    stage = Stage()
    stage.sandbox.add_style(documents.style(warehouses=named), ACME)
    stage.sandbox.add_replenishment(row("k1", "immediate", 0), ACME)
    assert [(one.size, str(one.level)) for one in stock(stage)] == [("S", "0")]


@pytest.mark.parametrize(
    ("style", "why"),
    [(documents.style(), "states no stock"), (None, "no document")],
    ids=["no stock", "no style"],
)
def test_nothing_is_unknown(style: dict[str, Any] | None, why: str) -> None:
    """No inventory at all is unknown, with the reason."""
    stage = Stage()
    if style:
        stage.sandbox.add_style(style, ACME)
    (found,) = stock(stage)
    assert isinstance(found.level, Unknown)
    assert why in found.level.why
    assert str(found.level) == "unknown"
    assert (found.size, found.basis) == ("", Basis.UNSTATED)


@pytest.mark.parametrize(
    "refused",
    [
        refusal(403, "no"),
        refusal(404, "path not found"),
        text("Oops, there was a problem!", 500),
        refusal(400, "no"),
    ],
    ids=["403", "404", "500", "400"],
)
def test_refused_inventory_leads_on(refused: Any) -> None:
    """A host that turns inventory down is asked for the style document; rows that are refused leave the cache."""
    script = Script(inventory_s100=refused, product_s100=answer(documents.style(__inventory_cache=CACHE)))
    script.paths["/api/v3.0/warehouse/w1/replenishments"] = [refusal(403, "no")]
    source = NuOrder(portals=(portal(),))
    found = script.run(source.stock("Acme", "s100"))
    assert [str(one.level) for one in found] == ["120", "40"]


def test_refusal_is_remembered() -> None:
    """A host that does not tell inventory is not asked for it again."""
    script = Script(inventory_s100=refusal(403, "no"), product_s100=answer(documents.style()))
    source = NuOrder(portals=(portal(),))
    for _ in range(2):
        script.run(source.stock("Acme", "s100"))
    assert script.called == ["/api/inventory/s100", "/api/product/s100", "/api/product/s100"]


@pytest.mark.parametrize(
    "rows", [{"replenishments": []}, [{"quantity": 5}], "x"], ids=["object", "nameless row", "text"]
)
def test_strange_rows_leave_the_cache(rows: Any) -> None:
    """Only the writing of rows is on record, so what is read there is not insisted on."""
    script = Script(
        inventory_s100=answer({"inventory": []}),
        product_s100=answer(documents.style(__inventory_cache=CACHE)),
    )
    script.paths["/api/v3.0/warehouse/w1/replenishments"] = [answer(rows)]
    found = script.run(NuOrder(portals=(portal(),)).stock("Acme", "s100"))
    assert [str(one.level) for one in found] == ["120", "40"]


@pytest.mark.parametrize(
    "style", [{"_id": "s100"}, {"_id": "s100", "sizes": 7, "__inventory_cache": 7}, [], "x", None], ids=str
)
def test_strange_style_documents(style: Any) -> None:
    """A style document without sizes or stock leaves it unknown."""
    script = Script(inventory_s100=answer({"inventory": []}), product_s100=answer(style))
    try:
        (found,) = script.run(NuOrder(portals=(portal(),)).stock("Acme", "s100"))
    except (BadDocument, RemoteError):
        return
    assert isinstance(found.level, Unknown)


def test_bad_inventory_is_named() -> None:
    """An inventory document that cannot be read names its fields."""
    bad = {"inventory": [{"wip": [{"name": "immediate", "sizes": [{"size": "S", "quantity": "lots"}]}]}]}
    script = Script(inventory_s100=answer(bad))
    with pytest.raises(BadDocument) as caught:
        script.run(NuOrder(portals=(portal(),)).stock("Acme", "s100"))
    assert [issue.path for issue in caught.value.issues] == ["$.inventory[0].wip[0].sizes[0].quantity"]


@pytest.mark.parametrize("where", ["inventory", "rows"])
def test_trouble_is_no_empty_shelf(where: str) -> None:
    """A server in trouble is an error, never taken for a brand without stock."""
    good = answer(documents.style(__inventory_cache=CACHE))
    script = Script(inventory_s100=answer({"inventory": []}), product_s100=good)
    path = "/api/inventory/s100" if where == "inventory" else "/api/v3.0/warehouse/w1/replenishments"
    script.paths[path] = [text("try later", 503)]
    with pytest.raises(RemoteError):
        script.run(NuOrder(portals=(portal(),)).stock("Acme", "s100"))


def test_wrong_token_is_no_empty_shelf() -> None:
    """A wrong token says who must act; it is never taken for a host without stock."""
    script = Script(inventory_s100=refusal(401, "no access"))
    with pytest.raises(Unauthorized):
        script.run(NuOrder(portals=(portal(),)).stock("Acme", "s100"))
