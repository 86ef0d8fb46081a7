from __future__ import annotations

import heapq
import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field
from hypothesis import given, settings, strategies as st
from tests.execution.drivers import DRIVERS, IDS

from po_bridge.catalog import SqliteCache, open_cache
from po_bridge.errors import LeaseLost, Misuse, Unreachable
from po_bridge.execution.event import BucketShared, Event, Waiting
from po_bridge.execution.keeping import kept
from po_bridge.execution.memory_budget import MemoryBudget
from po_bridge.execution.pacing import PIECE, Pacing
from po_bridge.models.bucket import Bucket
from po_bridge.ports import allowance as windows
from po_bridge.ports.allowance import Allowance, Begun, Pause, Ticket, duration
from po_bridge.ports.budget import Budget
from po_bridge.ports.exchange import Call, Exchange, Request, Response, call, now
from po_bridge.testing.subject import START, TrialClock

SIZE, WINDOW = 10, 300.0
BUCKET = Bucket(name="a store", limit_header="limit", left_header="left", window=WINDOW, size=SIZE)
REQUEST = Request(method="GET", address="https://pos.test/some", system="a POS", bucket=BUCKET)


def later(seconds: float) -> datetime:
    """A moment after the start."""
    return START + timedelta(seconds=seconds)


@define(kw_only=True)
class Remote:
    """Counts calls in windows that begin with the first call after the last one ended."""

    clock: TrialClock = field(factory=TrialClock)
    size: int = SIZE
    window: float = WINDOW
    latency: float = 0.5
    asked: list[datetime] = field(factory=list)
    refused: int = 0
    used: int = 0
    ends: datetime = START
    error: Exception | None = None

    def count(self, at: datetime) -> tuple[int, dict[str, str]]:
        """Count one call; status and headers of the answer."""
        if at >= self.ends:
            self.used, self.ends = 0, at + timedelta(seconds=self.window)
        if self.used >= self.size:
            self.refused += 1
            wait = (self.ends - at).total_seconds()
            return 429, {"limit": str(self.size), "left": "0", "retry-after": f"{wait:.6f}"}
        self.used += 1
        return 200, {"limit": str(self.size), "left": str(self.size - self.used)}

    def send(self, request: Request) -> Response:
        """Answer a request after half a second, or fail."""
        if self.error is not None:
            raise self.error
        self.asked.append(self.clock.now())
        status, headers = self.count(self.clock.now())
        self.clock.sleep(self.latency)
        return Response(status=status, headers=headers, at=self.clock.now())


def taken(budget: Budget, at: datetime) -> Ticket:
    """Take a call that may leave."""
    ticket = budget.take(BUCKET, at)
    assert isinstance(ticket, Ticket)
    return ticket


def window(budget: Budget, at: datetime) -> Allowance:
    """What is known of the window."""
    known = budget.look(BUCKET, at)
    assert isinstance(known, Allowance)
    return known


