"""The frame of an emulator: routes, scripted faults and the log of what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar, assert_never
from urllib.parse import unquote

from attrs import define, evolve, field, frozen

from .fault import Fault, FaultKind, FaultScript
from .message import Dropped, Request, Response

H = TypeVar("H")


class Sandbox(Protocol):
    """An emulator of one vendor's API: a request goes in, an answer or a lost connection comes out."""

    def handle(self, request: Request) -> Response | Dropped:
        """Answer one request; never waits and never touches the network."""
        ...


@frozen(kw_only=True)
class Exchange:
    """One call as it went."""

    request: Request
    """What was asked."""
    answer: Response | Dropped
    """What the caller got."""
    fault: Fault | None = None
    """The scripted fault that struck, if any."""


def calls(log: Iterable[Exchange]) -> Counter[tuple[str, str]]:
    """Count the calls of a log by method and path."""
    return Counter((each.request.method, each.request.path) for each in log)


@frozen(kw_only=True)
class Route(Generic[H]):
    """A method and a path pattern, and where they lead."""

    method: str
    """HTTP method in capitals."""
    pattern: str
    """Path with names in braces for whole segments: `/api/{version}/brands/{id}`."""
    to: H
    """What answers; the router only hands it back."""


@frozen(kw_only=True)
class Found(Generic[H]):
    """A route that fits."""

    to: H
    """What answers."""
    params: Mapping[str, str]
    """The named segments, percent-decoded."""
    pattern: str
    """The pattern that fitted."""


@frozen(kw_only=True)
class NoPath:
    """No route has such a path."""


@frozen(kw_only=True)
class NoMethod:
    """The path exists, but not with this method."""

    allowed: tuple[str, ...]
    """The methods that it has, sorted."""


@define
class Router(Generic[H]):
    """Finds the route of a request; routes written first win."""

    routes: tuple[Route[H], ...] = field(converter=tuple[Route[H], ...])
    """All routes, in order of precedence."""
    _by_length: dict[int, list[tuple[tuple[str, ...], Route[H]]]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Sort the routes by the number of their segments."""
        for route in self.routes:
            segments = tuple(route.pattern.split("/"))
            self._by_length.setdefault(len(segments), []).append((segments, route))

    def find(self, method: str, path: str) -> Found[H] | NoPath | NoMethod:
        """Find the first route for a method and a percent-encoded path."""
        segments = path.split("/")
        allowed: set[str] = set()
        for pattern, route in self._by_length.get(len(segments), ()):
            params = _fit(pattern, segments)
            if params is None:
                continue
            if route.method == method:
                return Found(to=route.to, params=params, pattern=route.pattern)
            allowed.add(route.method)
        return NoMethod(allowed=tuple(sorted(allowed))) if allowed else NoPath()


def _fit(pattern: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for wanted, given in zip(pattern, segments, strict=True):
        if wanted.startswith("{"):
            if not given:
                return None
            params[wanted[1:-1]] = unquote(given)
        elif wanted != given:
            return None
    return params


def _busy(seconds: float) -> Response:
    fault = Fault(kind=FaultKind.BUSY, headers={"retry-after": str(round(seconds))})
    return fault.response()


@define(kw_only=True)
class Front:
    """What stands between the wire and an emulator: fault script, late requests and log."""

    serve: Callable[[Request], Response]
    """The emulator proper."""
    clock: Callable[[], datetime]
    """Gives the time, aware; decides when late requests are carried out."""
    busy: Callable[[float], Response] = _busy
    """Makes the vendor's own 429 from the seconds to wait."""
    faults: FaultScript = field(factory=FaultScript)
    """The faults still to come."""
    log: list[Exchange] = field(factory=list)
    """Every call so far, oldest first; empty when `keeps_log` is off."""
    keeps_log: bool = True
    """Whether calls are kept in `log`."""
    late: list[tuple[datetime, Request]] = field(factory=list)
    """Requests that are still to be carried out, with their time."""

    def handle(self, request: Request) -> Response | Dropped:
        """Answer one request, as the fault script will have it."""
        self.settle()
        fault = self.faults.meet(request)
        answer = self.serve(request) if fault is None else self._strike(fault, request)
        if self.keeps_log:
            self.log.append(Exchange(request=request, answer=answer, fault=fault))
        return answer

    def settle(self) -> None:
        """Carry out the late requests whose time has come."""
        while self.late and self.late[0][0] <= self.clock():
            self.serve(self.late.pop(0)[1])

    def _strike(self, fault: Fault, request: Request) -> Response | Dropped:
        match fault.kind:
            case FaultKind.RESET:
                return Dropped(after_change=False)
            case FaultKind.LOSE:
                self.serve(request)
                return Dropped(after_change=True)
            case FaultKind.LATE:
                self.late.append((self.clock() + timedelta(seconds=fault.seconds), request))
                self.late.sort(key=lambda entry: entry[0])
                return Dropped(after_change=False)
            case FaultKind.DELAY:
                return evolve(self.serve(request), delay=fault.seconds)
            case FaultKind.TRUNCATE:
                return evolve(self.serve(request), cut=True)
            case FaultKind.REFUSE | FaultKind.BROKEN | FaultKind.HTML | FaultKind.BUSY:
                if fault.handled:
                    self.serve(request)
                return self._answer_of(fault)
            case _:
                assert_never(fault.kind)

    def _answer_of(self, fault: Fault) -> Response:
        plain = fault.body is None and fault.status is None and not fault.headers
        return self.busy(fault.seconds) if fault.kind is FaultKind.BUSY and plain else fault.response()
