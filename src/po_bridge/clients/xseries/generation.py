"""What differs between generations of the API: products, their families and pictures."""

from __future__ import annotations

from typing import Protocol

from ...planning.receipt import Probed, Receipt, Rest
from ...planning.refs import Ids
from ...planning.snapshot import Page
from ...planning.write import AddMembers, AttachImage, CreateFamily, UpdateProduct
from ...ports.exchange import Exchange
from .reading_back import Reader

ProductWrite = CreateFamily | AddMembers | UpdateProduct | AttachImage
"""Writes that each generation does in its own way."""


class Generation(Reader, Protocol):
    """The product part of one API version; what was made is read back as a ``Reader`` does."""

    def page(self, since: str) -> Exchange[Page]:
        """One page of products, deleted ones included."""
        ...

    def perform(self, write: ProductWrite, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one write with at most one mutating request; raises as ``Target.perform``."""
        ...

    def probe(self, write: ProductWrite, ids: Ids, since: str) -> Exchange[Probed]:
        """Ask whether a write happened; *since* is the product cursor before it."""
        ...

    def calls(self, write: ProductWrite) -> int:
        """Requests that a write takes when nothing goes wrong; what is read back later is not counted."""
        ...