def answer(left: int, at: datetime, *, limit: int = SIZE, status: int = 200, **headers: str) -> Response:
    """An answer that tells where the window stands."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status=status, headers={"limit": str(limit), "left": str(left), **named}, at=at)


@pytest.fixture(params=["memory", "file"])
def budget(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Budget]:
    """A budget of each kind."""
    if request.param == "memory":
        yield MemoryBudget()
        return
    cache = open_cache(tmp_path / "bridge.cache.db")
    yield cache.budget
    cache.close()


# --- one window after the other -------------------------------------------------------------------


def test_window_is_spent_then_waited_for(budget: Budget) -> None:
    """Every call of the window may leave at once; the next one waits for its end, counted from the first answer."""
    for number in range(SIZE):
        ticket = taken(budget, later(number))
        budget.learn(BUCKET, ticket, answer(SIZE - 1 - number, later(number + 0.5)))
    assert budget.take(BUCKET, later(60)) == Pause(seconds=WINDOW + 0.5 - 60)
    assert isinstance(budget.take(BUCKET, later(WINDOW + 0.5)), Ticket)


def test_calls_under_way_count(budget: Budget) -> None:
    """Calls that were not answered yet are spent, so that workers side by side never send more than there is."""
    tickets = [budget.take(BUCKET, later(0)) for _ in range(SIZE + 1)]
    assert [type(ticket) for ticket in tickets] == [*[Ticket] * SIZE, Pause]


def test_limit_is_learned(budget: Budget) -> None:
    """The first answer tells how many calls there are; a bucket is worth its least before."""
    assert budget.look(BUCKET, START).left == SIZE
    budget.learn(BUCKET, taken(budget, START), answer(649, later(1), limit=650))
    assert budget.look(BUCKET, later(1)).left == 649
    assert budget.look(BUCKET, later(WINDOW + 1)) == Allowance(limit=650)


def test_answers_without_figures(budget: Budget) -> None:
    """Where no answer tells anything, our own count goes on."""
    for number in range(SIZE):
        ticket = taken(budget, later(number))
        budget.learn(BUCKET, ticket, Response(status=200, headers={"left": "many"}, at=later(number)))
    assert budget.take(BUCKET, later(20)) == Pause(seconds=WINDOW - 20)


def test_call_that_never_left_is_given_back(budget: Budget) -> None:
    """A call that never left costs nothing."""
    tickets = [taken(budget, START) for _ in range(SIZE)]
    budget.give_back(BUCKET, tickets[0])
    assert isinstance(budget.take(BUCKET, START), Ticket)
    assert isinstance(budget.take(BUCKET, START), Pause)


def test_answer_of_the_last_window(budget: Budget) -> None:
    """An answer that comes after the turn says nothing of the new window."""
    late = taken(budget, START)
    fresh = taken(budget, later(WINDOW))
    assert budget.learn(BUCKET, late, answer(0, later(WINDOW + 1))) == 0
    budget.give_back(BUCKET, late)
    assert budget.look(BUCKET, later(WINDOW + 1)).left == SIZE - 1
    assert budget.learn(BUCKET, fresh, answer(SIZE - 1, later(WINDOW + 2))) == 0
    assert window(budget, later(WINDOW + 2)).begun is Begun.BY_US


def test_answers_read_late_and_out_of_order(budget: Budget) -> None:
    """Answers of one window in any order are not taken for a turn, nor for calls of others."""
    tickets = [taken(budget, START) for _ in range(6)]
    for place in (5, 1, 0, 4, 2, 3):
        assert budget.learn(BUCKET, tickets[place], answer(SIZE - 1 - place, later(place))) == 0
    known = window(budget, later(9))
    assert (known.left, known.others, known.ends) == (SIZE - 6, 0, later(5 + WINDOW))


def test_clock_that_was_set_back(budget: Budget) -> None:
    """A clock that goes back an hour does not make anybody wait an hour."""
    for _ in range(SIZE):
        taken(budget, later(3600))
    assert isinstance(budget.take(BUCKET, START), Ticket)


# --- others ---------------------------------------------------------------------------------------


def test_others_are_noticed_once_a_window(budget: Budget) -> None:
    """Calls that the remote counted and nobody here sent are told once, and leave less for us."""
    assert budget.learn(BUCKET, taken(budget, START), answer(SIZE - 1, later(1))) == 0
    assert budget.learn(BUCKET, taken(budget, later(2)), answer(4, later(3))) == 4
    assert budget.learn(BUCKET, taken(budget, later(4)), answer(2, later(5))) == 0
    assert budget.look(BUCKET, later(5)).left == 2
    budget.learn(BUCKET, taken(budget, later(WINDOW + 9)), answer(0, later(WINDOW + 10)))
    assert budget.look(BUCKET, later(WINDOW + 10)).others == SIZE - 1


def test_window_of_others_is_asked_for_its_end(budget: Budget) -> None:
    """Where others began the window nobody knows its end, so one call asks, and all wait as it was told."""
    budget.learn(BUCKET, taken(budget, START), answer(0, later(1)))
    asking = taken(budget, later(2))
    assert budget.take(BUCKET, later(2)) == Pause(seconds=WINDOW - 1)
    refusal = answer(0, later(3), status=429, retry_after="40")
    budget.learn(BUCKET, asking, refusal)
    assert budget.take(BUCKET, later(13)) == Pause(seconds=30)
    fresh = taken(budget, later(43))
    budget.learn(BUCKET, fresh, answer(SIZE - 1, later(44)))
    known = window(budget, later(44))
    assert (known.left, known.begun, known.ends) == (SIZE - 1, Begun.BY_US, later(44 + WINDOW))


def test_window_of_others_has_turned(budget: Budget) -> None:
    """The call that asks is answered where the window has turned, and everybody goes on."""
    budget.learn(BUCKET, taken(budget, START), answer(0, later(1)))
    budget.learn(BUCKET, taken(budget, later(2)), answer(SIZE - 1, later(3)))
    assert budget.look(BUCKET, later(3)).left == SIZE - 1


def test_overestimated_others(budget: Budget) -> None:
    """A 429 that was not due to the limit does not cost the rest of the window."""
    for number in range(4):
        ticket = taken(budget, later(number))
        budget.learn(BUCKET, ticket, answer(SIZE - 1 - number, later(number)))
    budget.learn(BUCKET, taken(budget, later(5)), answer(0, later(5), status=429, retry_after="1"))
    budget.learn(BUCKET, taken(budget, later(7)), answer(SIZE - 5, later(7)))
    known = window(budget, later(7))
    assert (known.left, known.ends) == (SIZE - 5, later(WINDOW))


def test_retry_after_by_their_clock(budget: Budget) -> None:
    """A date is held against the answer's own, so that a remote whose clock is wrong is waited for rightly."""
    theirs = {"date": "Mon, 03 Aug 2026 12:00:00 GMT", "retry-after": "Mon, 03 Aug 2026 12:01:00 GMT"}
    refusal = Response(status=429, headers={"limit": str(SIZE), "left": "0", **theirs}, at=later(1))
    budget.learn(BUCKET, taken(budget, START), refusal)
    assert budget.take(BUCKET, later(1)) == Pause(seconds=60)


