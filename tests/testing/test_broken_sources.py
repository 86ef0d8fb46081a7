"""A source that keeps the contract, and what each broken one is told in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from inspect import signature
from typing import Any

import pytest
from attrs import evolve, field, frozen
from tests.testing.toy_source import SECRET, ToySource, world_of

from po_bridge.errors import BadDocument, NotFound, PoBridgeError
from po_bridge.models.wholesale_order import WholesaleStatus
from po_bridge.ports.exchange import Exchange, Lane, gather, run
from po_bridge.ports.source import OrderFilter
from po_bridge.testing import SourceContract, SourceWorld

Method = Callable[..., Any]


class TestToySource(SourceContract):
    """The toy platform, over two portals."""

    @pytest.fixture
    def world(self) -> SourceWorld:
        """The filled platform."""
        return world_of()


@frozen
class Case:
    """A fault, the test that sees it, and the line that it tells."""

    test: str
    line: str
    methods: dict[str, Any]
    given: dict[str, Any] = field(factory=dict)

    def __str__(self) -> str:
        return f"{self.test.removeprefix('test_')}: {self.line}"


def answering(method: str, change: Callable[[Any], Any]) -> dict[str, Method]:
    """A method whose answer is changed."""

    def broken(self: ToySource, *args: Any) -> Exchange[Any]:
        return change((yield from getattr(ToySource, method)(self, *args)))

    return {method: broken}


def raising(error: Callable[[], Exception], method: str) -> dict[str, Method]:
    """A method that raises in place of every error of its own."""

    def broken(self: ToySource, *args: Any) -> Exchange[Any]:
        try:
            found = yield from getattr(ToySource, method)(self, *args)
        except PoBridgeError as own:
            raise error() from own
        if not found:
            raise error()
        return found

    return {method: broken}


def order(**changes: Callable[[Any], Any]) -> dict[str, Method]:
    """Orders that are read otherwise."""
    return answering("order", lambda one: evolve(one, **{name: of(one) for name, of in changes.items()}))


def deaf(name: str) -> dict[str, Method]:
    """A list that does not obey a part of the filter."""

    def orders(self: ToySource, wanted: OrderFilter) -> Exchange[Any]:
        return (yield from ToySource.orders(self, evolve(wanted, **{name: getattr(OrderFilter(), name)})))

    return {"orders": orders}


def narrow(self: Any, wanted: OrderFilter) -> Exchange[Any]:
    """A list that takes the first day for one that is left out."""
    found: Any = yield from ToySource.orders(self, wanted)
    return tuple(one for one in found if wanted.first is None or one.created_at.date() > wanted.first)


def writing(self: ToySource, work: Any) -> Exchange[Any]:
    """A read that says it is a write."""
    return (yield from run(work, Lane.TARGET, writes=True))


def crowding(self: ToySource, work: Any) -> Exchange[Any]:
    """Everything at once."""
    return (yield from gather(tuple(run(work, Lane.TARGET) for _ in range(9))))[0]


def open_door(self: ToySource, work: Any) -> Exchange[Any]:
    """A token that is not looked at."""
    return (yield from run(work, Lane.TARGET))


def first_issue(self: ToySource, key: Any) -> Exchange[Any]:
    """Stop at the first bad field."""
    try:
        return (yield from ToySource.order(self, key))
    except BadDocument as error:
        raise BadDocument(error.document, error.issues[:1]) from None


def fresh_revision(self: ToySource, key: Any) -> Exchange[Any]:
    """A revision that is a time."""
    found: Any = yield from ToySource.order(self, key)
    COUNT.append(1)
    return evolve(found, origin=evolve(found.origin, revision=str(len(COUNT))))


COUNT: list[int] = []


def case(test: str, line: str, methods: dict[str, Any], **given: Any) -> Case:
    """Make a case."""
    return Case(f"test_{test}", line, methods, given)


LIST = "orders"
CASES = (
    case("has_a_label", "give Source.label a name", {"label": " "}),
    case(
        "lists_every_offered_order_once",
        "orders() must list every order once",
        answering(LIST, lambda found: found[1:]),
    ),
    case(
        "lists_newest_first", "orders() must sort by created_at", answering(LIST, lambda found: found[::-1])
    ),
    case("lists_wanted_statuses_only", "orders() must obey the statuses", deaf("statuses")),
    case(
        "lists_wanted_statuses_only",
        "orders() must give each order its status",
        answering(LIST, lambda found: tuple(evolve(one, status=WholesaleStatus.OTHER) for one in found)),
    ),
    case("every_status_can_be_asked_for", "orders() must list the orders of all statuses", deaf("statuses")),
    case("lists_wanted_portals_only", "orders() must obey the portals", deaf("portals")),
    case("days_never_lose_a_wanted_order", "orders() may not drop an order", {LIST: narrow}, side="first"),
    case(
        "listed_and_read_orders_are_equal",
        "orders() must give whole orders",
        answering(LIST, lambda found: tuple(evolve(one, lines=()) for one in found)),
    ),
    case("finds_a_number", "find() must give the key", answering("find", lambda _: ())),
    case(
        "finds_a_number_in_several_portals",
        "find() must search every portal",
        answering("find", lambda found: found[:1]),
    ),
    case(
        "finds_a_number_elsewhere",
        "find_elsewhere() must ask all others",
        {"find_elsewhere": lambda self, number, portal: ToySource.find(self, number)},
    ),
    case(
        "unknown_number_is_found_nowhere",
        "find() must give nothing",
        raising(lambda: NotFound("toy", 404, "no", what="find", mend="look"), "find"),
        blank=False,
    ),
    case("reads_an_order", "order() must give the order its key", order(number=lambda one: f"#{one.number}")),
    case(
        "reads_an_order",
        "order() must give each line the portal",
        order(lines=lambda one: tuple(evolve(line, key=evolve(line.key, portal="x")) for line in one.lines)),
    ),
    case("reads_an_order", "order() must say in `origin`", order(origin=lambda _: None)),
    case(
        "unknown_order_is_not_found",
        "order() must raise NotFound",
        raising(lambda: KeyError("order"), "order"),
    ),
    case("reads_a_style", "style() must give a style document", answering("style", lambda _: None)),
    case(
        "reads_a_style",
        "style() must give portal, id and name",
        answering("style", lambda one: evolve(one, name="")),
    ),
    case(
        "reads_a_style",
        "style() must give pictures",
        answering("style", lambda one: evolve(one, images=("1.png",))),
    ),
    case(
        "missing_style_is_none",
        "style() must give None",
        raising(lambda: NotFound("toy", 404, "no", what="style", mend="look"), "style"),
    ),
    case(
        "reading_twice_gives_the_same", "order() must give in `origin` a revision", {"order": fresh_revision}
    ),
    case(
        "no_float_enters",
        "order() and style() must read numbers as Decimal",
        order(extra=lambda _: {"rate": 1.5}),
    ),
    case("times_are_aware", "order() must give the moment of creation", order(created_at=lambda _: None)),
    case(
        "times_are_aware",
        "order() must give moments with a time zone",
        order(extra=lambda one: {"seen": one.created_at.replace(tzinfo=None) + timedelta(1)}),
    ),
    case("bad_document_lists_every_place", "BadDocument must list every bad place", {"order": first_issue}),
    case(
        "bad_document_lists_every_place",
        "order() must raise BadDocument",
        raising(lambda: ValueError("x"), "order"),
    ),
    case(
        "wrong_token_says_who_must_act", "order() must raise Unauthorized", {"ask": open_door}, call="order"
    ),
    case(
        "shows_no_secret",
        "order() must show no secret",
        {"__repr__": lambda _: f"ToySource({SECRET})"},
        call="order",
    ),
    case("never_writes_and_never_crowds", "orders() must never write", {"ask": writing}, call="orders"),
    case(
        "never_writes_and_never_crowds",
        "orders() must gather in slices of 1",
        {"ask": crowding},
        call="orders",
    ),
)


@pytest.mark.parametrize("broken", CASES, ids=str)
def test_a_broken_source_is_told_in_one_line(broken: Case) -> None:
    """The first line says what the source must do."""
    fields = {name: value for name, value in broken.methods.items() if not callable(value)}
    methods = {name: value for name, value in broken.methods.items() if callable(value)}
    made: type[ToySource] = type("Broken", (ToySource,), methods)
    world = world_of(made)
    world = evolve(world, source=made(**fields))
    test = getattr(SourceContract(), broken.test)
    at_hand = {"world": world, **broken.given}
    with pytest.raises(AssertionError) as caught:
        test(**{name: at_hand[name] for name in signature(test).parameters})
    assert str(caught.value).startswith(broken.line)


def test_every_rule_was_broken() -> None:
    """No test of the suite passes whatever the source does."""
    rules = {name for name in dir(SourceContract) if name.startswith("test_")}
    assert rules == {one.test for one in CASES}
