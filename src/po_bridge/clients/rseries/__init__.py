"""The adapter for Lightspeed Retail R-Series."""

from __future__ import annotations

from .._preflight import Preflight, Right, Trial
from .._token import Application
from .connect import Begun, Connected, Granted, granted, redeem
from .settings import OrderNote, Settings
from .target import RSeries

__all__ = [
    "Application",
    "Begun",
    "Connected",
    "Granted",
    "OrderNote",
    "Preflight",
    "RSeries",
    "Right",
    "Settings",
    "Trial",
    "granted",
    "redeem",
]
