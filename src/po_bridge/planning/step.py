"""One remote write, with what it waits for."""

from __future__ import annotations

import hashlib

from attrs import field, frozen

from ..models.keys import OrderKey
from .write import Write


def step_key(change: str, part: str) -> str:
    """Digest of a change and the part of it that a step does; the same in every process."""
    return hashlib.sha256(f"{change}\n{part}".encode()).hexdigest()[:16]


@frozen(kw_only=True)
class Step:
    """One remote write."""

    key: str
    """Digest of change and part; children append ``/0``, ``/1``."""
    change: str
    """Key of the change it belongs to."""
    orders: tuple[OrderKey, ...]
    """Orders that need it."""
    write: Write
    """What is written."""
    needs: tuple[str, ...] = field(default=())
    """Keys of steps that come first."""

    def child(self, number: int, write: Write, needs: tuple[str, ...]) -> Step:
        """A repair of this step, a pure function of plan and history."""
        return Step(
            key=f"{self.key}/{number}", change=self.change, orders=self.orders, write=write, needs=needs
        )
