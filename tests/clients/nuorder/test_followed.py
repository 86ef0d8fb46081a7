"""The adapter keeps the contracts of shipments and of stock, on both hosts, both schemes and all generations."""

from __future__ import annotations

import pytest
from tests.clients.nuorder.followed import shipments_world, stock_world

from po_bridge.clients.nuorder import Scheme, Side
from po_bridge.sandbox.nuorder import Generation, Schemes, Switches
from po_bridge.testing.shipments_contract import ShipmentsContract, ShipmentsWorld
from po_bridge.testing.stock_contract import StockContract, StockWorld

ONLY = {Scheme.RFC5849: Schemes.STANDARD, Scheme.VENDOR: Schemes.VENDOR}
WAYS = [pytest.param((side, scheme), id=f"{side.name}-{scheme.name}") for side in Side for scheme in Scheme]


class TestShipments(ShipmentsContract):
    """Either host, either scheme."""

    @pytest.fixture(params=WAYS)
    def world(self, request: pytest.FixtureRequest) -> ShipmentsWorld:
        """The vendor takes only the scheme that is configured."""
        side, scheme = request.param
        return shipments_world(side, scheme, Switches(schemes=ONLY[scheme]))


class TestShipmentsOfEachGeneration(ShipmentsContract):
    """Orders of every age; parcels are added to them as they are."""

    @pytest.fixture(params=list(Generation), ids=lambda each: each.name)
    def world(self, request: pytest.FixtureRequest) -> ShipmentsWorld:
        """All orders of one generation."""
        return shipments_world(generation=request.param)


class TestShipmentsOtherScheme(ShipmentsContract):
    """A portal that takes only the scheme that was not configured."""

    @pytest.fixture
    def world(self) -> ShipmentsWorld:
        """Configured for the standard; the vendor takes its own."""
        return shipments_world(switches=Switches(schemes=Schemes.VENDOR))


class TestStock(StockContract):
    """Either host, either scheme."""

    @pytest.fixture(params=WAYS)
    def world(self, request: pytest.FixtureRequest) -> StockWorld:
        """The vendor takes only the scheme that is configured."""
        side, scheme = request.param
        return stock_world(side, scheme, Switches(schemes=ONLY[scheme]))
