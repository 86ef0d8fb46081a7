"""Where each public name lives, so that ``import po_bridge`` reads only what is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

HOMES = {
    "Address": "models.wholesale_order",
    "AsyncBridge": "execution.async_bridge",
    "Availability": "models.availability",
    "Basis": "models.availability",
    "Bridge": "execution.bridge",
    "BucketShared": "execution.event",
    "BusinessTable": "mapping.business",
    "BusinessTables": "mapping.business",
    "CacheMended": "execution.event",
    "Capabilities": "models.capabilities",
    "CodeKind": "models.pos_product",
    "Condition": "planning.rule",
    "DEFAULT_TABLES": "mapping.business",
    "Differs": "planning.outcome",
    "Effect": "models.capabilities",
    "Event": "execution.event",
    "Gtin": "models.gtin",
    "Halted": "planning.outcome",
    "Held": "planning.outcome",
    "LineField": "planning.rule",
    "LineKey": "models.keys",
    "Mark": "planning.mark",
    "MemoryJournal": "journal",
    "Milestone": "models.milestone",
    "MirrorRead": "execution.event",
    "Money": "models.money",
    "ORDER_TABLE": "mapping.business",
    "OnEvent": "execution.event",
    "OptionValue": "models.pos_product",
    "OrderDraft": "models.order_draft",
    "OrderFilter": "ports.source",
    "OrderKey": "models.keys",
    "OrderLine": "models.wholesale_order",
    "OrderState": "execution.status",
    "OrderStatus": "execution.status",
    "Outcome": "planning.outcome",
    "Outlet": "models.store",
    "PRODUCT_TABLE": "mapping.business",
    "PackRule": "models.setup",
    "ParcelStatus": "models.shipment",
    "Plan": "planning.plan",
    "PortalRules": "models.setup",
    "PosImage": "models.pos_product",
    "PosProduct": "models.pos_product",
    "PriceReading": "models.setup",
    "ProductCode": "models.pos_product",
    "ProductDraft": "models.order_draft",
    "ProductSupplier": "models.pos_product",
    "PurchaseLine": "models.purchase_order",
    "PurchaseOrder": "models.purchase_order",
    "PurchaseStatus": "models.purchase_order",
    "Reached": "models.milestone",
    "Review": "planning.review",
    "Rule": "planning.rule",
    "Ruling": "planning.ruling",
    "RunEnded": "execution.event",
    "RunStarted": "execution.event",
    "Secret": "models.secret",
    "Setup": "models.setup",
    "SheetForm": "planning.decision_sheet",
    "ShipWindow": "models.wholesale_order",
    "Shipment": "models.shipment",
    "ShippedLine": "models.shipment",
    "Shipping": "models.shipment",
    "SkuRule": "models.setup",
    "Stated": "models.availability",
    "StepMarked": "execution.event",
    "StoreFacts": "models.store",
    "StyleDocument": "models.style_document",
    "StyleSize": "models.style_document",
    "Synced": "planning.outcome",
    "TakeOver": "models.setup",
    "TaxForm": "models.store",
    "Timeline": "planning.timeline",
    "Undone": "planning.outcome",
    "Unknown": "models.availability",
    "Unlimited": "models.availability",
    "Waiting": "execution.event",
    "WholesaleOrder": "models.wholesale_order",
    "WholesaleStatus": "models.wholesale_order",
    "WindowRule": "models.setup",
    "answer": "planning.ruling",
    "create_new": "planning.ruling",
    "every_line": "planning.rule",
    "link_to": "planning.ruling",
    "open_cache": "catalog",
    "open_journal": "journal",
    "plan": "planning.planner",
    "read_sheet": "planning.decision_sheet",
    "ready": "planning.progress",
    "row": "mapping.business",
    "skip": "planning.ruling",
    "steps_of": "planning.steps",
    "write_sheet": "planning.decision_sheet",
}
"""The module, below the package, of each public name (PEP 562)."""


def reader(package: str) -> Callable[[str], object]:
    """Give the package's ``__getattr__``: a name is imported when it is first asked for, then kept.

    Without this, the import builds every class of the library, about 0.2 s, for a program that may need one.
    """

    def read(name: str) -> object:
        try:
            home = HOMES[name]
        except KeyError:
            raise AttributeError(f"module {package!r} has no attribute {name!r}") from None
        value = getattr(import_module(f".{home}", package), name)
        setattr(sys.modules[package], name, value)
        return value

    return read
