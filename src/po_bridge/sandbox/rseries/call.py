"""One call on its way through the emulator: what handlers see and what they answer with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from attrs import frozen

from ..message import Request, Response
from .body import Body
from .refusal import malformed, missing
from .shelf import Record, Shelf
from .state import State
from .switches import LongText, Switches
from .token import Token

R = TypeVar("R", bound=Record)


@frozen(kw_only=True)
class Call:
    """A request that has passed the doors: its token is good and its bucket has room."""

    request: Request
    """As it came."""
    params: Mapping[str, str]
    """Named segments of the path."""
    token: Token
    """Whose call it is."""
    state: State
    """The account, to read and to change."""
    switches: Switches
    """The open questions."""
    now: datetime
    """The time of the call, UTC, whole seconds."""
    ignored: list[str]
    """Takes the paths of members that nobody asked for: the vendor drops them without a word."""

    def note_ignored(self, body: Body) -> None:
        """Note which members of a body were dropped."""
        self.ignored.extend(f"{self.request.method} {self.request.path} {name}" for name in body.ignored)

    def body(self) -> Body:
        """Read the JSON body, a bare object; raises 400."""
        try:
            return Body(self.request.json())
        except ValueError as error:
            raise malformed("the body is not JSON") from error

    def one(self, shelf: Shelf[R], name: str = "id") -> R:
        """Give the record that the path names; raises 404."""
        written = self.params[name]
        found = shelf.get(int(written)) if written.isascii() and written.isdecimal() else None
        if found is None:
            raise missing()
        return found

    def linked(self, shelf: Shelf[R], body: Body, name: str, default: int) -> int:
        """Read the number of another record, 0 for none; raises 400 when there is no such record."""
        key = body.whole(name, default)
        if key and shelf.get(key) is None:
            raise malformed(f"{name}: there is no record {key}")
        return key

    def line(self, body: Body, name: str, default: str = "") -> str:
        """Read a text of limited length, in the way the switches have it."""
        written, longest = body.text(name, default), self.switches.text_length
        if len(written) <= longest or self.switches.long_text is LongText.KEPT:
            return written
        if self.switches.long_text is LongText.REFUSED:
            raise malformed(f"{name} is longer than {longest} characters")
        return written[:longest]


def single(entity: str, wire: Mapping[str, Any]) -> Response:
    """Answer one record in the usual wrapping."""
    return Response.json({"@attributes": {"count": "1"}, entity: wire})
