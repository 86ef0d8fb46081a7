"""Reads are sent again, with back-off, the remote's own word on when, and a deadline; writes never are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from attrs import define, field
from tests.execution.drivers import DRIVERS, IDS, Driver

from po_bridge.errors import Unreachable
from po_bridge.execution.retry import RetryPolicy
from po_bridge.ports.exchange import Exchange, Request, Response, call
from po_bridge.testing.subject import START, TrialClock

READ = Request(method="GET", address="https://shop.example/things")
GOOD = Response(status=200, body=b"things")


@define
class Wire:
    """Answers with the lines of a script, the last one again and again; notes when it was asked."""

    clock: TrialClock
    script: list[Response | Unreachable]
    asked: list[datetime] = field(factory=list)

    def send(self, _request: Request) -> Response:
        """Answer once."""
        self.asked.append(self.clock.now())
        line = self.script[min(len(self.asked), len(self.script)) - 1]
        if isinstance(line, Unreachable):
            raise line
        return Response(status=line.status, headers=line.headers, body=line.body, at=self.clock.now())

    @property
    def pauses(self) -> list[timedelta]:
        """Time between one attempt and the next."""
        return [after - before for before, after in zip(self.asked, self.asked[1:], strict=False)]


@pytest.fixture(params=DRIVERS, ids=IDS)
def driver(request: pytest.FixtureRequest) -> Driver:
    """Each driver."""
    made: Driver = request.param()
    return made


def wired(driver: Driver, *script: Response | Unreachable) -> Wire:
    """A driver's wire with a script."""
    wire = Wire(driver.clock, list(script))
    driver.send = wire.send
    return wire


def busy(retry_after: str | None = None) -> Response:
    """A remote that asks to come back."""
    return Response(status=429, headers={} if retry_after is None else {"retry-after": retry_after})


def gone(*, sent: bool = True) -> Unreachable:
    """A lost connection."""
    return Unreachable("shop.example", "reset", sent=sent)


@pytest.mark.parametrize(
    "trouble",
    [busy(), Response(status=500), Response(status=502), Response(status=503), Response(status=504), gone()],
    ids=["429", "500", "502", "503", "504", "lost"],
)
def test_a_read_is_sent_again(driver: Driver, trouble: Response | Unreachable) -> None:
    """A read that met trouble which may pass is sent until it is answered."""
    wire = wired(driver, trouble, trouble, GOOD)
    assert driver(call(READ)).body == b"things"
    assert len(wire.asked) == 3


@pytest.mark.parametrize("status", [200, 304, 400, 401, 403, 404, 409, 422, 501])
def test_an_answer_is_taken_as_it_is(driver: Driver, status: int) -> None:
    """What will not change by asking again is not asked again."""
    wire = wired(driver, Response(status=status))
    assert driver(call(READ)).status == status
    assert len(wire.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [busy("1"), Response(status=503), gone(), gone(sent=False)],
    ids=["429", "503", "lost", "no route"],
)
def test_a_write_is_sent_once(driver: Driver, trouble: Response | Unreachable) -> None:
    """The driver never repeats a write, not even one that certainly did not leave."""
    wire = wired(driver, trouble, GOOD)

    def write() -> Exchange[str]:
        try:
            return str((yield from call(READ, writes=True)).status)
        except Unreachable:
            return "unreachable"

    assert driver(write()) in {"429", "503", "unreachable"}
    assert len(wire.asked) == 1


def test_the_last_answer_comes_out_when_patience_ends(driver: Driver) -> None:
    """After the last attempt the remote's own answer is handed on, to be judged."""
    wire = wired(driver, busy())
    assert driver(call(READ)).status == 429
    assert len(wire.asked) == RetryPolicy(clock=driver.clock).attempts


def test_the_last_error_comes_out_when_patience_ends(driver: Driver) -> None:
    """After the last attempt the error of the wire is raised."""
    wire = wired(driver, gone())
    with pytest.raises(Unreachable):
        driver(call(READ))
    assert len(wire.asked) == RetryPolicy(clock=driver.clock).attempts


def test_back_off_stays_within_its_bound(driver: Driver) -> None:
    """Pauses between attempts are never longer than the policy says."""
    wire = wired(driver, gone())
    with pytest.raises(Unreachable):
        driver(call(READ))
    longest = timedelta(seconds=RetryPolicy(clock=driver.clock).longest)
    assert all(timedelta(0) <= pause <= longest for pause in wire.pauses)


# --- the remote's own word ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["40", format_datetime(START + timedelta(seconds=40), usegmt=True)],
    ids=["seconds", "date"],
)
def test_a_remote_says_when_to_come_back(driver: Driver, text: str) -> None:
    """Retry-After is heeded to the second in both its forms, though it is longer than any back-off."""
    wire = wired(driver, busy(text), GOOD)
    driver(call(READ))
    assert timedelta(seconds=40) <= wire.pauses[0] < timedelta(seconds=41)


@pytest.mark.parametrize("text", ["", "soon", "-5", "2026-07-01"], ids=repr)
def test_a_word_that_makes_no_sense_is_passed_over(driver: Driver, text: str) -> None:
    """An unreadable Retry-After is answered with the usual back-off."""
    wire = wired(driver, busy(text), GOOD)
    driver(call(READ))
    assert wire.pauses[0] <= timedelta(seconds=RetryPolicy(clock=driver.clock).longest)


def test_a_moment_that_has_passed_is_no_reason_to_wait(driver: Driver) -> None:
    """A date in the past means at once."""
    past = format_datetime(START - timedelta(minutes=5), usegmt=True)
    wire = wired(driver, busy(past), GOOD)
    driver(call(READ))
    assert wire.pauses[0] < timedelta(seconds=1)


# --- the deadline ---------------------------------------------------------------------------------


def read_with(policy: RetryPolicy, script: Iterable[Response | Unreachable], clock: TrialClock) -> Wire:
    """Read under a policy of one's own."""
    wire = Wire(clock, list(script))
    policy.read(lambda: wire.send(READ))
    return wire


def test_no_attempt_starts_after_the_deadline() -> None:
    """Waits are reckoned in, by the clock that waits: nobody sleeps an hour to find that it is too late."""
    clock = TrialClock()
    policy = RetryPolicy(clock=clock, attempts=100, deadline=100.0)
    wire = read_with(policy, [busy("40")], clock)
    assert len(wire.asked) == 3
    assert clock.now() - START < timedelta(seconds=100)


def test_a_pause_beyond_the_deadline_is_not_begun() -> None:
    """Where the remote says "in an hour" and the deadline is sooner, its answer is handed on at once."""
    clock = TrialClock()
    wire = read_with(RetryPolicy(clock=clock, deadline=100.0), [busy("3600")], clock)
    assert len(wire.asked) == 1
    assert clock.now() == START
