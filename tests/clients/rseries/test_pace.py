"""The leaky bucket and the burst window, learned from the answers' headers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from tests.clients.rseries.store import ACCOUNT

from po_bridge.catalog import open_cache
from po_bridge.clients.rseries import RSeries
from po_bridge.clients.rseries.rate import bucket_of, read_cost, write_cost
from po_bridge.errors import Misuse
from po_bridge.execution.drive import World, drive
from po_bridge.execution.event import BucketShared, Event
from po_bridge.execution.http import HttpSender
from po_bridge.execution.memory_budget import MemoryBudget
from po_bridge.execution.pacing import Pacing
from po_bridge.models.bucket import Bucket, LeakyBucket
from po_bridge.planning.snapshot import Collection
from po_bridge.ports.allowance import Pause, Ticket
from po_bridge.ports.budget import Budget
from po_bridge.ports.exchange import Response
from po_bridge.ports.level import Level, current, empty, learn, take
from po_bridge.sandbox.message import Response as Answer
from po_bridge.sandbox.rseries import Limit, RSeriesSandbox
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.testing.subject import START, TrialClock

BUCKET = evolve(bucket_of("r-series:1", None), cost=1.0)


def told(level: str = "", burst: str = "", status: int = 200, **headers: str) -> Response:
    """An answer that tells where the bucket stands."""
    named = {"x-ls-api-bucket-level": level, "x-ls-api-burst-level": burst}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status=status, headers={k: v for k, v in named.items() if v}, at=START)


def taken(known: Level, bucket: LeakyBucket = BUCKET) -> tuple[Level, Ticket]:
    """Take a call that may leave."""
    after, ticket = take(known, bucket, START)
    assert isinstance(ticket, Ticket)
    return after, ticket


class Account:
    """An account with its limits, behind pacing on a clock that waiting moves."""

    def __init__(self, budget: Budget | None = None, **limits: Decimal) -> None:
        self.clock = TrialClock()
        self.sandbox = RSeriesSandbox(clock=self.clock.now, limit=Limit(**limits))  # type: ignore[arg-type]  # figures
        self.events: list[Event] = []
        sender = HttpSender(self.clock, httpx.Client(transport=SandboxTransport({"pos.test": self.sandbox})))
        pacing = Pacing(budget=budget or MemoryBudget(), clock=self.clock, on_event=self.events.append)
        self.world = World(sender.send, self.clock, pacing=pacing)
        token = self.sandbox.furnish().token
        self.target = RSeries(account_id=ACCOUNT, token=token, address="https://pos.test")

    def read(self, times: int) -> float:
        """Read a list so often; the seconds that took."""
        began = self.clock.now()
        for _ in range(times):
            drive(self.target.changes(Collection.SUPPLIERS, ""), self.world)
        return (self.clock.now() - began).total_seconds()

    @property
    def refused(self) -> int:
        """Calls that were refused for the limits."""
        answers = (one.answer for one in self.sandbox.log)
        return sum(isinstance(answer, Answer) and answer.status == 429 for answer in answers)


def test_the_bucket_is_filled_then_drips_set_the_pace() -> None:
    """Ninety calls at the burst's pace, then one for each drip, and never a refusal."""
    account = Account()
    seconds = account.read(150)
    assert account.refused == 0
    # The last call leaves when 149 calls less what dripped off are below 90.
    assert 59 < seconds < 59 * 1.02


def test_bursts_set_the_pace_in_a_wide_bucket() -> None:
    """Twenty calls a second, and never a refusal."""
    account = Account(size=Decimal(90_000), drip=Decimal(1000), burst_share=Decimal(20) / Decimal(90_000))
    assert account.read(100) == pytest.approx(4, rel=0.02)
    assert account.refused == 0


def test_a_larger_account_is_learned_from_its_answers() -> None:
    """Size and drip of further registers stand in the headers of the first answer."""
    account = Account()
    account.sandbox.state.registers = 5
    assert account.read(120) < 10
    assert account.refused == 0


def test_others_in_the_bucket_are_noticed_once() -> None:
    """What another program of the same client uses is told, and ours waits for it."""
    account = Account()
    other = RSeries(account_id=ACCOUNT, token=account.target.token, address="https://pos.test")
    sender = HttpSender(
        account.clock, httpx.Client(transport=SandboxTransport({"pos.test": account.sandbox}))
    )
    strange = World(sender.send, account.clock)
    account.read(1)
    for _ in range(10):
        drive(other.changes(Collection.TAGS, ""), strange)
    account.clock.sleep(1)
    account.read(2)
    shared = [event for event in account.events if isinstance(event, BucketShared)]
    assert [event.calls for event in shared] == [10]


