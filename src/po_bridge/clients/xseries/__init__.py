"""The adapter for Lightspeed Retail X-Series."""

from __future__ import annotations

from .connect import Begun, Connected, Granted, granted, redeem
from .preflight import Preflight, Right, Trial
from .settings import BodyForm, OrderReading, Settings
from .target import XSeries
from .token import Application
from .versions import ApiVersion, ExpiredVersion, VersionAge

__all__ = [
    "ApiVersion",
    "Application",
    "Begun",
    "BodyForm",
    "Connected",
    "ExpiredVersion",
    "Granted",
    "OrderReading",
    "Preflight",
    "Right",
    "Settings",
    "Trial",
    "VersionAge",
    "XSeries",
    "granted",
    "redeem",
]
