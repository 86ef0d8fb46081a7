"""The adapter over the emulator: a still clock, a sender without sockets and a seeded platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tests.clients.nuorder import documents

from po_bridge.clients.nuorder import NuOrder, Portal, Scheme, Side
from po_bridge.errors import Unreachable
from po_bridge.execution.drive import World, drive
from po_bridge.models.keys import OrderKey
from po_bridge.ports.exchange import Exchange, Request, Response
from po_bridge.sandbox import Dropped, Request as Asked
from po_bridge.sandbox.nuorder import (
    Credential,
    Generation,
    NuOrderSandbox,
    Portal as Place,
    Side as PlaceSide,
    Switches,
    rendered,
)
from po_bridge.testing.source_contract import SourceWorld

T = TypeVar("T")

NAMES = ("Acme", "Birch")
HOSTS = {Side.RETAILER: "https://buyer.nuorder.com", Side.BRAND: "https://wholesale.nuorder.com"}
BAD_PATHS = (
    "$.created_on",
    "$.line_items[0].sizes[0].price",
    "$.line_items[0].sizes[0].quantity",
    "$.line_items[0].sizes[1].size",
    "$.total",
)


class StillClock:
    """Time that moves only when somebody waits."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
        self.given = 0

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=max(seconds, 0.0))

    async def asleep(self, seconds: float) -> None:
        """Let time pass."""
        self.sleep(seconds)

    def nonce(self) -> str:
        """The next of a row."""
        self.given += 1
        return f"{self.given:016x}"


class Stage:
    """An emulator with two portals, and drivers for it."""

    def __init__(self, switches: Switches | None = None) -> None:
        self.clock = StillClock()
        self.sandbox = NuOrderSandbox(
            clock=self.clock.now,
            portals=tuple(Place(name=name, credentials=tuple(credentials(name))) for name in NAMES),
            switches=switches or Switches(),
        )

    @property
    def paths(self) -> list[str]:
        """Paths called so far."""
        return [each.request.path for each in self.sandbox.log]

    def send(self, request: Request) -> Response:
        """Sign and deliver one request."""
        signed = request.auth.sign(request, self.clock.now(), self.clock.nonce()) if request.auth else request
        asked = Asked(method=signed.method, address=signed.address, headers=signed.headers, body=signed.body)
        reply = self.sandbox.handle(asked)
        if isinstance(reply, Dropped):
            raise Unreachable(asked.host, "connection reset", sent=True)
        return Response(status=reply.status, headers=reply.headers, body=reply.sent, at=self.clock.now())

    def run(self, exchange: Exchange[T]) -> T:
        """Drive an exchange to its end."""
        return drive(exchange, World(self.send, self.clock))


def credentials(name: str) -> Iterable[Credential]:
    """One credential for each side of the trade."""
    for side in PlaceSide:
        yield Credential(**keys(name, side.value), side=side)


def keys(name: str, side: str) -> dict[str, str]:
    """The four texts of a credential."""
    mark = f"{name}-{side}".lower()
    return {
        "consumer_key": f"key-{mark}",
        "consumer_secret": f"hush-consumer-{mark}",
        "token": f"token-{mark}",
        "token_secret": f"hush-token-{mark}",
    }


def portals(
    side: Side = Side.RETAILER, scheme: Scheme = Scheme.RFC5849, **changes: str
) -> tuple[Portal, ...]:
    """The adapter's view of the emulator's portals."""
    return tuple(
        Portal(
            **{**keys(name, side.value), **changes}, name=name, side=side, address=HOSTS[side], scheme=scheme
        )
        for name in NAMES
    )


def bad_order() -> dict[str, Any]:
    """An order with five bad fields."""
    document = documents.order("3001", status="pending", total="much", created_on="yesterday")
    first, second = document["line_items"][0]["sizes"]
    first.update(price="free", quantity="many")
    second.update(size=None)
    return document


def seed(stage: Stage, generation: Generation = Generation.Y2025) -> dict[str, tuple[OrderKey, ...]]:
    """Fill both portals; gives the keys of offered and cancelled orders, newest first."""
    offered: list[tuple[str, OrderKey]] = []
    cancelled: list[OrderKey] = []
    for place, name in enumerate(NAMES):
        for number in range(1001, 1019):
            day = (
                f"2025-01-{2 * (number - 1000) - place:02}T10:00:00.000Z"
                if number < 1016
                else "2024-12-01T10:00:00.000Z"
            )
            status = ("approved", "processed", "shipped", "cancelled")[number % 4]
            shown = str(number + 100 * place)
            id = f"66{place:02}{number:020x}"
            order = documents.order(shown, _id=id, status=status, created_on=day)
            stage.sandbox.add_order(rendered(order, generation), name)
            key = OrderKey(portal=name, order_id=id)
            if status == "cancelled":
                cancelled.append(key)
            else:
                offered.append((day, key))
        twin = documents.order(
            "5000", _id=f"77{place:022x}", status="approved", created_on="2024-11-01T10:00:00.000Z"
        )
        stage.sandbox.add_order(rendered(twin, generation), name)
        offered.append(("2024-11-01T10:00:00.000Z", OrderKey(portal=name, order_id=twin["_id"])))
        stage.sandbox.add_style(documents.style(), name)
    stage.sandbox.add_order(bad_order(), NAMES[0])
    by_key = sorted(offered, key=lambda pair: pair[1])
    newest = sorted(by_key, key=lambda pair: pair[0], reverse=True)
    return {"offered": tuple(key for _, key in newest), "cancelled": tuple(cancelled)}


def world(
    side: Side = Side.RETAILER,
    scheme: Scheme = Scheme.RFC5849,
    switches: Switches | None = None,
    generation: Generation = Generation.Y2025,
) -> SourceWorld:
    """A source over a seeded emulator, as the contract suite wants it."""
    stage = Stage(switches)
    held = seed(stage, generation)
    run: Callable[[Exchange[Any]], Any] = stage.run
    return SourceWorld(
        source=NuOrder(portals=portals(side, scheme)),
        locked_out=NuOrder(portals=portals(side, scheme, token_secret="hush-wrong")),
        run=run,
        secrets=("hush-",),
        offered=held["offered"],
        cancelled=held["cancelled"],
        key=OrderKey(portal="Acme", order_id=f"6600{1001:020x}"),
        number="1001",
        shared_number="5000",
        shared_keys=tuple(
            OrderKey(portal=name, order_id=f"77{place:022x}") for place, name in enumerate(NAMES)
        ),
        unknown_number="9999",
        unknown_key=OrderKey(portal="Acme", order_id="f" * 24),
        style_id="s100",
        missing_style_id="s404",
        bad_key=OrderKey(portal="Acme", order_id=documents.order("3001")["_id"]),
        bad_paths=BAD_PATHS,
        at_once=5,
    )
