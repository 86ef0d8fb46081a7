"""The two drivers: they run the same exchanges, one blocking, one not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar, assert_never

from ..errors import Misuse, PoBridgeError
from ..ports.allowance import Pause
from ..ports.clock import Clock
from ..ports.exchange import (
    All,
    Ask,
    Await,
    Call,
    Exchange,
    Keep,
    Lane,
    Now,
    Request,
    Response,
    Run,
    Wait,
)
from .pacing import Pacing, pieces
from .retry import RetryPolicy

T = TypeVar("T")


class World:
    """Answers asks, blocking."""

    def __init__(
        self,
        send: Callable[[Request], Response],
        clock: Clock,
        retry: RetryPolicy | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        self._send = send
        self._clock = clock
        self._retry = retry or RetryPolicy(clock=clock)
        self._pacing = pacing

    def answer(self, ask: Ask) -> Any:
        """Do what is asked; raises what the work raises."""
        match ask:
            case Call(writes=True) | Call(once=True):
                return self._sent(ask)
            case Call():
                return self._retry.read(lambda: self._sent(ask), partial(self._sleep, ask.keep))
            case Run():
                return ask.fn()
            case Wait():
                return self._clock.sleep(ask.seconds)
            case Now():
                return self._clock.now()
            case All():
                return tuple(drive(exchange, self) for exchange in ask.exchanges)
            case Await():
                raise Misuse("this adapter is async only; use AsyncBridge with it")
            case _:
                assert_never(ask)

    def _sent(self, ask: Call) -> Response:
        """Send one request once there is room for it in the rate budget."""
        bucket, pacing = ask.request.bucket, self._pacing
        if bucket is None or pacing is None:
            return self._send(ask.request)
        while isinstance(ticket := pacing.take(bucket), Pause):
            self._sleep(ask.keep, pacing.waits(bucket, ticket))
        try:
            response = self._send(ask.request)
        except PoBridgeError as error:
            pacing.failed(bucket, ticket, error)
            raise
        pacing.tell_others(bucket, pacing.learn(bucket, ticket, response))
        return response

    def _sleep(self, keep: Keep | None, seconds: float) -> None:
        """Sleep in pieces, keeping between them what the caller holds."""
        for piece in pieces(seconds):
            self._clock.sleep(piece)
            if keep is not None:
                drive(keep(), self)


class Answers(Protocol):
    """Anything that answers asks, blocking."""

    def answer(self, ask: Ask) -> Any:
        """Do what is asked."""
        ...


def drive(exchange: Exchange[T], world: Answers) -> T:
    """Run an exchange to its end, blocking.

    Errors of ours are thrown into it to be judged. All others are thrown in too, and end it like a crash: nobody
    inside catches them, but what is held, as a lease, is given back.
    """
    answer: Any = None
    error: BaseException | None = None
    while True:
        try:
            ask = exchange.throw(error) if error else exchange.send(answer)
        except StopIteration as stop:
            result: T = stop.value
            return result
        answer, error = None, None
        try:
            answer = world.answer(ask)
        except BaseException as raised:  # noqa: BLE001  # handed on, so that the exchange can give back what it holds
            error = raised


class AsyncWorld:
    """Answers asks without blocking the event loop; each lane is one dedicated thread."""

    def __init__(
        self,
        send: Callable[[Request], Awaitable[Response]],
        clock: Clock,
        retry: RetryPolicy | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        self._send = send
        self._clock = clock
        self._retry = retry or RetryPolicy(clock=clock)
        self._pacing = pacing
        self._lanes: Mapping[Lane, ThreadPoolExecutor] = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=f"po-bridge-{lane.value}") for lane in Lane
        }

    async def answer(self, ask: Ask) -> Any:
        """Do what is asked; raises what the work raises."""
        match ask:
            case Call(writes=True) | Call(once=True):
                return await self._sent(ask)
            case Call():
                return await self._retry.aread(lambda: self._sent(ask), partial(self._sleep, ask.keep))
            case Run():
                return await self._on(ask.lane, ask.fn)
            case Await():
                return await ask.fn()
            case Wait():
                return await self._clock.asleep(ask.seconds)
            case Now():
                return self._clock.now()
            case All():
                return await self._all(ask)
            case _:
                assert_never(ask)

    async def _on(self, lane: Lane, fn: Callable[[], T]) -> T:
        """Run blocking work on the thread of a lane."""
        return await asyncio.get_running_loop().run_in_executor(self._lanes[lane], fn)

    async def _sent(self, ask: Call) -> Response:
        """Send one request once there is room for it in the rate budget."""
        bucket, pacing = ask.request.bucket, self._pacing
        if bucket is None or pacing is None:
            return await self._send(ask.request)
        while isinstance(ticket := await self._on(Lane.CACHE, partial(pacing.take, bucket)), Pause):
            await self._sleep(ask.keep, pacing.waits(bucket, ticket))
        try:
            response = await self._send(ask.request)
        except PoBridgeError as error:
            await self._on(Lane.CACHE, partial(pacing.failed, bucket, ticket, error))
            raise
        calls = await self._on(Lane.CACHE, partial(pacing.learn, bucket, ticket, response))
        pacing.tell_others(bucket, calls)
        return response

    async def _sleep(self, keep: Keep | None, seconds: float) -> None:
        """Sleep in pieces, keeping between them what the caller holds."""
        for piece in pieces(seconds):
            await self._clock.asleep(piece)
            if keep is not None:
                await adrive(keep(), self)

    async def _all(self, ask: All) -> tuple[Any, ...]:
        """Run all to their ends before an error goes on: nothing may be under way behind the caller's back."""
        runs = (adrive(exchange, self) for exchange in ask.exchanges)
        results = await asyncio.gather(*runs, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return tuple(results)

    def close(self) -> None:
        """Stop the lanes' threads."""
        for executor in self._lanes.values():
            executor.shutdown(wait=True)


async def adrive(exchange: Exchange[T], world: AsyncWorld) -> T:
    """Run an exchange to its end without blocking; errors are thrown into it, as ``drive`` does."""
    answer: Any = None
    error: BaseException | None = None
    while True:
        try:
            ask = exchange.throw(error) if error else exchange.send(answer)
        except StopIteration as stop:
            result: T = stop.value
            return result
        answer, error = None, None
        try:
            answer = await world.answer(ask)
        except GeneratorExit:
            raise
        except BaseException as raised:  # noqa: BLE001  # handed on, so that the exchange can give back what it holds
            error = raised
