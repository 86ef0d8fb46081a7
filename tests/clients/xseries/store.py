"""An X-Series store behind a wire that counts, spoils calls and holds both sides against the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, TypeVar

from attrs import define, evolve, field
from tests.contract.validate import load

from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.errors import Unreachable
from po_bridge.execution.drive import World, drive
from po_bridge.execution.retry import RetryPolicy
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Slot
from po_bridge.planning.seen import differences, made_of
from po_bridge.planning.snapshot import Collection, Positions
from po_bridge.planning.step import Step
from po_bridge.planning.write import Write
from po_bridge.ports.exchange import Ask, Call, Exchange, Request, Response
from po_bridge.sandbox import Dropped, Request as Asked
from po_bridge.sandbox.xseries import Furniture, Limit, Retailer, Switches, XSeriesSandbox
from po_bridge.testing.fault import Fault, FaultKind
from po_bridge.testing.subject import TrialClock

T = TypeVar("T")

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 10
IMAGES = "https://images.example"
CONTRACT = load("xseries.yaml")


def step_of(write: Write, key: str = "step") -> Step:
    """Make a step that waits for nothing."""
    return Step(key=key, change="change", orders=(), write=write)


@define(kw_only=True)
class Store:
    """A store, its adapter, and the wire between them; keeps the protocol of contract suites."""

    switches: Switches = field(factory=lambda: Switches(image_time=timedelta(0)))
    settings: Settings = field(factory=Settings)
    retailer: Retailer = field(factory=Retailer)
    limit: Limit = field(factory=lambda: Limit(enforced=False))
    page_size: int = 200
    pictures: dict[str, Response] = field(factory=dict)
    clock: TrialClock = field(factory=TrialClock)
    asked: list[Request] = field(factory=list)
    checked: bool = True
    _fault: Fault | None = None
    _tell: Callable[[], None] = field(default=lambda: None)
    _calls: int = 0
    _writes: int = 0
    sandbox: XSeriesSandbox = field(init=False)
    furniture: Furniture = field(init=False)
    target: XSeries = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.sandbox = XSeriesSandbox(
            clock=self.clock.now, switches=self.switches, retailer=self.retailer, limit=self.limit
        )
        self.furniture = self.sandbox.furnish()
        self.pictures.setdefault(
            f"{IMAGES}/coat.png", Response(status=200, headers={"content-type": "image/png"}, body=PNG)
        )
        self.target = self.adapter(token=self.furniture.token)

    def adapter(self, **choices: Any) -> XSeries:
        """Another adapter for the same store."""
        plain: dict[str, Any] = {"settings": self.settings, "page_size": self.page_size, "image_host": IMAGES}
        return XSeries(domain_prefix="example", **(plain | choices))

    # --- the protocol of a subject

    @property
    def remote(self) -> XSeriesSandbox:
        """The store."""
        return self.sandbox

    @property
    def outlet_id(self) -> str:
        """Its outlet."""
        return self.furniture.outlet_id

    def drive(self, exchange: Exchange[T]) -> T:
        """Run an exchange; reads are not sent again."""
        return drive(exchange, self.world)

    @property
    def world(self) -> World:
        """What answers."""
        return _World(self)

    def inject(self, fault: Fault | None) -> None:
        """The fault to come."""
        self._fault = evolve(fault, call=fault.call + self._calls) if fault else None

    def forget(self) -> None:
        """Start counting anew."""
        self._calls = self._writes = 0
        self.asked.clear()

    @property
    def calls(self) -> int:
        """Calls since then."""
        return self._calls

    @property
    def writes(self) -> int:
        """Mutating calls since then."""
        return self._writes

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have a function called after every change."""
        self._tell = tell

    # --- the wire

    def send(self, request: Request, *, writes: bool) -> Response:
        """Send one request, as the fault will have it."""
        self._calls += 1
        self._writes += writes
        self.asked.append(request)
        kind = self._fault.kind if self._fault and self._fault.call == self._calls else None
        spoilt = self._before(kind)
        if spoilt is not None:
            return spoilt
        answer = self._serve(request)
        if writes:
            self._tell()
        if kind is FaultKind.LOST:
            raise Unreachable("example", "answer lost", sent=True)
        if kind is FaultKind.BROKEN_AFTER:
            return Response(status=502, body=b"<html><h1>Bad gateway</h1></html>", at=self.clock.now())
        return answer

    def _before(self, kind: FaultKind | None) -> Response | None:
        match kind:
            case FaultKind.REFUSED:
                return Response(status=422, body=b'{"error": "Unprocessable Entity", "message": "no"}')
            case FaultKind.BUSY:
                when = format_datetime(self.clock.now() + timedelta(seconds=30), usegmt=True)
                return Response(status=429, headers={"retry-after": when}, body=b"{}", at=self.clock.now())
            case FaultKind.NOT_SENT:
                raise Unreachable("example", "no route", sent=False)
            case FaultKind.RESET:
                raise Unreachable("example", "reset", sent=True)
            case FaultKind.BROKEN_BEFORE:
                return Response(status=503, body=b"try again later")
            case FaultKind.LOST | FaultKind.BROKEN_AFTER | None:
                return None

    def _serve(self, request: Request) -> Response:
        if request.address.startswith(IMAGES):
            return self.pictures.get(request.address, Response(status=404))
        signed = request.auth.sign(request, self.clock.now(), self.clock.nonce()) if request.auth else request
        asked = Asked(method=signed.method, address=signed.address, headers=signed.headers, body=signed.body)
        answer = self.sandbox.handle(asked)
        if isinstance(answer, Dropped):
            raise Unreachable("example", "connection ended", sent=True)
        if self.checked and CONTRACT.find(asked.method, asked.address):
            assert CONTRACT.response_problems(asked, answer) == []
            assert CONTRACT.request_problems(asked) == []
        return Response(status=answer.status, headers=answer.headers, body=answer.sent, at=self.clock.now())

    # --- shorthands

    def perform(self, write: Write, ids: Mapping[Slot, str] | None = None, key: str = "step") -> Any:
        """Perform a write and read back what it leaves for later; raises what the adapter raises."""
        step = step_of(write, key)
        receipt = self.drive(self.target.perform(step, ids or {}))
        if not isinstance(receipt, Receipt) or not receipt.unread:
            return receipt
        known = {**(ids or {}), **receipt.made}
        found = self.drive(self.target.read_back((step,), known, {}))
        made = {**made_of(write, found), **receipt.made}
        assert differences(write, found, {**known, **made}) == ()
        return evolve(receipt, made=made, unread=False)

    def calls_of(self, write: Write) -> int:
        """Calls that performing and reading back take, as the adapter says."""
        return self.target.calls(write) + self.target.reads((write,))

    def probe(
        self, write: Write, ids: Mapping[Slot, str] | None = None, since: Positions | None = None
    ) -> Any:
        """Probe a write and see that nothing was written."""
        before = self._writes, len(self.asked)
        found = self.drive(self.target.probe(step_of(write), ids or {}, since or {}))
        assert self._writes == before[0]
        assert {request.method for request in self.asked[before[1] :]} <= {"GET"}
        return found

    def positions(self) -> Positions:
        """The ends of all cursors."""
        found: dict[Collection, str] = {}
        for collection in Collection:
            position, more = "", True
            while more:
                page = self.drive(self.target.changes(collection, position))
                position, more = page.position, page.more
            found[collection] = position
        return found

    def paths(self) -> list[str]:
        """What was asked since the count was started, shortened."""
        return [f"{request.method} {request.address.partition('/api/')[2]}" for request in self.asked]


class _World(World):
    """Answers calls by the wire, all else as the library does; nothing is sent again."""

    def __init__(self, store: Store) -> None:
        super().__init__(self._nowhere, store.clock, RetryPolicy(clock=store.clock, attempts=1))
        self._store = store

    def _nowhere(self, request: Request) -> Response:
        raise AssertionError(request)

    def answer(self, ask: Ask) -> Any:
        """Do what is asked."""
        if isinstance(ask, Call):
            return self._store.send(ask.request, writes=ask.writes)
        return super().answer(ask)


def moment(hour: int) -> datetime:
    """A moment of a day."""
    return datetime(2026, 8, 3, hour, tzinfo=UTC)
