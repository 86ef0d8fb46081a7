"""Conversations without I/O: a generator asks, a driver answers.

A flow with more than one request is written once, as an ``Exchange``; the sync and the async driver run the same one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

from attrs import field, frozen

from ..models.bucket import RateBucket
from ..models.checks import frozen_mapping

HIDDEN = frozenset({"authorization", "proxy-authorization", "cookie"})
"""Headers that hold credentials; no repr shows their values."""


def _shown(headers: Mapping[str, str]) -> str:
    return repr({name: "***" if name.lower() in HIDDEN else value for name, value in headers.items()})


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Auth(Protocol):
    """Signs requests; pure, so that every attempt can have a fresh nonce."""

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:
        """The request with credentials."""
        ...


@frozen(kw_only=True)
class Request:
    """One HTTP request, in no library's words."""

    method: str
    """Upper case."""
    address: str
    """Full address with query."""
    headers: Mapping[str, str] = field(factory=dict, converter=frozen_mapping, repr=_shown)
    """Names in lower case."""
    body: bytes = field(default=b"", repr=False)
    """Body, empty where there is none."""
    auth: Auth | None = field(default=None, repr=False)
    """Signs each attempt; None where nothing is to be signed."""
    system: str = ""
    """Label of the system that is called, for errors."""
    bucket: RateBucket | None = None
    """What the remote counts it in; None where calls are not counted."""

    @property
    def what(self) -> str:
        """Method and path without host, query and credentials, for errors."""
        path = self.address.split("://", 1)[-1].partition("/")[2].split("?")[0]
        return f"{self.method} /{path}"


@frozen(kw_only=True)
class Response:
    """An answer that arrived whole."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    """Names in lower case."""
    body: bytes = field(default=b"", repr=False)
    """Body, decoded by its content encoding."""
    at: datetime | None = None
    """When it arrived, by the driver's clock."""


class Lane(Enum):
    """Where blocking work runs: one thread a lane under the async driver."""

    JOURNAL = "journal"
    CACHE = "cache"
    TARGET = "target"


@frozen(kw_only=True)
class Call:
    """Send a request, answer with the response."""

    request: Request
    """What to send."""
    writes: bool = False
    """True where it may change the remote; such a call is sent once and never retried by the driver."""
    once: bool = False
    """True where the driver sends it once although it changes nothing that a plan is about: codes, tokens."""
    keep: Keep | None = field(default=None, eq=False, repr=False)
    """Run between the pieces of a long wait before sending; what it raises prevents the call."""


@frozen(kw_only=True)
class Run:
    """Run blocking work, answer with what it returns."""

    fn: Callable[[], Any]
    """The work."""
    lane: Lane
    """Where it runs."""
    writes: bool = False
    """True where it may change the remote."""


@frozen(kw_only=True)
class Await:
    """Await a coroutine, answer with its result; a sync driver refuses it."""

    fn: Callable[[], Awaitable[Any]]
    """Makes the awaitable."""
    writes: bool = False
    """True where it may change the remote."""


@frozen(kw_only=True)
class Wait:
    """Wait some seconds."""

    seconds: float
    """How long."""


@frozen(kw_only=True)
class Now:
    """Answer with the moment, aware UTC."""


@frozen(kw_only=True)
class All:
    """Run exchanges side by side where the driver can; answer with their results in order."""

    exchanges: tuple[Generator[Any, Any, Any], ...]
    """What to run."""


Ask = Call | Run | Await | Wait | Now | All
"""What an exchange may ask of a driver."""

Exchange = Generator[Ask, Any, T_co]
"""A conversation that ends with a result."""

Keep = Callable[[], Exchange[None]]
"""Renews what is held."""


def call(request: Request, *, writes: bool = False, once: bool = False) -> Exchange[Response]:
    """Send a request and have the response, typed."""
    response: Response = yield Call(request=request, writes=writes, once=once)
    return response


def run(fn: Callable[[], T], lane: Lane, *, writes: bool = False) -> Exchange[T]:
    """Run blocking work and have its result, typed."""
    result: T = yield Run(fn=fn, lane=lane, writes=writes)
    return result


def now() -> Exchange[datetime]:
    """Have the moment, aware UTC."""
    moment: datetime = yield Now()
    return moment


def wait(seconds: float) -> Exchange[None]:
    """Wait some seconds."""
    yield Wait(seconds=seconds)


def gather(exchanges: tuple[Exchange[T], ...]) -> Exchange[tuple[T, ...]]:
    """Run exchanges side by side and have their results in order."""
    results: tuple[T, ...] = yield All(exchanges=exchanges)
    return results
