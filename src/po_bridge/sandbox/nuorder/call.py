"""One call that was let in, with all its handler needs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias
from zlib import error as ZlibError  # noqa: N812 - zlib names its exception in lower case

from attrs import frozen

from ..message import Request, Response
from .gate import Caller
from .portal import Side
from .state import Document, Shelf, State
from .switches import Switches


class BadBodyError(ValueError):
    """The body is not what the path takes; the text says why."""


@frozen(kw_only=True)
class Call:
    """A signed request on its way to a handler."""

    request: Request
    """What was asked."""
    params: Mapping[str, str]
    """Named segments of the path, decoded."""
    caller: Caller
    """Who asks."""
    state: State
    """Everything; handlers change it in place."""
    switches: Switches
    """The vendor's open questions."""
    now: datetime
    """The emulator's clock, aware."""

    @property
    def shelf(self) -> Shelf:
        """What the caller's portal holds."""
        return self.state.shelves[self.caller.portal]

    @property
    def is_retailer(self) -> bool:
        """Whether the retailer's side asks."""
        return self.caller.side is Side.RETAILER

    @property
    def may_write(self) -> bool:
        """Whether the caller may create and update."""
        return not self.is_retailer or self.switches.retailer_creates

    def body(self) -> Document:
        """Read the body, gzipped or not, as a JSON object; raises BadBodyError."""
        try:
            packed = self.request.headers.get("content-encoding", "") == "gzip"
            raw = gzip.decompress(self.request.body) if packed else self.request.body
            value = json.loads(raw.decode(), parse_float=Decimal)
        except (ValueError, OSError, EOFError, ZlibError) as error:
            raise BadBodyError("the body is not JSON") from error
        if not isinstance(value, dict):
            raise BadBodyError("the body is not an object")
        return value


Handler: TypeAlias = Callable[[Call], Response]
"""Answers a call."""
