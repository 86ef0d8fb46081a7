"""Scripted faults: what goes wrong, at which call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fnmatch import fnmatchcase
from http import HTTPStatus

from attrs import define, field, frozen

from .message import JSON_TYPE, Request, Response

HTML = b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Bad gateway</h1></body></html>"
"""What a proxy in front of an API says when it is in trouble."""


class FaultKind(Enum):
    """What can go wrong with one call."""

    REFUSE = "refuse"
    """A client error, 422 unless stated otherwise."""
    LOSE = "lose"
    """The change is made and the connection ends without an answer."""
    RESET = "reset"
    """The connection ends before the emulator has seen the request."""
    LATE = "late"
    """The connection ends, and the request is carried out only `seconds` later."""
    DELAY = "delay"
    """The change is made, the answer comes after `seconds`."""
    BROKEN = "broken"
    """A server error, 503 unless stated otherwise."""
    HTML = "html"
    """An HTML page, with status 502 unless stated otherwise, instead of JSON."""
    TRUNCATE = "truncate"
    """The change is made, the answer's body ends in the middle."""
    BUSY = "busy"
    """429 in the vendor's own form, with `seconds` to wait."""


_STATUS = {
    FaultKind.REFUSE: HTTPStatus.UNPROCESSABLE_ENTITY,
    FaultKind.BROKEN: HTTPStatus.SERVICE_UNAVAILABLE,
    FaultKind.HTML: HTTPStatus.BAD_GATEWAY,
    FaultKind.BUSY: HTTPStatus.TOO_MANY_REQUESTS,
}
_BODY = {
    FaultKind.REFUSE: b'{"error":"Unprocessable Entity","message":"refused by the fault script"}',
    FaultKind.BROKEN: b'{"error":"Service Unavailable","message":"try again later"}',
    FaultKind.HTML: HTML,
    FaultKind.BUSY: b'{"error":"Too Many Requests"}',
}


@frozen(kw_only=True)
class Fault:
    """One thing that goes wrong, and when."""

    kind: FaultKind
    """What happens."""
    method: str | None = None
    """HTTP method it waits for; None is any."""
    path: str = "*"
    """Shell pattern over the path of the address; `*` also spans slashes."""
    call: int = 1
    """The matching call at which it starts, counted from 1."""
    times: int = 1
    """How many matching calls in a row meet it."""
    handled: bool = False
    """True when the change is made although the answer says otherwise (REFUSE, BROKEN, HTML, BUSY)."""
    status: int | None = None
    """Status of the answer where the usual one of the kind is not wanted."""
    headers: Mapping[str, str] = field(factory=dict)
    """Headers of the answer, beside the content type."""
    body: bytes | None = None
    """Body of the answer where the usual one of the kind is not wanted."""
    seconds: float = 0.0
    """Length of a DELAY or LATE, and what BUSY tells the caller to wait."""

    def matches(self, request: Request) -> bool:
        """Tell whether the fault counts this call."""
        return self.method in (None, request.method) and fnmatchcase(request.path, self.path)

    def response(self) -> Response:
        """Make the answer of a REFUSE, BROKEN, HTML or BUSY fault."""
        body = _BODY[self.kind] if self.body is None else self.body
        media = "text/html; charset=utf-8" if self.kind is FaultKind.HTML else JSON_TYPE
        return Response(
            status=self.status or _STATUS[self.kind],
            headers={"content-type": media, **self.headers},
            body=body,
        )


@define
class FaultScript:
    """The faults of one run, with the count of the calls each has seen."""

    faults: tuple[Fault, ...] = field(default=(), converter=tuple[Fault, ...])
    """In order of precedence: the first that strikes wins."""
    _seen: dict[int, int] = field(factory=dict, init=False)

    def meet(self, request: Request) -> Fault | None:
        """Count a call and give the fault that strikes it, if any."""
        struck: Fault | None = None
        for place, fault in enumerate(self.faults):
            if not fault.matches(request):
                continue
            count = self._seen[place] = self._seen.get(place, 0) + 1
            if struck is None and fault.call <= count < fault.call + fault.times:
                struck = fault
        return struck

    def add(self, faults: Iterable[Fault]) -> None:
        """Append faults; their calls are counted from now on."""
        self.faults = (*self.faults, *faults)

    @property
    def spent(self) -> bool:
        """True when no fault can strike any more."""
        return all(
            self._seen.get(place, 0) >= fault.call + fault.times - 1
            for place, fault in enumerate(self.faults)
        )
