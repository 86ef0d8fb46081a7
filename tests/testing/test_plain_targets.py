"""Targets of methods that return, or of coroutines, keep the contract of conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from tests.execution.drivers import nobody

from po_bridge.errors import Misuse
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.planning.snapshot import Collection, Wanted
from po_bridge.ports.awaiting import awaiting
from po_bridge.ports.blocking import blocking
from po_bridge.ports.exchange import Await, Exchange, Run
from po_bridge.ports.target import Target
from po_bridge.testing import LocalSubject, Subject, TargetContract, TrialClock
from po_bridge.testing.asked import Asked
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import ToyTarget

METHODS = ("facts", "changes", "look", "perform", "probe", "read_order")


def worked(exchange: Exchange[Any]) -> Any:
    """What the toy does, done at once."""
    return drive(exchange, World(nobody, TrialClock()))


def plain(toy: ToyTarget, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Any:
    """The toy as an object whose methods do the work."""
    methods = {name: wrap(getattr(toy, name)) for name in METHODS}

    @frozen
    class Plain:
        store = toy.store
        label = toy.label
        capabilities = toy.capabilities
        calls = staticmethod(toy.calls)

    for name, method in methods.items():
        setattr(Plain, name, staticmethod(method))
    return Plain()


def returning(method: Callable[..., Exchange[Any]]) -> Callable[..., Any]:
    """A method that works and returns."""
    return lambda *args: worked(method(*args))


def coroutine(method: Callable[..., Exchange[Any]]) -> Callable[..., Any]:
    """A coroutine that works and returns."""

    async def answer(*args: Any) -> Any:
        return worked(method(*args))

    return answer


class TestBlocking(TargetContract):
    """A library that blocks."""

    @pytest.fixture
    def subject(self) -> Subject:
        """The toy, called by methods."""
        toy = ToySubject()
        target = blocking(plain(toy.target, returning))
        return LocalSubject(
            target=target, remote=toy.remote, wire=toy.gateway, outlet_id=toy.outlet_id, clock=toy.clock
        )


class _Looped(LocalSubject):
    """A subject that is driven as AsyncBridge does."""

    def drive(self, exchange: Exchange[Any]) -> Any:
        """Run an exchange in a loop of its own."""

        async def talk() -> Any:
            world = AsyncWorld(_nobody, self.clock)
            try:
                return await adrive(exchange, world)
            finally:
                world.close()

        return asyncio.run(talk())


async def _nobody(request: Any) -> Any:
    raise AssertionError(request)


def awaited(toy: ToySubject) -> Target:
    """The toy, called by coroutines."""
    return awaiting(plain(toy.target, coroutine))


class TestAwaiting(TargetContract):
    """A library of coroutines."""

    @pytest.fixture
    def subject(self) -> Subject:
        """The toy, awaited."""
        toy = ToySubject()
        return _Looped(
            target=awaited(toy),
            remote=toy.remote,
            wire=toy.gateway,
            outlet_id=toy.outlet_id,
            clock=toy.clock,
        )


def test_a_bridge_that_blocks_refuses_coroutines() -> None:
    """It says which Bridge to use."""
    with pytest.raises(Misuse, match="AsyncBridge"):
        worked(awaited(ToySubject()).facts())


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: blocking(plain(ToySubject().target, returning)), Run),
        (lambda: awaited(ToySubject()), Await),
    ],
    ids=["blocking", "awaiting"],
)
def test_each_call_is_one_ask(make: Callable[[], Target], kind: type) -> None:
    """Nothing of a plain target is a request of ours."""
    target, asked = make(), Asked()

    def talk() -> Exchange[None]:
        yield from asked.watch(target.changes(Collection.PRODUCTS, ""))
        yield from asked.watch(target.look(Wanted(), {}))

    asyncio.run(_adrive(talk()))
    assert [type(ask) for ask in asked.work] == [kind, kind]


async def _adrive(exchange: Exchange[Any]) -> None:
    world = AsyncWorld(_nobody, TrialClock())
    await adrive(exchange, world)
    world.close()
