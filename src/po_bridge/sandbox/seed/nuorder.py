"""The wholesale side of the seed."""

from __future__ import annotations

from ..nuorder import NuOrderSandbox
from .orders import seed_orders
from .styles import seed_styles


def seed_nuorder(sandbox: NuOrderSandbox) -> None:
    """Put two brands, their styles, pictures and stock, and the shop's orders into an emulator.

    It must have been made with the seed's `PORTALS`. Always the same documents, whatever the clock says.
    """
    seed_styles(sandbox)
    seed_orders(sandbox)
