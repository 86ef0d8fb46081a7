"""The adapter keeps the contract of sources, however the emulator answers the vendor's open questions."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from tests.clients.nuorder.played import world as world_of

from po_bridge.clients.nuorder import Scheme, Side
from po_bridge.sandbox.nuorder import Generation, Schemes, Switches
from po_bridge.testing.source_contract import SourceContract, SourceWorld


class TestRetailerHost(SourceContract):
    """The shop's own credentials, signed by the standard."""

    @pytest.fixture
    def world(self) -> SourceWorld:
        """Standard signatures only."""
        return world_of(switches=Switches(schemes=Schemes.STANDARD))


class TestBrandHost(SourceContract):
    """The brand's credentials, signed as the vendor's sample does."""

    @pytest.fixture
    def world(self) -> SourceWorld:
        """The vendor's signatures only, and configured so."""
        return world_of(Side.BRAND, Scheme.VENDOR, Switches(schemes=Schemes.VENDOR))


class TestOtherScheme(SourceContract):
    """A portal that takes only the scheme that was not configured."""

    @pytest.fixture
    def world(self) -> SourceWorld:
        """Configured for the standard; the vendor takes its own."""
        return world_of(Side.BRAND, Scheme.RFC5849, Switches(schemes=Schemes.VENDOR))


class TestWithoutNumbers(SourceContract):
    """A retailer's host that does not read by number."""

    @pytest.fixture(params=[HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND], ids=["403", "404"])
    def world(self, request: pytest.FixtureRequest) -> SourceWorld:
        """The refusal's status is an open question."""
        return world_of(switches=Switches(retailer_finds_numbers=False, retailer_refusal=request.param))


class TestOlderGenerations(SourceContract):
    """Documents as older servers wrote them."""

    @pytest.fixture(params=[Generation.Y2014, Generation.Y2023], ids=lambda each: each.name)
    def world(self, request: pytest.FixtureRequest) -> SourceWorld:
        """All orders of one generation."""
        return world_of(generation=request.param)
