"""Orders from files on disk."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from .state import Document


def read_orders(path: Path) -> list[Document]:
    """Read a file that holds one order or a list of orders.

    Raises ValueError, naming the file, for anything else.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except ValueError as error:
        raise ValueError(f"{path.name} is not JSON: {error}") from error
    documents = value if isinstance(value, list) else [value]
    for document in documents:
        if not isinstance(document, dict) or "line_items" not in document:
            raise ValueError(f"{path.name} holds no order: line_items is missing")
    return documents
