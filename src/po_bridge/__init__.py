"""Wholesale orders into a point of sale: reviewed, planned, applied exactly once."""

from .execution.async_bridge import AsyncBridge
from .execution.bridge import Bridge
from .journal import MemoryJournal, open_journal
from .mapping.business import DEFAULT_TABLES, ORDER_TABLE, PRODUCT_TABLE, BusinessTable, BusinessTables
from .models.keys import LineKey, OrderKey
from .models.setup import PackRule, PortalRules, PriceReading, Setup, SkuRule, TakeOver, WindowRule
from .planning.outcome import Differs, Halted, Held, Outcome, Synced, Undone
from .planning.plan import Plan
from .planning.planner import plan
from .planning.progress import ready
from .planning.review import Review
from .planning.ruling import answer, create_new, link_to, skip
from .planning.steps import steps_of
from .planning.timeline import Timeline
from .ports.source import OrderFilter

__all__ = [
    "AsyncBridge",
    "Bridge",
    "BusinessTable",
    "BusinessTables",
    "DEFAULT_TABLES",
    "Differs",
    "Halted",
    "Held",
    "LineKey",
    "MemoryJournal",
    "ORDER_TABLE",
    "OrderFilter",
    "OrderKey",
    "Outcome",
    "PRODUCT_TABLE",
    "PackRule",
    "Plan",
    "PortalRules",
    "PriceReading",
    "Review",
    "Setup",
    "SkuRule",
    "Synced",
    "TakeOver",
    "Timeline",
    "Undone",
    "WindowRule",
    "answer",
    "create_new",
    "link_to",
    "open_journal",
    "plan",
    "ready",
    "skip",
    "steps_of",
]