# --- laws -----------------------------------------------------------------------------------------


@define
class Worker:
    """One of several that share a budget: takes, is counted, reads the answer a while later."""

    left: int
    latencies: Iterator[float]


def play(budget: Budget, remote: Remote, workers: list[Worker]) -> datetime:
    """Let workers send their calls side by side, in the order of time; when the last answer was read."""
    order, moment = itertools.count(), START
    queue: list[tuple[datetime, int, Worker, Any]] = [(START, next(order), one, None) for one in workers]

    def then(seconds: float, worker: Worker, what: Any) -> None:
        heapq.heappush(queue, (moment + timedelta(seconds=seconds), next(order), worker, what))

    while queue:
        moment, _, worker, what = heapq.heappop(queue)
        match what:
            case None:
                ticket = budget.take(BUCKET, moment)
                if isinstance(ticket, Pause):
                    then(min(ticket.seconds, PIECE), worker, None)
                else:
                    then(next(worker.latencies), worker, ticket)
            case Ticket():
                then(next(worker.latencies), worker, (what, remote.count(moment)))
            case (ticket, (status, headers)):
                budget.learn(BUCKET, ticket, Response(status=status, headers=headers, at=moment))
                worker.left -= status == 200
                if worker.left:
                    then(0, worker, None)
    return moment


@given(
    calls=st.lists(st.integers(1, 30), min_size=1, max_size=4),
    latencies=st.lists(st.sampled_from((0.01, 0.1, 0.4, 2.0)), min_size=1, max_size=9),
    size=st.sampled_from((3, SIZE, 40)),
)
@settings(max_examples=150, deadline=None)
def test_nobody_is_refused_and_no_window_is_lost(calls: list[int], latencies: list[float], size: int) -> None:
    """Whatever order the answers of side-by-side workers come in, none is refused, and the time keeps the bound."""

    def endless() -> Iterator[float]:
        while True:
            yield from latencies

    remote = Remote(size=size)
    budget = MemoryBudget()
    budget._known[BUCKET.name] = Allowance(limit=min(size, SIZE))
    end = play(budget, remote, [Worker(left=one, latencies=endless()) for one in calls])
    total = sum(calls)
    # the end of a window is known from its first answer on, so each window may lose the time of one answer
    full, trip = (total - 1) // size, 2 * max(latencies)
    bound = full * (WINDOW + trip) + trip * (total - full * size)
    assert remote.refused == 0
    assert (end - START).total_seconds() <= bound + 1e-3


