"""The port of sources that can leave a portal out when they look for a number."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from ..models.keys import OrderKey
from .exchange import Exchange


@runtime_checkable
class Elsewhere(Protocol):
    """A source of several portals that looks for a number in all but one; any other is asked for all of them."""

    def find_elsewhere(self, number: str, portal: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number in other portals than this one; no call where there is no other.

        One portal that cannot be asked fails the whole, as in ``Source.find``.
        """
        ...
