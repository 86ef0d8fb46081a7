"""What a source that tells of shipments must do, for authors of adapters: inherit, and give a world.

Needs the extra ``testing``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen

from ..errors import NotFound
from ..models.keys import OrderKey
from ..models.shipment import ParcelStatus
from ..ports.exchange import Exchange
from ..ports.shipments import Shipments, Tracked
from ..ports.source import Source
from .asked import Asked


@frozen(kw_only=True)
class ShipmentsWorld:
    """A source over a platform that was filled for the test, and what it was filled with."""

    source: Source
    """The adapter."""
    run: Callable[[Exchange[Any]], Any]
    """Drives an exchange to its end."""
    shipped: OrderKey
    """An order with two parcels: the first arrived, the second is on its way."""
    tracking: tuple[str, str]
    """Their tracking numbers."""
    units: Decimal
    """Units in both parcels together."""
    unshipped: OrderKey
    """An order without a parcel."""
    damaged: OrderKey
    """An order whose parcels cannot be read, while the order itself can."""
    unknown: OrderKey
    """A key of a known portal that no order has."""
    calls: int = 1
    """Requests that tracking one order takes."""


class ShipmentsContract:
    """Inherit in a test class and give the fixture ``world``."""

    @pytest.fixture
    def world(self) -> ShipmentsWorld:
        """A source over a filled platform, fresh for each test."""
        raise NotImplementedError("a contract suite needs the fixture `world`")

    def _track(self, world: ShipmentsWorld, key: OrderKey) -> Tracked:
        assert isinstance(world.source, Shipments), "implement track()"
        tracked: Tracked = world.run(world.source.track(key))
        return tracked

    def test_tells_every_parcel(self, world: ShipmentsWorld) -> None:
        """Each parcel has its carrier, tracking number, status, day and units."""
        first, second = self._track(world, world.shipped).shipping.shipments
        assert (first.tracking, second.tracking) == ((world.tracking[0],), (world.tracking[1],))
        assert (first.status, second.status) == (ParcelStatus.DELIVERED, ParcelStatus.SHIPPED)
        assert first.carrier, "keep the carrier as written"
        assert first.shipped_on is not None, "tell the day of shipping"
        units = [line.quantity for one in (first, second) for line in one.lines]
        assert sum(filter(None, units)) == world.units, "tell the units of every size"

    def test_order_is_the_same_as_read_alone(self, world: ShipmentsWorld) -> None:
        """The tracked order equals the one that order() gives, its revision included."""
        tracked = self._track(world, world.shipped).order
        read = world.run(world.source.order(world.shipped))
        assert (tracked, tracked.origin) == (read, read.origin)

    def test_no_parcel_is_no_error(self, world: ShipmentsWorld) -> None:
        """An order without a parcel has none, and no fault."""
        shipping = self._track(world, world.unshipped).shipping
        assert (shipping.shipments, shipping.faults) == ((), ())

    def test_parcels_that_cannot_be_read_do_not_hide_the_order(self, world: ShipmentsWorld) -> None:
        """What cannot be read of the shipping is told as a fault; the order is there."""
        tracked = self._track(world, world.damaged)
        assert tracked.order.key == world.damaged
        assert tracked.shipping.faults, "tell what cannot be read"

    def test_unknown_order_is_not_found(self, world: ShipmentsWorld) -> None:
        """A key that no order has raises NotFound."""
        with pytest.raises(NotFound):
            self._track(world, world.unknown)

    def test_is_cheap_and_never_writes(self, world: ShipmentsWorld) -> None:
        """Tracking asks as often as the world says, and changes nothing."""
        assert isinstance(world.source, Shipments)
        asked = Asked()
        world.run(asked.watch(world.source.track(world.shipped)))
        assert len(asked.requests) == world.calls, "watching many orders must stay cheap"
        assert asked.writes == ()
