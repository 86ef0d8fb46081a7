"""The stock port: what a supplier has, for sources that tell."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from ..models.availability import Availability
from .exchange import Exchange


@runtime_checkable
class Stock(Protocol):
    """A source that tells what suppliers have; nothing is ever written to a POS from it."""

    def stock(self, portal: str, style_id: str) -> Exchange[tuple[Availability, ...]]:
        """Every promise for one style, by size, basis and warehouse; at least one, which may be unknown.

        A style that the platform does not know is unknown, not sold out.
        """
        ...
