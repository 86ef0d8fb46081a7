from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from datetime import timedelta
from typing import Any

import pytest
from tests.execution.drivers import DRIVERS, IDS, Driver, nobody

from po_bridge.errors import Misuse, NotFound, PoBridgeError, Unreachable
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.ports.exchange import (
    Await,
    Exchange,
    Lane,
    Request,
    Response,
    call,
    gather,
    now,
    run,
    wait,
)
from po_bridge.testing.subject import START, TrialClock

READ = Request(method="GET", address="https://shop.example/things")


@pytest.fixture(params=DRIVERS, ids=IDS)
def driver(request: pytest.FixtureRequest) -> Driver:
    """Each driver."""
    made: Driver = request.param()
    return made


def answering(text: str) -> Response:
    """An answer with a body."""
    return Response(status=200, body=text.encode())


# --- what is asked is answered --------------------------------------------------------------------


def test_every_ask_is_answered_in_turn(driver: Driver) -> None:
    """A conversation has its answers one after the other, and its result comes out."""
    driver.send = lambda request: answering(request.what)

    def talk() -> Exchange[tuple[Any, ...]]:
        first = yield from call(READ)
        before = yield from now()
        yield from wait(2.5)
        after = yield from now()
        worked = yield from run(lambda: 6 * 7, Lane.JOURNAL)
        return first.body, before, after - before, worked

    assert driver(talk()) == (b"GET /things", START, timedelta(seconds=2.5), 42)


def test_side_by_side_answers_keep_their_order(driver: Driver) -> None:
    """All gives the results in the order of its exchanges, however long each takes."""

    def slow(number: int) -> Exchange[int]:
        yield from wait(float(5 - number))
        return number

    assert driver(gather(tuple(slow(number) for number in range(5)))) == (0, 1, 2, 3, 4)


def test_work_of_a_lane_stays_on_one_thread() -> None:
    """Under the async driver each lane is one thread, and no lane is the loop's own."""

    def talk() -> Exchange[list[int]]:
        found: list[int] = []
        for lane in (Lane.JOURNAL, Lane.CACHE, Lane.JOURNAL, Lane.CACHE):
            found.append((yield from run(threading.get_ident, lane)))  # noqa: PERF401  # a generator asks
        return found

    async def main() -> list[int]:
        world = AsyncWorld(_unused, TrialClock())
        found = await adrive(talk(), world)
        world.close()
        return found

    journal, cache, *again = asyncio.run(main())
    assert again == [journal, cache]
    assert len({journal, cache, threading.get_ident()}) == 3


async def _unused(request: Request) -> Response:
    return nobody(request)


def test_only_the_async_driver_awaits() -> None:
    """A coroutine is awaited by the async driver; the blocking one refuses and says what to use."""

    async def seven() -> int:
        return 7

    def talk() -> Exchange[int]:
        found: int = yield Await(fn=seven)
        return found

    async def main() -> int:
        world = AsyncWorld(_unused, TrialClock())
        try:
            return await adrive(talk(), world)
        finally:
            world.close()

    assert asyncio.run(main()) == 7
    with pytest.raises(Misuse, match="AsyncBridge"):
        drive(talk(), World(nobody, TrialClock()))


# --- errors ---------------------------------------------------------------------------------------


def refused() -> PoBridgeError:
    """A refusal."""
    return NotFound("shop", 404, "gone", what="GET /things", mend="look elsewhere")


def test_an_error_of_ours_is_thrown_into_the_exchange(driver: Driver) -> None:
    """An exchange may catch an error of ours where it asked, and go on."""

    def fail() -> None:
        raise refused()

    def talk() -> Exchange[str]:
        words = "nothing"
        try:
            yield from run(fail, Lane.TARGET)
        except NotFound as error:
            words = error.words
        return words + (yield from run(lambda: "!", Lane.TARGET))

    assert driver(talk()) == "gone!"


def test_an_error_that_nobody_catches_comes_out(driver: Driver) -> None:
    """What an exchange does not catch is raised by the driver."""

    def fail() -> None:
        raise refused()

    with pytest.raises(NotFound):
        driver(run(fail, Lane.TARGET))


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError], ids=lambda error: error.__name__)
def test_any_other_error_ends_the_exchange_but_what_it_holds_is_given_back(
    driver: Driver, error: type[BaseException]
) -> None:
    """Ctrl-C in a call ends a run like a crash, and still the lease is released."""
    said: list[str] = []

    def fail() -> None:
        raise error

    def talk() -> Exchange[None]:
        try:
            yield from run(fail, Lane.TARGET)
            said.append("went on")
        except PoBridgeError:
            said.append("caught")
        finally:
            yield from run(lambda: said.append("released"), Lane.JOURNAL)

    with pytest.raises(error):
        driver(talk())
    assert said == ["released"]


def test_an_error_inside_side_by_side_comes_to_the_one_who_asked(driver: Driver) -> None:
    """An error of one exchange is thrown where All was asked for."""

    def fail() -> None:
        raise refused()

    def talk() -> Exchange[str]:
        try:
            yield from gather((run(lambda: None, Lane.CACHE), run(fail, Lane.CACHE)))
        except NotFound as error:
            return error.words
        return "no error"

    assert driver(talk()) == "gone"


def test_nothing_goes_on_behind_the_back_of_the_one_who_asked() -> None:
    """Where one exchange of several fails, the others have ended before the error is seen."""
    ended: list[str] = []

    def failing() -> Exchange[None]:
        yield from call(READ)

    def slow() -> Generator[Any, Any, None]:
        yield Await(fn=lambda: asyncio.sleep(0.02))
        ended.append("slow")

    async def send(_request: Request) -> Response:
        raise Unreachable("shop.example", "no route", sent=False)

    def talk() -> Exchange[list[str]]:
        try:
            yield from gather((failing(), slow()))
        except Unreachable:
            return list(ended)
        return []

    async def main() -> list[str]:
        world = AsyncWorld(send, TrialClock())
        try:
            return await adrive(talk(), world)
        finally:
            world.close()

    assert asyncio.run(main()) == ["slow"]


def test_a_cancelled_task_gives_back_what_it_holds() -> None:
    """Cancelling the task of an exchange releases what the exchange holds."""
    said: list[str] = []

    def talk() -> Generator[Any, Any, None]:
        try:
            yield Await(fn=asyncio.Event().wait)
        finally:
            yield from run(lambda: said.append("released"), Lane.JOURNAL)

    async def main() -> None:
        world = AsyncWorld(_unused, TrialClock())
        task = asyncio.create_task(adrive(talk(), world))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        world.close()

    asyncio.run(main())
    assert said == ["released"]
