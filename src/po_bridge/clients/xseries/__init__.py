"""The adapter for Lightspeed Retail X-Series."""

from __future__ import annotations

from .._preflight import Preflight, Right, Trial
from .._token import Application
from .connect import Begun, Connected, Granted, granted, redeem
from .settings import BodyForm, OrderReading, Settings
from .target import XSeries
from .versions import ApiVersion, ExpiredVersion, VersionAge
from .webhooks import Accepted, Delivery, Intake, Rejected, Repeated, take

__all__ = [
    "Accepted",
    "ApiVersion",
    "Application",
    "Begun",
    "BodyForm",
    "Connected",
    "Delivery",
    "ExpiredVersion",
    "Granted",
    "Intake",
    "OrderReading",
    "Preflight",
    "Rejected",
    "Repeated",
    "Right",
    "Settings",
    "Trial",
    "VersionAge",
    "XSeries",
    "granted",
    "redeem",
    "take",
]
