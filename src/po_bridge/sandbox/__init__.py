"""Stateful emulators of the vendors' APIs, for tests, demonstrations and trying things out."""

from __future__ import annotations

from .app import Exchange, Front, Router, Sandbox, calls
from .fault import Fault, FaultKind, FaultScript
from .message import Dropped, Request, Response
from .server import Served, serve

__all__ = [
    "Dropped",
    "Exchange",
    "Fault",
    "FaultKind",
    "FaultScript",
    "Front",
    "Request",
    "Response",
    "Router",
    "Sandbox",
    "Served",
    "calls",
    "serve",
]
