from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from po_bridge.mapping import parse_json
from po_bridge.mapping.nuorder import ORDER, STYLE

RECORDED = Path(__file__).parents[3] / "shared" / "reference" / "samples" / "nuorder"
CONTEXT = {"portal": "acme"}


def recorded() -> list[tuple[str, Any]]:
    """List every recorded order, if the reference stands beside the project."""
    found: list[tuple[str, Any]] = []
    for path in sorted(RECORDED.glob("order_*.json")):
        value = parse_json(path.read_bytes())
        orders = value if isinstance(value, list) else [value]
        found += [(f"{path.stem}[{index}]", one) for index, one in enumerate(orders)]
    return found


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded documents do not stand beside the project")
def test_all_recorded_orders_are_read() -> None:
    """Each of the 15 recorded orders reads, meets its own total, and holds no key we do not know."""
    orders = {name: ORDER.read(document, context=CONTEXT) for name, document in recorded()}
    assert len(orders) == 15
    for name, read in orders.items():
        priced = sum(line.quantity * line.unit_price for line in read.lines if line.unit_price is not None)
        assert (name, priced, dict(read.extra)) == (name, read.total, {})


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded documents do not stand beside the project")
@pytest.mark.parametrize("name", ["product_get_by_id", "product_create_response", "product_update_response"])
def test_recorded_styles_are_read(name: str) -> None:
    """Each recorded style document reads and holds no key we do not know."""
    read = STYLE.read(parse_json((RECORDED / f"{name}.json").read_bytes()), context=CONTEXT)
    assert read.name
    assert dict(read.extra) == {}
