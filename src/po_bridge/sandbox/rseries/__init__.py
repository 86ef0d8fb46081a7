"""A stateful emulator of the R-Series API."""

from __future__ import annotations

from .limit import Limit
from .merchant import Merchant
from .paper import OrderStatus
from .records import Account
from .sandbox import RSeriesSandbox, Snapshot
from .seed import Furniture, Goods
from .switches import EarlyDate, ErrorBody, LongText, Switches, UnsureFilter
from .token import ALL_SCOPES, RIGHTS

__all__ = [
    "ALL_SCOPES",
    "Account",
    "EarlyDate",
    "ErrorBody",
    "Furniture",
    "Goods",
    "Limit",
    "LongText",
    "Merchant",
    "OrderStatus",
    "RIGHTS",
    "RSeriesSandbox",
    "Snapshot",
    "Switches",
    "UnsureFilter",
]
