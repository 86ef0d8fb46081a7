from __future__ import annotations

from tests.matching.corpus import demand_of, product_of

from po_bridge.matching.demand import Hits
from po_bridge.matching.explain import explain
from po_bridge.matching.ladder import match
from po_bridge.models.pos_product import PosProduct

UPC = "844277100014"


def explained(line: dict[str, object], *products: PosProduct) -> list[str]:
    """Match one line and explain it."""
    demand = demand_of(line)
    store = {product.id: product for product in products}
    hits = {demand.key: Hits(key=demand.key, by_options=tuple(store))}
    return explain(demand, match((demand,), hits, store, {}, {})[demand.key], store).splitlines()


def test_matched() -> None:
    """A match says with what, on which rung, by which signs, and how to change it."""
    product = product_of({"id": "p1", "upc": UPC, "code": "AB100-Red-M", "options": {"Size": "Medium"}})
    assert explained({"upc": UPC}, product) == [
        "AB100 / Red / M, 6 units, code 844277100014",
        "  matched with Tee / Medium (p1): it is the only product with this code, and nothing speaks against it",
        "  + code: 844277100014 = 844277100014",
        "  + supplier code: AB100-Red-M = AB100-Red-M",
        "  + size: M = Medium",
        "  To change it: link another product, create a new one, or skip the line.",
    ]


def test_review() -> None:
    """A review says why, shows each candidate with the signs for and against it, and what settles it."""
    product = product_of({"id": "p1", "upc": UPC, "options": {"Size": "L"}})
    assert explained({"upc": UPC}, product) == [
        "AB100 / Red / M, 6 units, code 844277100014",
        "  needs review: the code fits, but style, colour or size contradict",
        "  candidate Tee / L (p1), by code",
        "    + code: 844277100014 = 844277100014",
        "    - size: M, there L",
        "  To settle it: link it if it is the same all the same, or create a new product, or ask the brand.",
    ]


def test_new() -> None:
    """A new product says what was looked for in vain, and what would change it."""
    assert explained({}) == [
        "AB100 / Red / M, 6 units, no code",
        "  new: nothing in the POS resembles it",
        "  - style number: AB100, not found (Red / M)",
        "  To change it: link a product, or give one in the POS this code or supplier code.",
    ]


def test_many_candidates_are_counted() -> None:
    """Beyond five candidates only their number is told."""
    lines = explained({"upc": UPC}, *(product_of({"id": f"p{n}", "upc": UPC}) for n in range(8)))
    assert "  and 3 more" in lines
