"""Both ways of counting calls behind one set of functions: a window of calls, and a bucket that leaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from po_bridge.errors import Misuse
from po_bridge.models.bucket import Bucket, LeakyBucket, RateBucket
from po_bridge.ports.allowance import Pause, Ticket
from po_bridge.ports.exchange import Response
from po_bridge.ports.meter import Known, current, duration, fresh, give_back, learn, noticed, take

AT = datetime(2027, 1, 1, tzinfo=UTC)
WINDOW = Bucket(name="w", limit_header="limit", left_header="left", size=5, window=300.0)
LEAKY = LeakyBucket(
    name="l", level_header="level", burst_header="burst", drip_header="drip", size=6, drip=1.0, burst=3
)

each = pytest.mark.parametrize("bucket", [WINDOW, LEAKY], ids=["window", "leaky"])


def spent(known: Known, bucket: RateBucket, at: datetime) -> tuple[Known, int]:
    """Take calls until it pauses, and count them."""
    for count in range(100):
        known, answer = take(known, bucket, at)
        if isinstance(answer, Pause):
            return known, count
    raise AssertionError("it never paused")


@each
def test_a_fresh_bucket_serves_what_it_holds(bucket: RateBucket) -> None:
    """A window its size, a leaky bucket the calls of one second's burst."""
    _, count = spent(fresh(bucket), bucket, AT)
    assert count == (5 if bucket is WINDOW else 3)


@each
def test_a_call_that_never_left_is_free_again(bucket: RateBucket) -> None:
    """Given back, it may be taken once more."""
    known, ticket = take(fresh(bucket), bucket, AT)
    assert isinstance(ticket, Ticket)
    left = fresh(bucket).left
    assert known.left == left - 1
    assert give_back(known, bucket, ticket).left == left


@each
def test_calls_beyond_the_budget_take_time(bucket: RateBucket) -> None:
    """What is left is spent at once; more than that waits."""
    few = duration(2, fresh(bucket), bucket, AT, latency=0.0, parallel=1)
    many = duration(50, fresh(bucket), bucket, AT, latency=0.0, parallel=1)
    assert few == 0
    assert many >= 40


@each
def test_an_answer_that_asks_to_wait_is_heeded(bucket: RateBucket) -> None:
    """429 with seconds closes it until then, and not longer."""
    known, ticket = take(fresh(bucket), bucket, AT)
    assert isinstance(ticket, Ticket)
    known = learn(known, bucket, ticket, Response(status=429, headers={"retry-after": "30"}, at=AT))
    assert isinstance(take(known, bucket, AT + timedelta(seconds=20))[1], Pause)
    assert isinstance(take(known, bucket, AT + timedelta(seconds=400))[1], Ticket)


@each
def test_time_fills_it_again(bucket: RateBucket) -> None:
    """After a while all of it may be spent anew."""
    known, _ = spent(fresh(bucket), bucket, AT)
    assert current(known, AT + timedelta(seconds=600)).left == fresh(bucket).left


def test_what_is_known_of_one_kind_is_not_for_the_other() -> None:
    """A bucket that changed its kind is a mistake of the caller, named; nothing of it is noticed."""
    for known, bucket in ((fresh(WINDOW), LEAKY), (fresh(LEAKY), WINDOW)):
        _, ticket = take(fresh(WINDOW), WINDOW, AT)
        assert isinstance(ticket, Ticket)
        with pytest.raises(Misuse):
            take(known, bucket, AT)
        with pytest.raises(Misuse):
            give_back(known, bucket, ticket)
        with pytest.raises(Misuse):
            learn(known, bucket, ticket, Response(status=200))
        with pytest.raises(Misuse):
            duration(1, known, bucket, AT, latency=0.0, parallel=1)
    assert noticed(fresh(WINDOW), fresh(LEAKY)) == 0
