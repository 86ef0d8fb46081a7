"""A stateful emulator of the X-Series API."""

from __future__ import annotations

from .limit import Limit
from .merchant import Merchant
from .records import Retailer
from .sandbox import Snapshot, XSeriesSandbox
from .seed import Furniture, Goods
from .switches import AddBody, BadRow, BodyForm, ErrorShape, HiddenCosts, ImageBody, Switches
from .token import ALL_SCOPES

__all__ = [
    "ALL_SCOPES",
    "AddBody",
    "BadRow",
    "BodyForm",
    "ErrorShape",
    "Furniture",
    "Goods",
    "HiddenCosts",
    "ImageBody",
    "Limit",
    "Merchant",
    "Retailer",
    "Snapshot",
    "Switches",
    "XSeriesSandbox",
]
