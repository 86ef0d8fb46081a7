"""Everything the emulator remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import define, field, frozen

from .deed import Deed

Document = dict[str, Any]
"""A JSON object as it is served; numbers with a fraction are Decimal."""


def exact(value: Any) -> Any:
    """Copy a JSON value, each float as the Decimal of its shortest text."""
    if isinstance(value, Mapping):
        return {str(name): exact(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [exact(each) for each in value]
    return Decimal(str(value)) if isinstance(value, float) else value


@define(kw_only=True)
class Shelf:
    """What one brand portal holds, by id."""

    orders: dict[str, Document] = field(factory=dict)
    """Orders, oldest first."""
    styles: dict[str, Document] = field(factory=dict)
    """Style documents."""
    stock: dict[str, list[Document]] = field(factory=dict)
    """Inventory entries by style id."""
    replenishments: list[Document] = field(factory=list)
    """Rows of the v3.0 stock, each with its id."""
    companies: dict[str, Document] = field(factory=dict)
    """Retailers the brand knows."""


@define(kw_only=True)
class Application:
    """A hand-shake that was begun."""

    token: str
    """Temporary token, 16 characters."""
    secret: str = field(repr=False)
    """Secret of the temporary token, 24 characters."""
    consumer_key: str
    """Key that began it."""
    name: str
    """What the admin reads under pending applications."""
    callback: str
    """`oob`, or the address that is to learn the verifier."""
    verifier: str = ""
    """Verification code, empty until the admin approved."""


@frozen(kw_only=True)
class Grant:
    """A permanent token."""

    consumer_key: str
    """Key it was given to."""
    secret: str = field(repr=False)
    """Secret of the token."""


@frozen(kw_only=True)
class Due:
    """A deed of the scripted life, with its hour."""

    at: datetime
    """When it happens, aware."""
    portal: str
    """In which portal."""
    deed: Deed
    """What happens."""


@define(kw_only=True)
class State:
    """All that a snapshot keeps."""

    shelves: dict[str, Shelf] = field(factory=dict)
    """By name of the portal."""
    pictures: dict[str, bytes] = field(factory=dict)
    """By hash."""
    applications: dict[str, Application] = field(factory=dict)
    """By temporary token."""
    grants: dict[str, Grant] = field(factory=dict)
    """By permanent token."""
    script: list[Due] = field(factory=list)
    """What is still to happen, earliest first."""
    issued: int = 0
    """Ids and secrets given out so far."""

    def new_id(self) -> str:
        """Give out an id of 24 hexadecimal digits, the next of a counter."""
        self.issued += 1
        return f"6a5d0000{self.issued:016x}"

    def new_secret(self, length: int) -> str:
        """Give out a text of up to 64 hexadecimal digits; no two are equal, and each run gives the same."""
        self.issued += 1
        return hashlib.sha256(f"sandbox secret {self.issued}".encode()).hexdigest()[:length]
