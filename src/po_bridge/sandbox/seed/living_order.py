"""The life of one order after it was placed, and the split of another one, as a script."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import evolve

from ..nuorder import Deliver, Edit, Scene, SetStatus, Ship, Split
from .order_rows import LIVING_ORDER, SPLIT_ORDER, item

LIFE: Final = tuple(
    Scene(after=timedelta(hours=hours), deed=deed)
    for hours, deed in (
        (1, SetStatus(order=LIVING_ORDER, status="approved")),
        (3, Edit(order=LIVING_ORDER, item=item("FR-3001", "Washed Black", "32x32", 7), by="Jonas Vale")),
        (12, Split(order=SPLIT_ORDER, styles=("FR-8001",))),
        (24, SetStatus(order=LIVING_ORDER, status="processed")),
        (
            48,
            Ship(
                order=LIVING_ORDER,
                items=(
                    item("FR-3001", "Washed Black", "30x32", 3),
                    item("FR-3001", "Washed Black", "32x32", 4),
                    item("FR-6010", "Navy", "S/M", 12),
                ),
                carrier="UPS Ground",
                tracking="1Z0000000000000024",
            ),
        ),
        (96, Deliver(order=LIVING_ORDER, tracking="1Z0000000000000024")),
        (
            120,
            Ship(
                order=LIVING_ORDER,
                items=(
                    item("FR-3001", "Washed Black", "32x32", 3),
                    item("FR-3001", "Washed Black", "34x32", 3),
                    item("FR-6010", "Navy", "L/XL", 12),
                ),
                carrier="UPS Ground",
                tracking="1Z0000000000000031",
            ),
        ),
        (120, SetStatus(order=LIVING_ORDER, status="shipped")),
        (168, Deliver(order=LIVING_ORDER, tracking="1Z0000000000000031")),
    )
)
"""The life of the living order: approved, edited, processed, shipped in two parcels, delivered; another is split."""


def life_in(seconds: float) -> tuple[Scene, ...]:
    """The same life, played in so many seconds."""
    whole = max(scene.after for scene in LIFE)
    return tuple(evolve(scene, after=timedelta(seconds=seconds * (scene.after / whole))) for scene in LIFE)
