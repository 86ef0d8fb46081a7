"""Both emulators on loopback: seeded with the invented shop, or with recorded orders and an empty store."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from ..errors import Misuse
from ..execution.clock import SystemClock
from ..sandbox import Sandbox, Served, serve
from ..sandbox.nuorder import NuOrderSandbox, Portal
from ..sandbox.seed import OUTLETS, PORTALS, seed_nuorder, seed_xseries
from ..sandbox.xseries import Retailer, XSeriesSandbox

DOMAIN_PREFIX: Final = "sandbox"
"""What the emulated store is called."""
RECORDED: Final = "Recorded orders"
"""Name of the portal that recorded orders are served from."""


@frozen(kw_only=True)
class Emulators:
    """The two emulators before they are served."""

    nuorder: NuOrderSandbox
    """The wholesale side."""
    xseries: XSeriesSandbox
    """The store."""
    portals: tuple[Portal, ...]
    """The wholesale side's portals with their credentials."""
    token: str
    """A personal token of the store; it opens an emulator only."""
    outlets: tuple[tuple[str, str], ...]
    """Shipping codes on the orders, and the outlets that they mean."""


@frozen(kw_only=True)
class Stand:
    """The two emulators as they are served."""

    emulators: Emulators
    """What is served."""
    nuorder: str
    """Address of the wholesale side."""
    xseries: str
    """Address of the store."""


def seeded() -> Emulators:
    """Make the invented shop: two brands, their orders, and a store that sells some of the goods already."""
    clock = SystemClock().now
    nuorder = NuOrderSandbox(clock=clock, portals=PORTALS)
    seed_nuorder(nuorder)
    xseries = XSeriesSandbox(clock=clock)
    store = seed_xseries(xseries)
    return Emulators(
        nuorder=nuorder,
        xseries=xseries,
        portals=PORTALS,
        token=store.token,
        outlets=tuple(OUTLETS.items()),
    )


def recorded(folder: Path, currency: str) -> Emulators:
    """Serve the orders of a folder beside an empty store; raises Misuse where the folder holds none."""
    clock = SystemClock().now
    portal = evolve(PORTALS[0], name=RECORDED)
    nuorder = NuOrderSandbox(clock=clock, portals=(portal,))
    try:
        loaded = nuorder.load_orders(folder)
    except (OSError, ValueError) as error:
        raise Misuse(f"the orders in {folder} cannot be loaded: {error}") from error
    if not loaded:
        raise Misuse(f"{folder} holds no *.json file with an order")
    xseries = XSeriesSandbox(clock=clock, retailer=Retailer(currency=currency))
    furniture = xseries.furnish()
    return Emulators(nuorder=nuorder, xseries=xseries, portals=(portal,), token=furniture.token, outlets=())


@contextmanager
def standing(emulators: Emulators, *, ports: tuple[int, int] = (0, 0)) -> Generator[Stand]:
    """Serve both while the context lasts; port 0 takes a free one. Raises Misuse where a port is taken."""
    with ExitStack() as stack:
        served: list[Served] = []
        apps: tuple[Sandbox, ...] = (emulators.nuorder, emulators.xseries)
        for app, port in zip(apps, ports, strict=True):
            try:
                served.append(stack.enter_context(serve(app, port=port)))
            except OSError as error:
                raise Misuse(f"port {port} cannot be served on: {error.strerror}") from error
        yield Stand(emulators=emulators, nuorder=served[0].address, xseries=served[1].address)
