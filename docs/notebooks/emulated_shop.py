# ruff: noqa: INP001  # beside the notebooks, no package
"""An emulated shop for the notebooks: two brands, a store, and a Bridge between them, all inside this kernel.

With accounts of your own, give ``Bridge`` your own source and target instead; everything else stays the same.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from po_bridge import Bridge, MemoryJournal, Setup
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.sandbox import Fault, FaultKind, serve
from po_bridge.sandbox.nuorder import NuOrderSandbox
from po_bridge.sandbox.seed import OUTLETS, PORTALS, seed_nuorder, seed_xseries
from po_bridge.sandbox.xseries import XSeriesSandbox


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # a notebook runs on the machine's clock


class EmulatedShop:
    """The Tin Kettle, which buys from two brands."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        brands, self.store = NuOrderSandbox(clock=_now, portals=PORTALS), XSeriesSandbox(clock=_now)
        seed_nuorder(brands)
        self._token = seed_xseries(self.store).token
        self._brands_at = self._stack.enter_context(serve(brands)).address
        self._store_at = self._stack.enter_context(serve(self.store)).address

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the emulators."""
        self._stack.close()

    def lose_an_answer(self) -> None:
        """Let the store take the next order lines and never answer."""
        self.store.inject(Fault(kind=FaultKind.LOSE, method="POST", path="*/consignments/*/bulk"))

    def bridge(self, **choices: Any) -> Bridge:
        """Open a Bridge between the brands and the store."""
        given = {"journal": MemoryJournal(), "setup": Setup(outlets=OUTLETS)} | choices
        return self._stack.enter_context(Bridge(source=self._source(), target=self._target(), **given))

    def _source(self) -> NuOrder:
        return NuOrder(portals=tuple(self._portal(name) for name in range(len(PORTALS))))

    def _portal(self, number: int) -> Portal:
        opened = PORTALS[number].credentials[0]
        return Portal(
            name=PORTALS[number].name,
            address=self._brands_at,
            consumer_key=opened.consumer_key,
            consumer_secret=opened.consumer_secret,
            token=opened.token,
            token_secret=opened.token_secret,
            images=f"{self._brands_at}/product/{{hash}}.jpg",
        )

    def _target(self) -> XSeries:
        return XSeries(
            domain_prefix="sandbox",
            token=self._token,
            address=self._store_at,
            image_host=self._brands_at,
            # an emulator next door keeps no request for a minute
            settings=Settings(settle=0.2),
        )
