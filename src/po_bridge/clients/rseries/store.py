"""What is known of the store: shops with their zones, currency, attribute sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import define, evolve

from ...mapping.rseries import AttributeSet, read_currency, read_sets, read_shops
from ...models.store import Outlet, StoreFacts
from ...ports.exchange import Exchange
from .pages import List, sweep
from .settings import Settings
from .wire import Wire

SHOPS: Final = List(entity="Shop", stamped=False)
"""Shops."""
SETS: Final = List(entity="ItemAttributeSet", stamped=False)
"""Attribute sets."""


@define(kw_only=True)
class StoreMemory:
    """What was read of the store, the adapter's own small state."""

    store: str
    """Identity of the store."""
    settings: Settings
    """Choices of the adapter."""
    sets: tuple[AttributeSet, ...] | None = None
    """Attribute sets, archived ones included; None until they were read."""
    zones: Mapping[str, str] | None = None
    """Time zone of each shop by id; None until they were read."""


def read_facts(wire: Wire, memory: StoreMemory) -> Exchange[StoreFacts]:
    """Currency, every live shop, and the attribute sets for later; raises BadDocument."""
    account = yield from wire.account()
    document = account if isinstance(account, dict) else {}
    currency = read_currency(document)
    shops = yield from _shops(wire, memory)
    yield from read_attribute_sets(wire, memory)
    name = document.get("name")
    return StoreFacts(
        store=memory.store,
        name=name if isinstance(name, str) else "",
        tax_form=memory.settings.tax_form,
        currency=currency,
        outlets=tuple(evolve(shop, currency=currency) for shop in shops),
    )


def _shops(wire: Wire, memory: StoreMemory) -> Exchange[tuple[Outlet, ...]]:
    shops = read_shops((yield from sweep(wire, SHOPS)))
    memory.zones = {shop.id: shop.zone for shop in shops}
    return shops


def zone_of(wire: Wire, memory: StoreMemory, shop_id: str) -> Exchange[tzinfo]:
    """The zone in which a shop counts its days, UTC where nobody knows it; shops are read once."""
    if memory.zones is None or shop_id not in memory.zones:
        yield from _shops(wire, memory)
    try:
        return ZoneInfo((memory.zones or {}).get(shop_id, "UTC"))
    except (ValueError, ZoneInfoNotFoundError, OSError):  # the last for the name of a whole region
        return UTC


def read_attribute_sets(wire: Wire, memory: StoreMemory) -> Exchange[tuple[AttributeSet, ...]]:
    """The attribute sets as they are now."""
    memory.sets = read_sets((yield from sweep(wire, SETS)))
    return memory.sets


def attribute_sets(
    wire: Wire, memory: StoreMemory, named: Iterable[str] = ()
) -> Exchange[tuple[AttributeSet, ...]]:
    """The attribute sets as they are known; read again where one that is *named* is not."""
    known = memory.sets
    if known is not None and {one.id for one in known} >= set(named):
        return known
    return (yield from read_attribute_sets(wire, memory))
