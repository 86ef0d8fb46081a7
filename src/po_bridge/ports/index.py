"""The index port: finds POS products by code, supplier code, options and resemblance, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ..matching.demand import Hits, Keys, NearHit
from ..models.pos_product import PosProduct


class Index(Protocol):
    """Answers do not depend on the order in which products came in."""

    def lookup(self, batch: Sequence[Keys]) -> tuple[Hits, ...]:
        """Hits for each of the keys, in their order; dead products are among them."""
        ...

    def near(self, block: str, text: str, limit: int) -> tuple[NearHit, ...]:
        """Live products of a block (a supplier id) whose name resembles a text, best first.

        Empty where the extra that ranks them is not installed.
        """
        ...

    def upsert(self, products: Iterable[PosProduct]) -> None:
        """Take products in, replacing those of the same id."""
        ...

    def remove(self, product_ids: Iterable[str]) -> None:
        """Forget products; an unknown id is no error."""
        ...
