"""One call on its way through the emulator: what handlers see and what they answer with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar

from attrs import frozen

from ..message import Request, Response
from .body import Check
from .refusal import Refusal, malformed, missing
from .shelf import Record, Shelf
from .state import State
from .switches import Switches
from .token import Token

R = TypeVar("R", bound=Record)

DEFAULT_PAGE_SIZE = 100
"""Page size where none is asked for."""


@frozen(kw_only=True)
class Call:
    """A request that has passed the doors: its token is good and its window has room."""

    request: Request
    """As it came."""
    params: Mapping[str, str]
    """Named segments of the path."""
    version: str
    """The API version that answers."""
    token: Token
    """Whose call it is."""
    state: State
    """The store, to read and to change."""
    switches: Switches
    """The open questions."""
    now: datetime
    """The time of the call, UTC, whole seconds."""

    def need(self, *scopes: str) -> None:
        """Raise 403 unless the token has every scope."""
        lacking = [scope for scope in scopes if scope not in self.token.scopes]
        if lacking:
            raise Refusal(HTTPStatus.FORBIDDEN, f"the token lacks the scope {' '.join(lacking)}")

    @property
    def sees_costs(self) -> bool:
        """Whether cost members may be shown."""
        return "products:read:costs" in self.token.scopes

    def read(self, check: Check) -> Any:
        """Read the JSON body and check it; raises 400."""
        body = self.parse()
        check(body, "body")
        return body

    def parse(self) -> Any:
        """Read the JSON body without a check; raises 400."""
        try:
            return self.request.json()
        except ValueError as error:
            raise malformed("the body is not JSON") from error

    def one(self, shelf: Shelf[R], what: str, key: str | None = None, *, dead: bool = False) -> R:
        """Give the record that the path names; raises 404."""
        wanted = self.params["id"] if key is None else key
        found = shelf.get(wanted) if dead else shelf.live(wanted)
        if found is None:
            raise missing(f"{what} {wanted}")
        return found

    def flag(self, name: str) -> bool:
        """Read a true or false of the query."""
        return (self.request.first(name) or "").lower() in ("true", "1")

    def whole(self, name: str, default: int) -> int:
        """Read a whole number of the query; raises 400."""
        written = self.request.first(name)
        if not written:
            return default
        if not (written.isascii() and written.isdecimal()):
            raise malformed(f"{name} must be a whole number, not {written!r}")
        return int(written)

    def page(
        self,
        shelf: Shelf[R],
        wire: Callable[[R], dict[str, Any]],
        keep: Callable[[R], bool] = lambda record: record.deleted_at is None,
        ceiling: int | None = None,
    ) -> Response:
        """Answer one page of a cursor list, in ascending order of versions."""
        asked = self.whole("page_size", DEFAULT_PAGE_SIZE) or DEFAULT_PAGE_SIZE
        size = min(asked, ceiling or self.switches.max_page_size)
        if self.switches.short_pages:
            size = max(1, size // 2)
        after = 0 if self.switches.stuck_cursor else self.whole("after", 0)
        before = self.whole("before", 0)
        found: list[R] = []
        for record in shelf.since(after):
            if before and record.version >= before:
                break
            if keep(record):
                found.append(record)
            if len(found) == size:
                break
        return page_of(found, wire)


def page_of(records: Iterable[R], wire: Callable[[R], dict[str, Any]]) -> Response:
    """Answer records with the lowest and highest of their versions; an empty page has neither."""
    found = list(records)
    versions = [record.version for record in found]
    return Response.json(
        {
            "data": [wire(record) for record in found],
            "version": {"min": min(versions, default=None), "max": max(versions, default=None)},
        }
    )


def data(value: object, status: int = 200) -> Response:
    """Answer a value in the usual envelope."""
    return Response.json({"data": value}, status=status)


def stamp(moment: datetime | None) -> str | None:
    """Write a time as the older resources do, with an offset."""
    return None if moment is None else moment.isoformat(timespec="seconds")


def zulu(moment: datetime | None) -> str | None:
    """Write a time as the newer resources do, with a Z."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
