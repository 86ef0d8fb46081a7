"""Members and words of later years: kept, told, and written back as they came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.clients.xseries.script import Script, adapter, reply, talk

from po_bridge.clients.xseries import ApiVersion, Settings
from po_bridge.models.pos_product import CodeKind, PosProduct, ProductCode
from po_bridge.models.purchase_order import PurchaseOrder, PurchaseStatus
from po_bridge.planning.refs import Known
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.step import Step
from po_bridge.planning.write import ProductFields, UpdateProduct

GTIN = {"type": "GTIN14", "code": "00123456789012"}
OWN_ROWS = Settings(generation=ApiVersion.V2026_10, rows_assumed=True)
OLD_ROWS = Settings(generation=ApiVersion.V2026_10)


def row(number: int, **members: Any) -> dict[str, Any]:
    """A product row as 2026-07 has it."""
    return {
        "id": f"p-{number}",
        "name": "Coat",
        "product_codes": [{"type": "UPC", "code": str(number)}],
    } | members


def page(rows: list[dict[str, Any]], **beside: Any) -> Any:
    """A page of rows, versions upwards."""
    numbered = [{"version": number + 1, **one} for number, one in enumerate(rows)]
    return reply({"data": numbered, "version": {"min": 1, "max": len(rows)}, **beside})


def test_every_row_of_a_page_is_looked_at() -> None:
    """A member that only the last row has, at the top or in a list, is told too."""
    target = adapter()
    rows = [row(1), row(2), row(3, scent="pine", product_codes=[GTIN | {"checked": True}])]
    found, _ = talk(target.changes(Collection.PRODUCTS, ""), page(rows))
    assert target.unknown == (
        "kind of product code: GTIN14",
        "member of a product: checked",
        "member of a product: scent",
    )
    last = found.records[-1]
    assert isinstance(last, PosProduct)
    assert last.codes == (ProductCode(kind=CodeKind.CUSTOM, text="00123456789012"),)


def test_products_that_are_read_alone_are_looked_at_too() -> None:
    """A look at one product tells as a list does."""
    target = adapter()
    talk(target._products.find("p-1"), reply({"data": row(1, scent="pine")}))
    assert target.unknown == ("member of a product: scent",)


def test_rows_and_families_of_2026_10_are_looked_at() -> None:
    """Members of families, of their products, kinds of codes and classes."""
    target = adapter(settings=OWN_ROWS)
    family = {"id": "f", "name": "Coat", "classification": "BUNDLE", "season": "FW"}
    rows = [{"id": "p", "family_id": "f", "codes": [GTIN], "active": None, "scent": "pine"}]
    talk(target.changes(Collection.PRODUCTS, ""), page(rows, includes={"families": [family]}))
    told = {"data": family | {"products": [{"id": "p", "codes": None, "aura": 1}]}}
    talk(target._products.find("p"), reply(told))
    assert target.unknown == (
        "classification: BUNDLE",
        "kind of product code: GTIN14",
        "member of a family: season",
        "member of a product: aura",
        "member of a product: scent",
    )


@pytest.mark.parametrize(
    "settings", [Settings(), OWN_ROWS, OLD_ROWS], ids=["2026-07", "own rows", "old rows"]
)
def test_an_unknown_kind_of_code_is_written_back_as_it_came(settings: Settings) -> None:
    """Taking over an empty UPC replaces the list of codes whole: what others typed stays what it was."""
    known = ProductCode(kind=CodeKind.CUSTOM, text=GTIN["code"])
    new = ProductCode(kind=CodeKind.UPC, text="012345678905")
    write = UpdateProduct(
        product=Known(id="p"), before=ProductFields(codes=(known,)), after=ProductFields(codes=(known, new))
    )
    own = settings.rows_assumed
    product = (
        {"id": "f", "name": "Coat", "products": [{"id": "p", "codes": [GTIN]}]}
        if own
        else row(1, id="p", product_codes=[GTIN])
    )
    script = Script([reply({"data": product}), reply({"data": {"id": "p"}})])
    step = Step(key="s", change="c", orders=(), write=write)
    script.run(adapter(settings=settings).perform(step, {}))
    (body,) = script.bodies()
    told = json.dumps(body)
    assert '"type": "GTIN14", "code": "00123456789012"' in told
    assert '"type": "UPC", "code": "012345678905"' in told


def test_an_unknown_status_keeps_its_word() -> None:
    """It cannot be edited, and people are told what the store calls it."""
    target = adapter()
    rows: list[dict[str, Any]] = [
        {"id": "o", "outlet_id": "1", "status": "ON_HOLD", "mood": 1},
        {"id": "o2", "outlet_id": "1", "status": "SENT"},
    ]
    found, _ = talk(target.changes(Collection.ORDERS, ""), page(rows))
    held, sent = found.records
    assert isinstance(held, PurchaseOrder)
    assert isinstance(sent, PurchaseOrder)
    assert (held.status, held.status_word, held.standing) == (PurchaseStatus.OTHER, "ON_HOLD", "ON_HOLD")
    assert (sent.status_word, sent.standing) == ("", "sent")
    assert target.unknown == ("member of a purchase order: mood", "status: ON_HOLD")
