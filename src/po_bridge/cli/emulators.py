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
from ..sandbox.rseries import RSeriesSandbox
from ..sandbox.seed import OUTLETS, PORTALS, seed_nuorder, seed_rseries, seed_xseries
from ..sandbox.xseries import Retailer, XSeriesSandbox
from .pos import Pos
from .xseries_section import REDIRECT

DOMAIN_PREFIX: Final = "sandbox"
"""What the emulated store is called."""
APPLICATION: Final = ("po-bridge-on-this-machine", "demo-client-secret")
"""Client id and secret of the application that the emulated store knows; they open an emulator only."""
RETURN: Final = "https://shop.example/back"
"""Where the emulated vendor sends merchants back to; https, as the real one demands."""
RECORDED: Final = "Recorded orders"
"""Name of the portal that recorded orders are served from."""


@frozen(kw_only=True)
class Emulators:
    """The two emulators before they are served."""

    nuorder: NuOrderSandbox
    """The wholesale side."""
    store: XSeriesSandbox | RSeriesSandbox
    """The store."""
    portals: tuple[Portal, ...]
    """The wholesale side's portals with their credentials."""
    token: str
    """A token of the store that lasts; it opens an emulator only."""
    outlets: tuple[tuple[str, str], ...]
    """Shipping codes on the orders, and the outlets that they mean."""

    @property
    def pos(self) -> Pos:
        """Which POS the store is."""
        return Pos.RSERIES if isinstance(self.store, RSeriesSandbox) else Pos.XSERIES

    @property
    def account_id(self) -> str:
        """Id of the R-Series account, empty where the store is another POS."""
        return self.store.state.account.id if isinstance(self.store, RSeriesSandbox) else ""

    @property
    def xseries(self) -> XSeriesSandbox:
        """The store as the POS that it is by default; raises Misuse where it is another."""
        if isinstance(self.store, RSeriesSandbox):
            raise Misuse("the store of these emulators is an R-Series account")
        return self.store


@frozen(kw_only=True)
class Stand:
    """The two emulators as they are served."""

    emulators: Emulators
    """What is served."""
    nuorder: str
    """Address of the wholesale side."""
    store: str
    """Address of the store."""

    @property
    def xseries(self) -> str:
        """The same."""
        return self.store


def seeded(pos: Pos = Pos.XSERIES) -> Emulators:
    """Make the invented shop: two brands, their orders, and a store that sells some of the goods already."""
    clock = SystemClock().now
    nuorder = NuOrderSandbox(clock=clock, portals=PORTALS)
    seed_nuorder(nuorder)
    if pos is Pos.RSERIES:
        rseries = RSeriesSandbox(clock=clock)
        token = seed_rseries(rseries).token
        rseries.add_client(*APPLICATION, RETURN)
        return Emulators(
            nuorder=nuorder, store=rseries, portals=PORTALS, token=token, outlets=tuple(OUTLETS.items())
        )
    xseries = XSeriesSandbox(clock=clock, retailer=Retailer(domain_prefix=DOMAIN_PREFIX))
    store = seed_xseries(xseries)
    xseries.add_client(*APPLICATION, REDIRECT)
    return Emulators(
        nuorder=nuorder,
        store=xseries,
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
    xseries = XSeriesSandbox(clock=clock, retailer=Retailer(currency=currency, domain_prefix=DOMAIN_PREFIX))
    furniture = xseries.furnish()
    return Emulators(nuorder=nuorder, store=xseries, portals=(portal,), token=furniture.token, outlets=())


@contextmanager
def standing(emulators: Emulators, *, ports: tuple[int, int] = (0, 0)) -> Generator[Stand]:
    """Serve both while the context lasts; port 0 takes a free one. Raises Misuse where a port is taken."""
    with ExitStack() as stack:
        served: list[Served] = []
        apps: tuple[Sandbox, ...] = (emulators.nuorder, emulators.store)
        for app, port in zip(apps, ports, strict=True):
            try:
                served.append(stack.enter_context(serve(app, port=port)))
            except OSError as error:
                raise Misuse(f"port {port} cannot be served on: {error.strerror}") from error
        yield Stand(emulators=emulators, nuorder=served[0].address, store=served[1].address)
