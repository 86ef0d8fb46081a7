"""The adapter for Lightspeed Retail X-Series."""

from __future__ import annotations

from .connect import Begun, Connected, Granted, granted, redeem
from .preflight import Preflight, Right, Trial
from .settings import BodyForm, Settings
from .target import XSeries
from .token import Application

__all__ = [
    "Application",
    "Begun",
    "BodyForm",
    "Connected",
    "Granted",
    "Preflight",
    "Right",
    "Settings",
    "Trial",
    "XSeries",
    "granted",
    "redeem",
]
