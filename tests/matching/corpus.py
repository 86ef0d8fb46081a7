"""The corpus of tests/corpus: order lines and POS products by fault, with what matching must say of each line.

A case is a TOML table; what it leaves out is ordinary. Its words:

``lines``     style, color, size, upc, color_code, name, style_upc, item_id, pack, season, style_id, units,
              portal, supplier (id in the POS, "" where it is not there), brand
``products``  id, name, upc, codes, sku, code (supplier code), options, supplier, suppliers, brand,
              deleted, composite, inactive
``links``     product id by line, "" for none
``verdicts``  "link ID", "create" or "skip" by line, "" for none
``against``   "taken back ID" or "rules disagree" by line, "" for nothing
``near``      score by product id, for the first line
``expect``    "matched ID by RUNG", "review REASON REASON", "new" or "skipped" by line
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from po_bridge.matching.demand import Demand, NearHit
from po_bridge.matching.keys_of import keys_of
from po_bridge.matching.ladder import match
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.matching.result import (
    Choice,
    Match,
    Matched,
    NeedsReview,
    New,
    Objection,
    Reason,
    Skipped,
    Verdict,
)
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine

FOLDER = Path(__file__).parents[1] / "corpus"
SUPPLIER = "s-north"


@frozen(kw_only=True)
class Case:
    """One fault with what it leads to."""

    name: str
    """File and fault."""
    demands: tuple[Demand, ...]
    """One a line."""
    products: tuple[PosProduct, ...]
    """The store."""
    links: Mapping[LineKey, str]
    """Confirmed pairs."""
    verdicts: Mapping[LineKey, Verdict]
    """Decisions."""
    objections: Mapping[LineKey, Objection]
    """What is on record against judging by signs."""
    near: Mapping[LineKey, tuple[NearHit, ...]]
    """Resemblance, given."""
    expected: tuple[str, ...]
    """One a line."""
    why: str = ""
    """What a merchant would say."""


def demand_of(line: Mapping[str, Any]) -> Demand:
    """Make a demand of a line of the corpus."""
    color, size = line.get("color", "Red"), line.get("size", "M")
    style = line.get("style", "AB100")
    portal = line.get("portal", "north")
    style_id = line.get("style_id", f"{style or 'none'}-{color}")
    key = LineKey(portal=portal, style_id=style_id, color=color, size=size)
    pack = Decimal(line["pack"]) if "pack" in line else None
    order_line = OrderLine(
        key=key,
        style_number=style,
        color_code=line.get("color_code", ""),
        season=line.get("season", ""),
        brand_item_id=line.get("item_id", ""),
        quantity=Decimal(line.get("units", 6)),
        upc=line.get("upc"),
        units_per_pack=pack,
    )
    document = None
    if "name" in line or "style_upc" in line:
        sizes = (StyleSize(size=size, upc=line.get("style_upc")),)
        name = line.get("name", "")
        document = StyleDocument(
            portal=portal, style_id=style_id, number=style, name=name, color=color, sizes=sizes
        )
    return Demand(
        key=key,
        lines=(order_line,),
        style=document,
        supplier_id=line.get("supplier", SUPPLIER) or None,
        brand_id=line.get("brand"),
    )


def product_of(row: Mapping[str, Any]) -> PosProduct:
    """Make a POS product of a row of the corpus."""
    texts = [*([row["upc"]] if "upc" in row else []), *row.get("codes", [])]
    suppliers = row.get("suppliers", {row.get("supplier", SUPPLIER): row.get("code", "")})
    return PosProduct(
        id=row["id"],
        name=row.get("name", "Tee"),
        sku=row.get("sku", texts[0] if texts else ""),
        codes=tuple(ProductCode(kind=CodeKind.CUSTOM, text=text) for text in texts),
        suppliers=tuple(
            ProductSupplier(supplier_id=key, code=code) for key, code in suppliers.items() if key
        ),
        options=tuple(OptionValue(name=name, value=value) for name, value in row.get("options", {}).items()),
        brand_id=row.get("brand"),
        deleted=row.get("deleted", False),
        composite=row.get("composite", False),
        active=not row.get("inactive", False),
    )


def verdict_of(text: str) -> Verdict:
    """Read ``link ID``, ``create`` or ``skip``."""
    choice, _, product_id = text.partition(" ")
    return Verdict(choice=Choice(choice), product_id=product_id, by="ana", why="seen in the shop")


def objection_of(text: str) -> Objection:
    """Read ``taken back ID`` or ``rules disagree``."""
    if text == "rules disagree":
        return Objection(reason=Reason.RULES_DISAGREE, by=("size M: skip", "season fall: create"))
    return Objection(reason=Reason.TAKEN_BACK, product_ids=(text.removeprefix("taken back "),))


def _case(file: Path, row: Mapping[str, Any]) -> Case:
    demands = tuple(demand_of(line) for line in row["lines"])
    keys = [demand.key for demand in demands]
    hits = (NearHit(product_id=key, score=float(score)) for key, score in row.get("near", {}).items())
    near = tuple(sorted(hits, key=lambda hit: (-hit.score, hit.product_id)))
    verdicts = zip(keys, row.get("verdicts", []), strict=False)
    return Case(
        name=f"{file.stem}: {row['fault']}",
        demands=demands,
        products=tuple(product_of(product) for product in row.get("products", [])),
        links={key: link for key, link in zip(keys, row.get("links", []), strict=False) if link},
        verdicts={key: verdict_of(text) for key, text in verdicts if text},
        objections={
            key: objection_of(text) for key, text in zip(keys, row.get("against", []), strict=False) if text
        },
        near={keys[0]: near} if near else {},
        expected=tuple(row["expect"]),
        why=row.get("why", ""),
    )


def cases() -> Iterator[Case]:
    """Read every case, file by file."""
    for file in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield _case(file, row)


def matched(case: Case) -> Mapping[LineKey, Match]:
    """Look a case up in an index and climb the ladder, as a review does."""
    index = MemoryIndex()
    index.upsert(case.products)
    hits = {found.key: found for found in index.lookup([keys_of(demand) for demand in case.demands])}
    products = {product.id: product for product in case.products}
    return match(
        case.demands,
        hits,
        products,
        case.links,
        case.verdicts,
        case.near,
        objections=case.objections,
    )


def said(result: Match) -> str:
    """Write a result as ``expect`` does."""
    match result:
        case Matched():
            return f"matched {result.product_id} by {result.rung.value}"
        case NeedsReview():
            return f"review {' '.join(reason.name for reason in result.reasons)}"
        case New():
            return "new"
        case Skipped():
            return "skipped"
