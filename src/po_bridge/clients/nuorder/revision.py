"""The content hash of a document: what changes when the document does.

``modified_on`` is no help: recordings show that it stays when an order is processed or cancelled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from ...mapping.json_text import write_json

ORDER_VOLATILE: Final = frozenset(
    {
        "modified_on",
        # Where the order stands, read apart from what it says: the status moves without an edit.
        "status",
        "payment_status",
        "shipments",
        "__exported",
        "__shipment_status",
        # What the vendor keeps for itself.
        "__metadata",
        "easy_order_viewed",
        "legal_file",
        "locked",
    }
)
"""Keys of an order that move without the order meaning anything else."""

STYLE_VOLATILE: Final = frozenset(
    {
        "modified_on",
        # Stock moves with every order of any shop.
        "available_now",
        "__inventory",
        "__inventory_cache",
        "__sold_out",
        "__merchandising_order",
    }
)
"""Keys of a style document that move without the style meaning anything else."""

_PDF: Final = "_pdf"
"""Part of the names under which the vendor keeps the documents it prints."""


def revision(document: Mapping[str, Any], volatile: frozenset[str]) -> str:
    """Hash a document without its volatile keys, 64 hexadecimal digits.

    The order of keys, and how a number is written (``12.5``, ``12.50``), make no difference.
    """
    kept = {key: value for key, value in document.items() if key not in volatile and _PDF not in key}
    return hashlib.sha256(write_json(kept, canonical=True)).hexdigest()
