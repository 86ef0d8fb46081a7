"""What every source must do, for authors of adapters: inherit, and give a world.

::

    class TestMySource(SourceContract):
        @pytest.fixture
        def world(self) -> SourceWorld: ...

Needs the extra ``testing``.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import pytest
from attrs import evolve, fields, frozen, has

from ..errors import BadDocument, NotFound, PoBridgeError, Unauthorized
from ..models.keys import OrderKey
from ..models.style_document import StyleDocument
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from ..ports.elsewhere import Elsewhere
from ..ports.exchange import Exchange
from ..ports.source import OrderFilter, Source
from .asked import Asked
from .must_raise import MustPass, MustRaise

T = TypeVar("T")


@frozen(kw_only=True)
class SourceWorld:
    """A source over a platform that was filled for the test, and what it was filled with."""

    source: Source
    """The adapter, with good credentials."""
    locked_out: Source
    """The same with a wrong token."""
    run: Callable[[Exchange[Any]], Any]
    """Drives an exchange to its end, as ``lambda exchange: drive(exchange, world)``."""
    secrets: tuple[str, ...]
    """Texts that nobody may read: the secrets of both adapters."""
    offered: tuple[OrderKey, ...]
    """All approved, processed and shipped orders, newest first; more than one page or slice of them."""
    cancelled: tuple[OrderKey, ...]
    """All cancelled orders, at least one."""
    key: OrderKey
    """One of the offered orders, with at least two lines of different prices."""
    number: str
    """Its number, which no other order bears."""
    shared_number: str
    """A number that orders in several portals bear; empty where the platform has but one portal."""
    shared_keys: tuple[OrderKey, ...]
    """The orders that bear it."""
    unknown_number: str
    """A number that no order bears."""
    unknown_key: OrderKey
    """A key of a known portal that no order has."""
    style_id: str
    """A style with a document, in the portal of ``key``."""
    missing_style_id: str
    """A style without one, in the same portal."""
    bad_key: OrderKey
    """An order whose document cannot be read."""
    bad_paths: tuple[str, ...]
    """Every bad place in it, at least two."""
    at_once: int
    """Requests that the platform takes at once."""


class SourceContract:
    """Inherit in a test class and give the fixture ``world``."""

    @pytest.fixture
    def world(self) -> SourceWorld:
        """A source over a filled platform, fresh for each test."""
        raise NotImplementedError("a contract suite needs the fixture `world`")

    def test_has_a_label(self, world: SourceWorld) -> None:
        """A source has a name that people read."""
        assert world.source.label.strip(), "give Source.label a name for people"

    # --- listing

    def test_lists_every_offered_order_once(self, world: SourceWorld) -> None:
        """All orders of the wanted statuses are listed, each once, whatever the pages or portals."""
        keys = [order.key for order in world.run(world.source.orders(OrderFilter()))]
        assert sorted(keys) == sorted(world.offered), "orders() must list every order once"

    def test_lists_newest_first(self, world: SourceWorld) -> None:
        """Orders come by their date of creation, the latest first."""
        keys = tuple(order.key for order in world.run(world.source.orders(OrderFilter())))
        assert keys == world.offered, "orders() must sort by created_at, newest first"

    def test_lists_wanted_statuses_only(self, world: SourceWorld) -> None:
        """A status that was not asked for is not listed."""
        wanted = OrderFilter(statuses=(WholesaleStatus.CANCELLED,))
        orders = world.run(world.source.orders(wanted))
        assert {order.key for order in orders} == set(world.cancelled), "orders() must obey the statuses"
        statuses = {order.status for order in orders}
        assert statuses == {WholesaleStatus.CANCELLED}, "orders() must give each order its status"

    def test_every_status_can_be_asked_for(self, world: SourceWorld) -> None:
        """The filter may name any status, also the one of unknown words."""
        statuses = tuple(status for status in WholesaleStatus if status is not WholesaleStatus.PENDING)
        orders = world.run(world.source.orders(OrderFilter(statuses=statuses)))
        every = set(world.offered) | set(world.cancelled) <= {order.key for order in orders}
        assert every, "orders() must list the orders of all statuses that are asked for"

    def test_lists_wanted_portals_only(self, world: SourceWorld) -> None:
        """A portal that was not asked for is left alone."""
        portal = world.key.portal
        orders = world.run(world.source.orders(OrderFilter(portals=(portal,))))
        keys = tuple(order.key for order in orders)
        assert keys == tuple(key for key in world.offered if key.portal == portal), (
            "orders() must obey the portals"
        )

    @pytest.mark.parametrize("side", ["first", "last"])
    def test_days_never_lose_a_wanted_order(self, world: SourceWorld, side: str) -> None:
        """With a first or last day every order of those days is listed; others may be, for the caller sifts."""
        every = world.run(world.source.orders(OrderFilter()))
        middle = every[len(every) // 2].created_at
        assert middle is not None, "orders of the world have a date of creation"
        wanted = evolve(OrderFilter(), **{side: middle.date()})
        found = world.run(world.source.orders(wanted))
        expected = {order.key for order in every if wanted.takes(order)}
        assert 0 < len(expected) < len(every), "orders of the world are of several days"
        assert expected <= {order.key for order in found}, "orders() may not drop an order of the wanted days"

    def test_listed_and_read_orders_are_equal(self, world: SourceWorld) -> None:
        """An order is the same whether it was listed or read by its key."""
        listed = {order.key: order for order in world.run(world.source.orders(OrderFilter()))}
        read = world.run(world.source.order(world.key))
        assert read == listed[world.key], "orders() must give whole orders: the same as order() gives"

    # --- finding and reading

    def test_finds_a_number(self, world: SourceWorld) -> None:
        """A number leads to the key of its order."""
        found = world.run(world.source.find(world.number))
        assert found == (world.key,), "find() must give the key of the order that bears the number"

    def test_finds_a_number_in_several_portals(self, world: SourceWorld) -> None:
        """A number that several portals use leads to every order that bears it."""
        if not world.shared_number:
            pytest.skip("the platform has one portal")
        found = world.run(world.source.find(world.shared_number))
        assert sorted(found) == sorted(world.shared_keys), "find() must search every portal"

    def test_finds_a_number_elsewhere(self, world: SourceWorld) -> None:
        """A source that can leave a portal out finds a number in all the others."""
        if not isinstance(world.source, Elsewhere) or not world.shared_number:
            pytest.skip("the source asks every portal")
        found = world.run(world.source.find_elsewhere(world.shared_number, world.shared_keys[0].portal))
        assert sorted(found) == sorted(world.shared_keys[1:]), "find_elsewhere() must ask all others"

    @pytest.mark.parametrize("blank", [False, True], ids=["unknown", "blank"])
    def test_unknown_number_is_found_nowhere(self, world: SourceWorld, *, blank: bool) -> None:
        """A number that no order bears leads nowhere and is no error."""
        line = "find() must give nothing for a number that no order bears, and raise nothing"
        with MustPass(line):
            assert world.run(world.source.find("  " if blank else world.unknown_number)) == (), line

    def test_reads_an_order(self, world: SourceWorld) -> None:
        """An order read by its key has that key, its number, its lines and says where it came from."""
        order: WholesaleOrder = world.run(world.source.order(world.key))
        named = (order.key, order.number) == (world.key, world.number)
        assert named, "order() must give the order its key and number"
        assert len(order.lines) >= 2, "the order of the world has at least two lines"
        portals = {line.key.portal for line in order.lines}
        assert portals == {world.key.portal}, "order() must give each line the portal of its order"
        told = order.origin is not None and order.origin.record == world.key.order_id and order.origin.system
        assert told, "order() must say in `origin` which system and record it was read from"

    def test_unknown_order_is_not_found(self, world: SourceWorld) -> None:
        """A key that no order has raises NotFound, which says what to do."""
        with MustRaise(NotFound, "order() must raise NotFound for a key that no order has") as caught:
            world.run(world.source.order(world.unknown_key))
        assert caught.value.mend, "NotFound must say in `mend` who must do what"

    def test_reads_a_style(self, world: SourceWorld) -> None:
        """A style document has its id and portal and a name, and pictures have full addresses."""
        style = world.run(world.source.style(world.key.portal, world.style_id))
        assert isinstance(style, StyleDocument), "style() must give a style document where there is one"
        named = (style.portal, style.style_id) == (world.key.portal, world.style_id) and style.name
        assert named, "style() must give portal, id and name"
        full = all(image.startswith(("https://", "http://")) for image in style.images)
        assert full, "style() must give pictures by their full addresses"

    def test_missing_style_is_none(self, world: SourceWorld) -> None:
        """A style without a document is None and no error, for an order must not fail on it."""
        line = "style() must give None where there is no document, and raise nothing"
        with MustPass(line):
            assert world.run(world.source.style(world.key.portal, world.missing_style_id)) is None, line

    # --- what is read

    def test_reading_twice_gives_the_same(self, world: SourceWorld) -> None:
        """An unchanged document has equal content and the same revision."""
        first, second = (world.run(world.source.order(world.key)) for _ in range(2))
        assert first == second, "order() must give equal orders for an unchanged document"
        told = first.origin and first.origin.revision and first.origin == second.origin
        assert told, (
            "order() must give in `origin` a revision that changes when the content does, and only then"
        )

    def test_no_float_enters(self, world: SourceWorld) -> None:
        """Money and quantities are Decimal; no float stands anywhere, unknown keys included."""
        order = world.run(world.source.order(world.key))
        style = world.run(world.source.style(world.key.portal, world.style_id))
        floats = [path for path, leaf in _leaves((order, style)) if isinstance(leaf, float)]
        assert floats == [], f"order() and style() must read numbers as Decimal, floats stand at {floats}"
        assert len({line.unit_price for line in order.lines}) > 1, "prices differ in the world's order"

    def test_times_are_aware(self, world: SourceWorld) -> None:
        """Every moment carries a time zone."""
        order = world.run(world.source.order(world.key))
        moments = [(path, leaf) for path, leaf in _leaves(order) if isinstance(leaf, datetime)]
        assert order.created_at is not None, "order() must give the moment of creation"
        naive = [path for path, moment in moments if moment.tzinfo is None]
        assert naive == [], f"order() must give moments with a time zone, without one stand {naive}"

    # --- what goes wrong

    def test_bad_document_lists_every_place(self, world: SourceWorld) -> None:
        """One error lists all bad places of a document, with what stands there and what should."""
        with MustRaise(BadDocument, "order() must raise BadDocument where it cannot read one") as caught:
            world.run(world.source.order(world.bad_key))
        issues = caught.value.issues
        paths = sorted(issue.path for issue in issues)
        assert paths == sorted(world.bad_paths), "BadDocument must list every bad place, not the first only"
        told = all(issue.seen and issue.expected for issue in issues)
        assert told, "BadDocument must say of each place what stands there and what should"

    @pytest.mark.parametrize("call", ["orders", "find", "order", "style"])
    def test_wrong_token_says_who_must_act(self, world: SourceWorld, call: str) -> None:
        """A wrong token raises Unauthorized, which says who must do what and shows no secret."""
        with MustRaise(Unauthorized, f"{call}() must raise Unauthorized for a wrong token") as caught:
            world.run(_reading(world.locked_out, world, call))
        error = caught.value
        assert error.mend, "Unauthorized must say in `mend` who must do what"
        assert _shown(_told(error), world.secrets) == [], "Unauthorized must show no secret"

    @pytest.mark.parametrize("call", ["orders", "find", "order", "style"])
    def test_shows_no_secret(self, world: SourceWorld, call: str) -> None:
        """Neither the adapter nor its requests show a secret."""
        asked = Asked()
        world.run(asked.watch(_reading(world.source, world, call)))
        told = [repr(world.source), str(world.source), *map(repr, asked.requests)]
        assert _shown("\n".join(told), world.secrets) == [], (
            f"{call}() must show no secret in the repr of the adapter and its requests"
        )

    @pytest.mark.parametrize("call", ["orders", "find", "order", "style"])
    def test_never_writes_and_never_crowds(self, world: SourceWorld, call: str) -> None:
        """Reading changes nothing at the platform and keeps to what it takes at once."""
        asked = Asked()
        world.run(asked.watch(_reading(world.source, world, call)))
        assert asked.work, f"{call}() must ask the platform"
        assert asked.writes == (), f"{call}() must never write"
        assert asked.peak <= world.at_once, f"{call}() must gather in slices of {world.at_once}"


def _reading(source: Source, world: SourceWorld, call: str) -> Exchange[Any]:
    readings: Mapping[str, Callable[[], Exchange[Any]]] = {
        "orders": lambda: source.orders(OrderFilter()),
        "find": lambda: source.find(world.number),
        "order": lambda: source.order(world.key),
        "style": lambda: source.style(world.key.portal, world.style_id),
    }
    return readings[call]()


def _told(error: PoBridgeError) -> str:
    """Everything that a log could hold of an error."""
    return "\n".join((str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)))


def _shown(text: str, secrets: tuple[str, ...]) -> list[str]:
    return [secret for secret in secrets if secret in text]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Walk through models, mappings and sequences."""
    if has(type(value)):
        for each in fields(type(value)):
            yield from _leaves(getattr(value, each.name), f"{path}.{each.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}[{key!r}]")
    elif isinstance(value, tuple | list | frozenset | set):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{place}]")
    else:
        yield path, value
