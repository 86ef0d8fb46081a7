"""What a plan asks the mirror about."""

from __future__ import annotations

import pytest
from tests.execution.drivers import nobody

from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.execution.drive import World, drive
from po_bridge.execution.gathering import Gathering
from po_bridge.execution.memory_cache import MemoryCache
from po_bridge.models.pos_product import PosProduct
from po_bridge.planning.lookups import Lookups
from po_bridge.planning.snapshot import Collection, Page, Snapshot
from po_bridge.testing.subject import TrialClock


@pytest.mark.parametrize("known", [None, False, True], ids=["not known", "taken", "free"])
def test_codes_of_deleted_products(known: bool | None) -> None:
    """They count as taken unless the merchant has found out that they are free."""
    mirror = MemoryCache().mirror
    products = (
        PosProduct(id="dead", sku="A", deleted=True),
        PosProduct(id="gone", sku="B", deleted=True),
        PosProduct(id="live", sku="B"),
    )
    mirror.absorb(Collection.PRODUCTS, Page(records=products, position="1", more=False), "")
    target = XSeries(domain_prefix="demo", token="-", settings=Settings(deleted_codes_free=known))
    gathering = Gathering(target=target, mirror=mirror)
    wanted = Lookups(codes=frozenset("ABC"))
    found = drive(gathering.looked_up(Snapshot(), wanted), World(nobody, TrialClock()))
    assert dict(found.codes) == ({"B": ("live",)} if known else {"A": ("dead",), "B": ("gone", "live")})
