"""Facts of the store: tax form, currency, outlets."""

from __future__ import annotations

from attrs import define, evolve

from ...mapping.xseries import RETAILER, read_outlets
from ...models.store import Outlet, StoreFacts, TaxForm
from ...ports.exchange import Exchange
from .cursor import sweep
from .wire import Wire, content_of


@define(kw_only=True)
class StoreMemory:
    """What was read of the store, the adapter's own small state."""

    store: str
    """Identity of the store."""
    tax_form: TaxForm | None = None
    """None until the store's settings were read."""


def read_retailer(wire: Wire, memory: StoreMemory) -> Exchange[StoreFacts]:
    """The store's settings without its outlets; raises BadDocument."""
    document = yield from wire.read("retailer")
    facts = RETAILER.read(content_of(document), name="retailer", context={"store": memory.store})
    memory.tax_form = facts.tax_form
    return facts


def read_facts(wire: Wire, memory: StoreMemory) -> Exchange[StoreFacts]:
    """The store's settings with every live outlet; raises BadDocument."""
    facts = yield from read_retailer(wire, memory)
    outlets: tuple[Outlet, ...] = read_outlets((yield from sweep(wire, "outlets", "")))
    return evolve(facts, outlets=outlets)


def tax_form(wire: Wire, memory: StoreMemory) -> Exchange[TaxForm]:
    """Which retail price is written; read once."""
    if memory.tax_form is not None:
        return memory.tax_form
    facts = yield from read_retailer(wire, memory)
    return facts.tax_form
