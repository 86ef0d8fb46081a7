"""The tables an adapter reads by."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from ...models.style_document import StyleDocument
from ...models.wholesale_order import WholesaleOrder
from ..table import Table
from .orders import ORDER
from .styles import STYLE


@frozen(kw_only=True)
class Tables:
    """The tables an adapter reads by; a caller may hand in changed ones."""

    order: Table[WholesaleOrder] = ORDER
    """Reads an order; needs ``portal`` in its context."""
    style: Table[StyleDocument] = STYLE
    """Reads a style document; needs ``portal`` in its context."""


DEFAULT: Final = Tables()
"""The tables as shipped."""
