"""What a source that tells of supplier stock must do, for authors of adapters: inherit, and give a world.

Needs the extra ``testing``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen

from ..models.availability import Availability, Basis, Stated, Unknown, Unlimited
from ..ports.exchange import Exchange
from ..ports.source import Source
from ..ports.stock import Stock
from .asked import Asked


@frozen(kw_only=True)
class StockWorld:
    """A source over a platform that was filled for the test, and what it was filled with."""

    source: Source
    """The adapter."""
    run: Callable[[Exchange[Any]], Any]
    """Drives an exchange to its end."""
    portal: str
    """A portal."""
    style_id: str
    """A style of it with three sizes in stock, promised as below."""
    immediate: tuple[str, Decimal]
    """A size and its units in the warehouse now."""
    sold_out: str
    """A size with zero units now."""
    prebook: str
    """A size that may be prebooked without a limit."""
    unstated: str
    """A style without any stock."""
    unknown: str
    """A style that the platform has not."""


class StockContract:
    """Inherit in a test class and give the fixture ``world``."""

    @pytest.fixture
    def world(self) -> StockWorld:
        """A source over a filled platform, fresh for each test."""
        raise NotImplementedError("a contract suite needs the fixture `world`")

    def _stock(self, world: StockWorld, style_id: str) -> tuple[Availability, ...]:
        assert isinstance(world.source, Stock), "implement stock()"
        found: tuple[Availability, ...] = world.run(world.source.stock(world.portal, style_id))
        return found

    def test_tells_units_by_size(self, world: StockWorld) -> None:
        """A size in the warehouse has its units, and a size without any has zero."""
        by_size = {
            one.size: one for one in self._stock(world, world.style_id) if one.basis is Basis.IMMEDIATE
        }
        size, units = world.immediate
        assert by_size[size].level == Stated(units=units)
        assert by_size[world.sold_out].level == Stated(units=Decimal(0)), "zero is stated, not unknown"

    def test_prebook_has_no_limit(self, world: StockWorld) -> None:
        """A prebook promise without a quantity is unlimited."""
        found = [one for one in self._stock(world, world.style_id) if one.basis is Basis.PREBOOK]
        assert [(one.size, one.level) for one in found] == [(world.prebook, Unlimited())]

    def test_names_itself_and_its_age(self, world: StockWorld) -> None:
        """Every promise names portal and style, and says when it was read."""
        for one in self._stock(world, world.style_id):
            assert (one.portal, one.style_id) == (world.portal, world.style_id)
            assert one.at.tzinfo is not None

    @pytest.mark.parametrize("which", ["unstated", "unknown"])
    def test_unknown_is_not_zero(self, world: StockWorld, which: str) -> None:
        """A style without stock, or without a document, is unknown and no error."""
        found = self._stock(world, world.unstated if which == "unstated" else world.unknown)
        assert found, "give at least one promise"
        assert all(isinstance(one.level, Unknown) and one.level.why for one in found), "unknown is not zero"

    def test_never_writes(self, world: StockWorld) -> None:
        """Asking for stock changes nothing."""
        assert isinstance(world.source, Stock)
        asked = Asked()
        world.run(asked.watch(world.source.stock(world.portal, world.style_id)))
        assert asked.requests
        assert asked.writes == ()
