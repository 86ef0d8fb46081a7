"""Invented brands and an invented shop to fill the emulators with."""

from .brand import BRAND, BUYER, OUTLETS, PORTALS, SECOND_BRAND, SHOP
from .living_order import LIFE
from .nuorder import seed_nuorder
from .order_rows import DEMO_ORDER, LIVING_ORDER, SPLIT_ORDER
from .rseries import SeededAccount, seed_rseries
from .styles import WAREHOUSE
from .xseries import SeededStore, seed_xseries

__all__ = [
    "BRAND",
    "BUYER",
    "DEMO_ORDER",
    "LIFE",
    "LIVING_ORDER",
    "OUTLETS",
    "PORTALS",
    "SECOND_BRAND",
    "SHOP",
    "SPLIT_ORDER",
    "SeededAccount",
    "SeededStore",
    "WAREHOUSE",
    "seed_nuorder",
    "seed_rseries",
    "seed_xseries",
]
