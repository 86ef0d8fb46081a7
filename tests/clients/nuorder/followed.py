"""Worlds for the contracts of shipments and stock: the emulator with parcels and inventory in its first portal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.clients.nuorder import documents
from tests.clients.nuorder.played import NAMES, Stage, portals

from po_bridge.clients.nuorder import NuOrder, Scheme, Side
from po_bridge.models.keys import OrderKey
from po_bridge.sandbox.nuorder import Deliver, Generation, Item, Ship, Switches, rendered
from po_bridge.sandbox.nuorder.life import perform
from po_bridge.sandbox.nuorder.stage import Stage as Place
from po_bridge.testing.shipments_contract import ShipmentsWorld
from po_bridge.testing.stock_contract import StockWorld

ACME = NAMES[0]


def key(number: str) -> OrderKey:
    """Key of an order made by ``documents.order``."""
    return OrderKey(portal=ACME, order_id=documents.order(number)["_id"])


def shipments_world(
    side: Side = Side.RETAILER,
    scheme: Scheme = Scheme.RFC5849,
    switches: Switches | None = None,
    generation: Generation = Generation.Y2025,
) -> ShipmentsWorld:
    """An order with two parcels, one without, and one whose parcels are nonsense."""
    stage = Stage(switches)
    stage.sandbox.add_style(documents.style(), ACME)
    for number in ("2001", "2002", "2003"):
        stage.sandbox.add_order(rendered(documents.order(number), generation), ACME)
    shelf = stage.sandbox.shelf(ACME)
    place = Place(
        state=stage.sandbox.state, shelf=shelf, switches=stage.sandbox.switches, now=stage.clock.now()
    )
    for size, units, tracking in (("S", 3, "1Z0001"), ("M", 2, "1Z0002")):
        item = Item(style_number="TEE-100", color="BLACK", size=size, units=units)
        perform(Ship(order="2001", items=(item,), carrier="UPS Ground", tracking=tracking), place)
    perform(Deliver(order="2001", tracking="1Z0001"), place)
    shelf.orders[key("2003").order_id]["shipments"] = [{"type": 7, "shipment_date": "soon"}]
    return ShipmentsWorld(
        source=NuOrder(portals=portals(side, scheme)),
        run=stage.run,
        shipped=key("2001"),
        tracking=("1Z0001", "1Z0002"),
        units=Decimal(5),
        unshipped=key("2002"),
        damaged=key("2003"),
        unknown=OrderKey(portal=ACME, order_id="0" * 24),
        # where the configured signature is refused, the other one is tried first
        calls=2 if switches and switches.schemes.value == "vendor" and scheme is Scheme.RFC5849 else 1,
    )


def stock_world(
    side: Side = Side.RETAILER, scheme: Scheme = Scheme.RFC5849, switches: Switches | None = None
) -> StockWorld:
    """A style with stock, one without, and a document for each."""
    stage = Stage(switches)
    for id in ("s100", "s200"):
        stage.sandbox.add_style(documents.style(id), ACME)
    stage.sandbox.add_stock("s100", inventory(), ACME)
    return StockWorld(
        source=NuOrder(portals=portals(side, scheme)),
        run=stage.run,
        portal=ACME,
        style_id="s100",
        immediate=("S", Decimal(20)),
        sold_out="M",
        prebook="L",
        unstated="s200",
        unknown="s999",
    )


def inventory() -> list[dict[str, Any]]:
    """Twenty of S, none of M, and L to be made."""
    sizes = [{"size": "S", "quantity": 20}, {"size": "M", "quantity": 0}]
    return [
        {"warehouse": "east", "prebook": False, "wip": [{"name": "immediate", "sizes": sizes}]},
        {"warehouse": "east", "prebook": True, "wip": [{"name": "prebook", "sizes": [{"size": "L"}]}]},
    ]
