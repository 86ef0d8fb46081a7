"""The adapter: NuORDER as a source of wholesale orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import Attribute, field, frozen

from ...errors import Misuse, NotFound
from ...mapping.nuorder import DEFAULT, Tables
from ...models.availability import Availability
from ...models.keys import OrderKey
from ...models.style_document import StyleDocument
from ...models.wholesale_order import WholesaleOrder
from ...ports.exchange import Exchange
from ...ports.shipments import Tracked
from ...ports.source import OrderFilter
from .conversation import path, read
from .documents import Reader
from .habits import Habits
from .listing import list_orders
from .lookup import find_number
from .portal import Portal
from .stock import read_stock
from .track import shipping_of

LABEL = "NuORDER"


def _usable(
    _instance: object, _attribute: Attribute[tuple[Portal, ...]], portals: tuple[Portal, ...]
) -> None:
    if not portals:
        raise Misuse("NuOrder needs at least one portal")
    twice = [name for name, count in Counter(portal.name for portal in portals).items() if count > 1]
    if twice:
        raise Misuse(f"two portals have the same name: {', '.join(map(repr, twice))}")
    waiting = [portal.name for portal in portals if not portal.connected]
    if waiting:
        raise Misuse(f"not connected yet, without token: {', '.join(map(repr, waiting))}; connect them first")


@frozen(kw_only=True)
class NuOrder:
    """A merchant's brand portals, read over the vendor's API; never changes anything there.

    Holds addresses and credentials, no connection; the driver sends.
    Raises Misuse when built without portals, with two of one name, or with one that has no token.
    """

    portals: tuple[Portal, ...] = field(converter=tuple[Portal, ...], validator=_usable)
    """Searched in this order."""
    tables: Tables = field(default=DEFAULT, repr=False)
    """How documents are read."""
    _habits: Habits = field(factory=Habits, init=False, eq=False, repr=False)

    @property
    def label(self) -> str:
        """Name of the platform, for people."""
        return LABEL

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[WholesaleOrder, ...]]:
        """Orders of the wanted statuses and days, newest first, each once.

        With a first day the date list is read, one call for it and one for each order, where the host has it.
        Raises Misuse for a portal that is not configured, ``BadDocument`` with the faults of all orders
        that cannot be read, and as ``read_answer``.
        """
        portals = tuple(map(self._portal, dict.fromkeys(wanted.portals))) or self.portals
        return (yield from list_orders(portals, wanted, self._reader, self._habits))

    def find(self, number: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number, over all portals; empty where there is none.

        One portal that cannot be asked fails the whole: the number may be borne there too.
        """
        return (yield from self._find(self.portals, number))

    def find_elsewhere(self, number: str, portal: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number in other portals than this one; as ``find``."""
        return (yield from self._find([one for one in self.portals if one.name != portal], number))

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:
        """One order; raises Misuse for a portal that is not configured, ``NotFound``, ``BadDocument``."""
        portal = self._portal(key.portal)
        document = yield from read(portal, path("order", key.order_id), self._habits)
        return self._reader.order(portal, document, expected=key.order_id)

    def style(self, portal: str, style_id: str) -> Exchange[StyleDocument | None]:
        """One style document, None where the portal has none; raises Misuse, ``BadDocument`` as ``order``."""
        place = self._portal(portal)
        try:
            document = yield from read(place, path("product", style_id), self._habits)
        except NotFound:
            return None
        return self._reader.style(place, document, expected=style_id)

    def track(self, key: OrderKey) -> Exchange[Tracked]:
        """An order with its shipping, which stand in one document; raises as ``order``."""
        portal = self._portal(key.portal)
        document = yield from read(portal, path("order", key.order_id), self._habits)
        order = self._reader.order(portal, document, expected=key.order_id)
        return Tracked(order=order, shipping=shipping_of(self.tables, document))

    def stock(self, portal: str, style_id: str) -> Exchange[tuple[Availability, ...]]:
        """What a brand states of one style; raises Misuse for an unknown portal, and as ``read_answer``."""
        return (yield from read_stock(self._portal(portal), style_id, self.tables, self._habits))

    def _find(self, portals: Iterable[Portal], number: str) -> Exchange[tuple[OrderKey, ...]]:
        wanted = number.strip()
        return (yield from find_number(portals, wanted, self._habits)) if wanted else ()

    @property
    def _reader(self) -> Reader:
        return Reader(tables=self.tables, system=LABEL)

    def _portal(self, name: str) -> Portal:
        for portal in self.portals:
            if portal.name == name:
                return portal
        known = ", ".join(repr(portal.name) for portal in self.portals)
        raise Misuse(f"no portal {name!r} is configured, only {known}")
