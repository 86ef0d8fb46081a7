"""NuORDER as a source of wholesale orders."""

from __future__ import annotations

from ...mapping.nuorder import LINE, ORDER, STYLE, Tables
from .checkup import Checkup, Finding, State, check
from .connect import Pending, initiate, redeem
from .portal import Credentials, Portal, Side
from .scheme import Scheme
from .side_by_side import AT_ONCE
from .source import NuOrder

__all__ = [
    "AT_ONCE",
    "Checkup",
    "Credentials",
    "Finding",
    "LINE",
    "NuOrder",
    "ORDER",
    "Pending",
    "Portal",
    "STYLE",
    "Scheme",
    "Side",
    "State",
    "Tables",
    "check",
    "initiate",
    "redeem",
]