def test_workers_share_what_is_known_through_the_cache_file(tmp_path: Path) -> None:
    """The level is kept with its figures: another worker goes on where this one stopped."""
    first = open_cache(tmp_path / "cache.db")
    second = open_cache(tmp_path / "cache.db")
    for _ in range(20):
        first.budget.take(BUCKET, START)
    pause = second.budget.take(BUCKET, START)
    assert isinstance(pause, Pause)
    known = second.budget.look(BUCKET, START)
    assert isinstance(known, Level)
    assert (known.level, known.calls, known.left) == (20.0, 20, 70)
    first.close()
    second.close()


def test_one_name_is_one_kind_of_bucket() -> None:
    """Two adapters that call different buckets alike are told so."""
    budget = MemoryBudget()
    budget.take(BUCKET, START)
    window = Bucket(name=BUCKET.name, limit_header="l", left_header="r", window=300.0, size=350)
    with pytest.raises(Misuse, match="different kinds"):
        budget.take(window, START)


def test_a_refusal_closes_the_bucket_until_the_moment_it_names() -> None:
    """429 with Retry-After; without one, for a second."""
    known, ticket = taken(empty(BUCKET))
    closed = learn(known, BUCKET, ticket, told("95.5/90", "3/20", 429, retry_after="7"))
    assert take(closed, BUCKET, START)[1] == Pause(seconds=7.0)
    closed = learn(known, BUCKET, ticket, told(status=429))
    assert take(closed, BUCKET, START)[1] == Pause(seconds=1.0)


def test_what_is_under_way_is_added_to_what_is_told() -> None:
    """A level that was told before our other call arrived does not hide that call."""
    known, first = taken(empty(BUCKET))
    known, _ = taken(known)
    after = learn(known, BUCKET, first, told("1/90", "1/20"))
    assert (after.level, after.calls) == (2.0, 1)


def test_a_clock_that_was_set_back_starts_anew() -> None:
    """The level is kept, and nothing is waited for until a year from now."""
    known, _ = taken(empty(BUCKET))
    before = current(known, START - timedelta(days=365))
    assert (before.level, before.second, before.closed) == (1.0, None, None)


@settings(max_examples=200, deadline=None)
@given(
    header=st.one_of(
        st.text(max_size=12), st.sampled_from(["1/90", "12.351366519926/90", "-1/90", "1e9/9", "/"])
    ),
    burst=st.text(max_size=8),
    drip=st.text(max_size=8),
)
def test_no_header_brings_it_down(header: str, burst: str, drip: str) -> None:
    """Whatever an answer tells, the bucket goes on to give calls or finite pauses."""
    known, ticket = taken(empty(BUCKET))
    answer = Response(
        status=200,
        headers={
            BUCKET.level_header: header,
            BUCKET.burst_header: burst,
            BUCKET.drip_header: drip,
        },
        at=START,
    )
    after = learn(known, BUCKET, ticket, answer)
    found = take(after, BUCKET, START)[1]
    assert isinstance(found, Ticket) or 0 < found.seconds < 10**12


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 5), st.floats(1, 10)), max_size=150))
def test_no_call_leaves_above_the_brim(calls: list[tuple[float, float]]) -> None:
    """A call leaves only while the level is below the size, whatever the others cost."""
    known, moment = empty(BUCKET), START
    for pause, cost in calls:
        moment += timedelta(seconds=pause)
        known, found = take(known, evolve(BUCKET, cost=cost), moment)
        if isinstance(found, Pause):
            moment += timedelta(seconds=found.seconds)
        else:
            assert known.level - cost < known.size


def test_costs_follow_the_vendor_s_table() -> None:
    """A relation costs more on a list, a nested record half a drip."""
    assert read_cost(("Note", "OrderLines"), lists=False) == pytest.approx(1.3)
    assert read_cost(("Note", "OrderLines"), lists=True) == pytest.approx(1.6)
    body = {
        "description": "Coat S",
        "Prices": {"ItemPrice": [{"amount": "1"}, {"amount": "2"}]},
        "ItemAttributes": {"itemAttributeSetID": "1"},
        "ItemVendorNums": {"ItemVendorNum": [{"value": "1"}]},
    }
    assert write_cost(body) == 3.0
    assert write_cost(None) == 1.0
