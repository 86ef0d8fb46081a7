"""Wholesale orders into a point of sale: reviewed, planned, applied exactly once."""

from typing import TYPE_CHECKING

from ._face import HOMES, reader

if TYPE_CHECKING:
    from .catalog import open_cache
    from .execution.async_bridge import AsyncBridge
    from .execution.bridge import Bridge
    from .execution.event import (
        BucketShared,
        CacheMended,
        Event,
        MirrorRead,
        OnEvent,
        RunEnded,
        RunStarted,
        StepMarked,
        Waiting,
    )
    from .execution.status import OrderState, OrderStatus
    from .journal import MemoryJournal, open_journal
    from .mapping.business import (
        DEFAULT_TABLES,
        ORDER_TABLE,
        PRODUCT_TABLE,
        BusinessTable,
        BusinessTables,
        row,
    )
    from .models.availability import Availability, Basis, Stated, Unknown, Unlimited
    from .models.capabilities import Capabilities, Effect
    from .models.gtin import Gtin
    from .models.keys import LineKey, OrderKey
    from .models.milestone import Milestone, Reached
    from .models.money import Money
    from .models.order_draft import OrderDraft, ProductDraft
    from .models.pos_product import CodeKind, OptionValue, PosImage, PosProduct, ProductCode, ProductSupplier
    from .models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
    from .models.secret import Secret
    from .models.setup import PackRule, PortalRules, PriceReading, Setup, SkuRule, TakeOver, WindowRule
    from .models.shipment import ParcelStatus, Shipment, ShippedLine, Shipping
    from .models.store import Outlet, StoreFacts, TaxForm
    from .models.style_document import StyleDocument, StyleSize
    from .models.wholesale_order import Address, OrderLine, ShipWindow, WholesaleOrder, WholesaleStatus
    from .planning.decision_sheet import SheetForm, read_sheet, write_sheet
    from .planning.mark import Mark
    from .planning.outcome import Differs, Halted, Held, Outcome, Synced, Undone
    from .planning.plan import Plan
    from .planning.planner import plan
    from .planning.progress import ready
    from .planning.review import Review
    from .planning.rule import Condition, LineField, Rule, every_line
    from .planning.ruling import Ruling, answer, create_new, link_to, skip
    from .planning.steps import steps_of
    from .planning.timeline import Timeline
    from .ports.source import OrderFilter
else:
    __getattr__ = reader(__name__)
    __dir__ = HOMES.keys

__all__ = [
    "Address",
    "AsyncBridge",
    "Availability",
    "Basis",
    "Bridge",
    "BucketShared",
    "BusinessTable",
    "BusinessTables",
    "CacheMended",
    "Capabilities",
    "CodeKind",
    "Condition",
    "DEFAULT_TABLES",
    "Differs",
    "Effect",
    "Event",
    "Gtin",
    "Halted",
    "Held",
    "LineField",
    "LineKey",
    "Mark",
    "MemoryJournal",
    "Milestone",
    "MirrorRead",
    "Money",
    "ORDER_TABLE",
    "OnEvent",
    "OptionValue",
    "OrderDraft",
    "OrderFilter",
    "OrderKey",
    "OrderLine",
    "OrderState",
    "OrderStatus",
    "Outcome",
    "Outlet",
    "PRODUCT_TABLE",
    "PackRule",
    "ParcelStatus",
    "Plan",
    "PortalRules",
    "PosImage",
    "PosProduct",
    "PriceReading",
    "ProductCode",
    "ProductDraft",
    "ProductSupplier",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseStatus",
    "Reached",
    "Review",
    "Rule",
    "Ruling",
    "RunEnded",
    "RunStarted",
    "Secret",
    "Setup",
    "SheetForm",
    "ShipWindow",
    "Shipment",
    "ShippedLine",
    "Shipping",
    "SkuRule",
    "Stated",
    "StepMarked",
    "StoreFacts",
    "StyleDocument",
    "StyleSize",
    "Synced",
    "TakeOver",
    "TaxForm",
    "Timeline",
    "Undone",
    "Unknown",
    "Unlimited",
    "Waiting",
    "WholesaleOrder",
    "WholesaleStatus",
    "WindowRule",
    "answer",
    "create_new",
    "every_line",
    "link_to",
    "open_cache",
    "open_journal",
    "plan",
    "read_sheet",
    "ready",
    "row",
    "skip",
    "steps_of",
    "write_sheet",
]
