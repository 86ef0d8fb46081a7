"""An R-Series account behind a wire that counts, spoils calls and holds both sides against the contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from attrs import define, evolve, field
from tests.contract.validate import load

from po_bridge.clients.rseries import RSeries, Settings
from po_bridge.errors import Unreachable
from po_bridge.execution.drive import World, drive
from po_bridge.execution.retry import RetryPolicy
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Slot
from po_bridge.planning.seen import absent_from, differences
from po_bridge.planning.snapshot import Collection, Positions
from po_bridge.planning.step import Step
from po_bridge.planning.write import Write
from po_bridge.ports.exchange import Ask, Call, Exchange, Request, Response
from po_bridge.sandbox import Dropped, Request as Asked
from po_bridge.sandbox.rseries import Furniture, Limit, RSeriesSandbox, Switches
from po_bridge.testing.fault import Fault, FaultKind
from po_bridge.testing.subject import TrialClock

T = TypeVar("T")

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 10
IMAGES = "https://images.example"
ACCOUNT = "123456"
CONTRACT = load("rseries.yaml")


def step_of(write: Write, key: str = "step") -> Step:
    """Make a step that waits for nothing."""
    return Step(key=key, change="change", orders=(), write=write)


@define(kw_only=True)
class Store:
    """An account, its adapter, and the wire between them; keeps the protocol of contract suites."""

    switches: Switches = field(factory=Switches)
    settings: Settings = field(factory=Settings)
    limit: Limit = field(factory=lambda: Limit(enforced=False))
    pictures: dict[str, Response] = field(factory=dict)
    clock: TrialClock = field(factory=TrialClock)
    asked: list[Request] = field(factory=list)
    checked: bool = True
    _fault: Fault | None = None
    _tell: Callable[[], None] = field(default=lambda: None)
    _calls: int = 0
    _writes: int = 0
    sandbox: RSeriesSandbox = field(init=False)
    furniture: Furniture = field(init=False)
    target: RSeries = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.sandbox = RSeriesSandbox(clock=self.clock.now, switches=self.switches, limit=self.limit)
        self.furniture = self.sandbox.furnish()
        png = Response(status=200, headers={"content-type": "image/png"}, body=PNG)
        self.pictures.setdefault(f"{IMAGES}/coat.png", png)
        self.target = self.adapter(token=self.furniture.token)

    def adapter(self, **choices: Any) -> RSeries:
        """Another adapter for the same account."""
        plain: dict[str, Any] = {"settings": self.settings, "image_host": IMAGES}
        return RSeries(account_id=ACCOUNT, **(plain | choices))

    # --- the protocol of a subject

    @property
    def remote(self) -> RSeriesSandbox:
        """The account."""
        return self.sandbox

    @property
    def outlet_id(self) -> str:
        """Its shop."""
        return str(self.furniture.shop_id)

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
                body = b'{"httpCode":"422","httpMessage":"","message":"no","errorClass":"Exception"}'
                return Response(status=422, body=body)
            case FaultKind.BUSY:
                headers = {"retry-after": "30", "x-ls-api-ratelimit-type": "api-leaky-bucket"}
                return Response(status=429, headers=headers, body=b"", at=self.clock.now())
            case FaultKind.NOT_SENT:
                raise Unreachable("example", "no route", sent=False)
            case FaultKind.RESET:
                raise Unreachable("example", "reset", sent=True)
            case FaultKind.BROKEN_BEFORE:
                return Response(status=503, body=b"<html>try again later</html>")
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
            assert self.sandbox.ignored == []
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
        assert absent_from(write, found) == ()
        assert differences(write, found, known) == ()
        return evolve(receipt, unread=False)

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

    def sent(self) -> dict[str, Any]:
        """The last JSON body that was sent."""
        body: dict[str, Any] = json.loads(next(one.body for one in reversed(self.asked) if one.body))
        return body

    def paths(self) -> list[str]:
        """What was asked since the count was started, shortened."""
        return [
            f"{request.method} {request.address.partition(f'/Account/{ACCOUNT}/')[2]}"
            for request in self.asked
        ]


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