@given(others=st.lists(st.floats(0, 900), max_size=25), calls=st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_strangers_cost_few_refusals(others: list[float], calls: int) -> None:
    """With others in the bucket every call is sent in the end, and few are refused in each window."""
    clock = TrialClock()
    remote = Remote(clock=clock)
    budget = MemoryBudget()
    strangers = sorted(others)
    done = 0
    for _ in range(5000):
        while strangers and later(strangers[0]) <= clock.now():
            remote.count(later(strangers.pop(0)))
        refused, remote.refused = remote.refused, 0
        ticket = budget.take(BUCKET, clock.now())
        if isinstance(ticket, Pause):
            clock.sleep(min(ticket.seconds, PIECE))
            remote.refused = refused
            continue
        response = remote.send(REQUEST)
        budget.learn(BUCKET, ticket, response)
        done += response.status == 200
        remote.refused += refused
        if done == calls:
            break
    spent = (clock.now() - START).total_seconds()
    assert done == calls
    assert spent <= ((calls + len(others)) // SIZE + 2) * (WINDOW + 20)


@given(calls=st.integers(0, 60), used=st.integers(0, SIZE), parallel=st.integers(1, 5))
def test_duration_is_what_it_takes(calls: int, used: int, parallel: int) -> None:
    """The estimate is the time that a client without any overhead takes, from wherever the budget stands."""
    latency = 0.3
    known = (
        Allowance(limit=SIZE, used=used, since=START, ends=later(WINDOW)) if used else Allowance(limit=SIZE)
    )
    moment = START
    budget = MemoryBudget()
    budget._known[BUCKET.name] = known
    for _ in range(calls):
        while isinstance(pause := budget.take(BUCKET, moment), Pause):
            moment += timedelta(seconds=pause.seconds)
        moment += timedelta(seconds=latency / parallel)
    expected = (moment - START).total_seconds()
    found = duration(calls, known, BUCKET, START, latency=latency, parallel=parallel)
    assert found == pytest.approx(expected, abs=1e-3)
    if not used and calls:
        assert found <= (calls - 1) // SIZE * WINDOW + latency * calls / parallel + 1e-6


# --- shared by a file -----------------------------------------------------------------------------

TAKER = """
import sys
from datetime import datetime
from po_bridge.catalog import open_cache
from po_bridge.models.bucket import Bucket
from po_bridge.ports.allowance import Ticket
bucket = Bucket(name="a store", limit_header="limit", left_header="left", window=300.0, size=200)
budget = open_cache(sys.argv[1]).budget
print("ready", flush=True)
sys.stdin.read()
taken = 0
while isinstance(budget.take(bucket, datetime.fromisoformat(sys.argv[2])), Ticket):
    taken += 1
print(taken)
"""


def test_processes_share_a_window(tmp_path: Path) -> None:
    """Processes that take as fast as they can take exactly what there is, together."""
    path = tmp_path / "bridge.cache.db"
    open_cache(path).close()
    command = [sys.executable, "-c", TAKER, str(path), START.isoformat()]
    takers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for taker in takers:
        assert taker.stdout is not None
        taker.stdout.readline()
    told = [taker.communicate("")[0] for taker in takers]
    assert sum(map(int, told)) == 200


def test_next_run_knows_the_window(tmp_path: Path) -> None:
    """A process that starts in the middle of a window knows what was spent in it."""
    path = tmp_path / "bridge.cache.db"
    first = open_cache(path)
    for _ in range(SIZE):
        taken(first.budget, START)
    first.close()
    second = open_cache(path)
    assert second.budget.take(BUCKET, later(10)) == Pause(seconds=WINDOW - 10)
    second.close()


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[SqliteCache]:
    """A cache whose budget cannot be read any more."""
    cache = open_cache(tmp_path / "bridge.cache.db")
    taken(cache.budget, START)
    with cache._file.writing() as connection:
        connection.execute("DROP TABLE budget")
    yield cache
    cache.close()


def test_budget_without_a_file_goes_on_alone(broken: SqliteCache) -> None:
    """Where the file fails no call fails: the budget is kept alone, from what was known last."""
    tickets = [broken.budget.take(BUCKET, START) for _ in range(SIZE)]
    assert [type(ticket) for ticket in tickets] == [*[Ticket] * (SIZE - 1), Pause]
    assert broken.budget.look(BUCKET, START).left == 0
    broken.budget.learn(BUCKET, taken(broken.budget, later(WINDOW)), answer(3, later(WINDOW + 1)))
    assert broken.budget.look(BUCKET, later(WINDOW + 1)).left == 3


# --- the drivers ----------------------------------------------------------------------------------


@define(kw_only=True)
class Stand:
    """A driver with a budget, before a remote that counts."""

    make: Callable[..., Any]
    remote: Remote = field(factory=Remote)
    events: list[Event] = field(factory=list)
    budget: MemoryBudget = field(factory=MemoryBudget)

    def __call__(self, exchange: Exchange[Any]) -> Any:
        """Run an exchange."""
        clock = self.remote.clock
        pacing = Pacing(budget=self.budget, clock=clock, on_event=self.events.append)
        return self.make(clock=clock, send=self.remote.send, pacing=pacing)(exchange)


@pytest.fixture(params=DRIVERS, ids=IDS)
def stand(request: pytest.FixtureRequest) -> Stand:
    """A stand for each driver."""
    return Stand(make=request.param)


def calling(times: int, *, writes: bool = False) -> Exchange[None]:
    """Call so many times."""
    for _ in range(times):
        response = yield from call(REQUEST, writes=writes)
        assert response.status == 200


@pytest.mark.parametrize("writes", [False, True], ids=["reads", "writes"])
def test_driver_keeps_the_bound(stand: Stand, writes: bool) -> None:
    """Calls leave one after the other until the window is spent, then when it turned; none is refused."""
    stand(calling(25, writes=writes))
    assert stand.remote.refused == 0
    seconds = (stand.remote.clock.now() - START).total_seconds()
    bound = 2 * WINDOW + 5 * stand.remote.latency
    assert bound <= seconds <= bound + 2 * stand.remote.latency


def test_wait_is_told_once(stand: Stand) -> None:
    """A wait is told once, with its end and its cause."""
    stand(calling(SIZE + 1))
    (told,) = stand.events
    assert isinstance(told, Waiting)
    assert told.until == later(WINDOW + 0.5)
    assert BUCKET.name in told.why


def test_others_are_told(stand: Stand) -> None:
    """Calls of others are an event."""

    def disturbed() -> Exchange[None]:
        yield from calling(1)
        stand.remote.used += 5
        yield from calling(1)

    stand(disturbed())
    (told,) = stand.events
    assert told == BucketShared(bucket=BUCKET.name, calls=5, at=stand.remote.clock.now())


def test_uncounted_calls_do_not_wait(stand: Stand) -> None:
    """Calls to a remote that counts nothing are not paced."""

    def many() -> Exchange[None]:
        for _ in range(SIZE + 5):
            yield Call(request=evolve(REQUEST, bucket=None))

    stand.remote.size = 99
    stand(many())
    assert stand.remote.clock.now() == later((SIZE + 5) * 0.5)


def test_held_things_are_kept_while_waiting(stand: Stand) -> None:
    """During a wait of a whole window, what came with the call runs every few seconds, and last right before it."""
    ran: list[datetime] = []

    def keep() -> Exchange[None]:
        ran.append((yield from now()))

    stand(calling(SIZE))
    stand(kept(calling(1, writes=True), keep))
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(ran)]
    assert max(gaps) <= PIECE
    assert ran[-1] == stand.remote.asked[-1]


def test_lost_lease_prevents_the_call(stand: Stand) -> None:
    """Where nothing can be kept while waiting, the call is not sent, and its slot is nobody's."""

    def keep() -> Exchange[None]:
        moment = yield from now()
        if moment > later(100):
            raise LeaseLost("an order")

    stand(calling(SIZE))
    with pytest.raises(LeaseLost):
        stand(kept(calling(1, writes=True), keep))
    assert len(stand.remote.asked) == SIZE


@pytest.mark.parametrize(
    "error",
    [Unreachable("pos.test", "refused", sent=False), Misuse("a header")],
    ids=["not reached", "not sendable"],
)
def test_call_that_did_not_leave_costs_nothing(stand: Stand, error: Exception) -> None:
    """A request that never left is given back to the budget."""
    stand.remote.error = error
    with pytest.raises(type(error)):
        stand(calling(1, writes=True))
    assert stand.budget.look(BUCKET, START).left == SIZE


def test_lost_answer_counts(stand: Stand) -> None:
    """A request whose answer was lost was counted by the remote, so it is spent."""
    stand.remote.error = Unreachable("pos.test", "reset", sent=True)
    with pytest.raises(Unreachable):
        stand(calling(1, writes=True))
    assert stand.budget.look(BUCKET, START).left == SIZE - 1


def test_refused_read_is_sent_again_when_told(stand: Stand) -> None:
    """A read that met a spent window, which strangers had spent, comes again when the remote said."""
    stand.remote.used, stand.remote.ends = SIZE, later(77)
    stand(calling(3))
    assert stand.remote.refused == 1
    assert stand.remote.asked[1] >= later(77)
    assert (stand.remote.asked[1] - later(77)).total_seconds() < 1


def test_state_is_plain_json(tmp_path: Path) -> None:
    """What the file holds of a bucket can be read by a person who unpacks it."""
    cache = open_cache(tmp_path / "bridge.cache.db")
    taken(cache.budget, START)
    from po_bridge.planning.canonical import write_value  # noqa: PLC0415  # only here

    known = json.loads(write_value(cache.budget.look(BUCKET, START)))
    assert (known["limit"], known["used"], known["since"]) == (SIZE, 1, "2026-07-01T09:00:00.000000Z")
    cache.close()


def test_notice_needs_several_calls() -> None:
    """One or two calls that are not ours may be ours, which a turn met under way."""
    before = Allowance(limit=SIZE, used=1, since=START)
    told = [windows.noticed(before, evolve(before, others=others)) for others in range(5)]
    assert told == [0, 0, 0, 3, 4]
    assert START.tzinfo is UTC
