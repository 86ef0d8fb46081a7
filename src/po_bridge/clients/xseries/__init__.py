"""The adapter for Lightspeed Retail X-Series."""

from __future__ import annotations

from .settings import BodyForm, Settings
from .target import XSeries
from .token import Application

__all__ = ["Application", "BodyForm", "Settings", "XSeries"]
