"""The outcome of an attempt belongs to its mutating request, whatever the reads around it meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import define, field

from po_bridge.errors import (
    BadDocument,
    Broken,
    Issue,
    LeaseLost,
    Misuse,
    PoBridgeError,
    Refused,
    Unauthorized,
    Unreachable,
)
from po_bridge.execution.attempt import attempt
from po_bridge.execution.drive import drive
from po_bridge.planning.receipt import Doubt, Receipt, Refusal, Rest
from po_bridge.planning.verdict import NotSent, Outcome
from po_bridge.ports.exchange import (
    All,
    Ask,
    Call,
    Exchange,
    Lane,
    Now,
    Request,
    Response,
    Run,
    Wait,
    call,
    run,
)

POST = Request(method="POST", address="https://shop.example/things", system="shop")
GET = Request(method="GET", address="https://shop.example/things/1", system="shop")
TOKEN = Request(method="POST", address="https://shop.example/token", system="shop")
GOOD = Response(status=200)

Answer = Response | PoBridgeError


@define
class Scripted:
    """Answers each call with the next line of a script, and notes what was sent."""

    script: list[Answer]
    sent: list[str] = field(factory=list)

    def answer(self, ask: Ask) -> Any:
        """Do what is asked."""
        match ask:
            case Call():
                self.sent.append(ask.request.what)
                found = self.script.pop(0)
                if isinstance(found, PoBridgeError):
                    raise found
                return found
            case Run():
                return ask.fn()
            case All():
                return tuple(drive(exchange, self) for exchange in ask.exchanges)
            case Wait() | Now():
                return None
            case _:
                raise AssertionError(ask)


def no(request: Request, status: int = 422, *, again: bool = False) -> Refused:
    """The refusal of a request."""
    kind = Unauthorized if status == 401 else Refused
    return kind("shop", status, "no", what=request.what, mend="mend it", again=again)


def gone(*, sent: bool) -> Unreachable:
    """A lost connection."""
    return Unreachable("shop.example", "lost", sent=sent)


def tried(perform: Exchange[Receipt | Rest], *script: Answer) -> Outcome:
    """What becomes of an attempt whose calls are answered so."""
    return drive(attempt(perform), Scripted(list(script)))


# --- conversations of an adapter ------------------------------------------------------------------


def writes(after: Callable[[], Exchange[None]] | None = None) -> Exchange[Receipt | Rest]:
    """One write, and whatever follows."""
    yield from call(POST, writes=True)
    if after is not None:
        yield from after()
    return Receipt()


def reads_back() -> Exchange[None]:
    """Read what was written."""
    yield from call(GET)


def reads_first() -> Exchange[Receipt | Rest]:
    """Read, then write."""
    yield from call(GET)
    return (yield from writes())


def refreshes() -> Exchange[Receipt | Rest]:
    """Write; after a 401 have a new token and let the step be sent again."""
    answer = yield from call(POST, writes=True)
    if answer.status == 401:
        yield from call(TOKEN)
        raise no(POST, 401, again=True)
    return Receipt()


# --- verdicts -------------------------------------------------------------------------------------


def test_a_receipt_is_handed_on() -> None:
    """What the adapter returns is the outcome."""
    assert tried(writes(), GOOD) == Receipt()


def test_a_refused_write_is_a_refusal() -> None:
    """The remote's no to the write itself means that nothing changed."""
    outcome = tried(writes(), no(POST))
    assert outcome == Refusal(status=422, words="no", mend="mend it", again=False, retry_at=None)


@pytest.mark.parametrize(
    "trouble",
    [gone(sent=True), gone(sent=False), Broken("shop", 503, "down", what=GET.what), no(GET, 404)],
    ids=["lost", "refused connection", "server error", "refused read"],
)
def test_a_read_back_that_fails_after_a_good_write_is_a_doubt(trouble: PoBridgeError) -> None:
    """Whatever goes wrong behind a write that left, the write may have been done."""
    outcome = tried(writes(reads_back), GOOD, trouble)
    assert isinstance(outcome, Doubt), outcome


def test_a_read_back_that_cannot_be_read_is_a_doubt() -> None:
    """A document with faults behind a good write says nothing about the write."""

    def misread() -> Exchange[None]:
        yield from call(GET)
        raise BadDocument("thing", (Issue(path="$.id", seen="nothing", expected="an id"),))

    assert isinstance(tried(writes(misread), GOOD, GOOD), Doubt)


@pytest.mark.parametrize(
    "trouble", [gone(sent=True), Broken("shop", 502, "html", what=POST.what)], ids=["lost", "server error"]
)
def test_a_write_that_left_and_was_not_answered_is_a_doubt(trouble: PoBridgeError) -> None:
    """A lost answer and a server error leave the outcome unknown."""
    assert isinstance(tried(writes(), trouble), Doubt)


def test_a_write_that_never_left_is_not_sent() -> None:
    """A connection that could not be made has carried nothing."""
    assert isinstance(tried(writes(), gone(sent=False)), NotSent)


@pytest.mark.parametrize(
    "trouble",
    [gone(sent=True), gone(sent=False), Broken("shop", 500, "down", what=GET.what)],
    ids=["lost", "refused connection", "server error"],
)
def test_trouble_before_the_write_is_not_sent(trouble: PoBridgeError) -> None:
    """As long as the write has not left, trouble is only trouble."""
    assert isinstance(tried(reads_first(), trouble), NotSent)


def test_a_refusal_before_the_write_is_a_refusal() -> None:
    """A read that is refused before the write holds the step, and says who must mend what."""
    outcome = tried(reads_first(), no(GET, 403))
    assert isinstance(outcome, Refusal)
    assert (outcome.status, outcome.mend) == (403, "mend it")


def test_a_document_with_faults_before_the_write_is_a_refusal() -> None:
    """What cannot be read before the write is for a person to mend, so the step is held."""

    def misread() -> Exchange[Receipt | Rest]:
        yield from call(GET)
        raise BadDocument("thing", (Issue(path="$.id", seen="nothing", expected="an id"),))

    outcome = tried(misread(), GOOD)
    assert isinstance(outcome, Refusal)
    assert "$.id" in outcome.words


def test_a_refused_token_is_the_writes_own_refusal() -> None:
    """401, a fresh token, then "send me again": the write was refused for certain, although calls followed it."""
    outcome = tried(refreshes(), Response(status=401), GOOD)
    assert outcome == Refusal(status=401, words="no", mend="mend it", again=True, retry_at=None)


def test_a_lost_token_call_after_a_refused_write_is_a_doubt() -> None:
    """Where the adapter tells nothing of the write, a lost call after it leaves the outcome unknown."""
    assert isinstance(tried(refreshes(), Response(status=401), gone(sent=True)), Doubt)


def test_an_adapter_may_make_something_of_an_error() -> None:
    """An error is thrown into the conversation first, which may read and say more."""

    def careful() -> Exchange[Receipt | Rest]:
        try:
            yield from call(POST, writes=True)
        except Refused:
            yield from call(GET)
            return Rest(writes=())
        return Receipt()

    assert tried(careful(), no(POST), GOOD) == Rest(writes=())


# --- what an adapter must not do ------------------------------------------------------------------


def twice() -> Exchange[Receipt | Rest]:
    """Two writes in one attempt."""
    yield from call(POST, writes=True)
    yield from run(lambda: None, Lane.TARGET, writes=True)
    return Receipt()


def test_two_mutating_requests_are_a_misuse() -> None:
    """The second write of an attempt is never sent."""
    with pytest.raises(Misuse, match="two mutating requests"):
        tried(twice(), GOOD)


def nested() -> Exchange[Any]:
    """A write among exchanges side by side, two levels down."""
    yield All(exchanges=(call(GET), call(POST, writes=True)))


@pytest.mark.parametrize("depth", [1, 2], ids=["side by side", "nested"])
def test_a_mutating_request_stands_alone(depth: int) -> None:
    """A write side by side with others is a misuse, and is not sent: nobody could tell its outcome."""

    def side_by_side() -> Exchange[Receipt | Rest]:
        yield All(exchanges=(nested(),)) if depth == 2 else All(exchanges=(call(POST, writes=True),))
        return Receipt()

    world = Scripted([GOOD, GOOD])
    with pytest.raises(Misuse, match="stand alone"):
        drive(attempt(side_by_side()), world)
    assert POST.what not in world.sent


def test_reads_side_by_side_after_a_write_are_fine() -> None:
    """Reads around a write are free, also several at once, and their errors reach the adapter."""

    def sweeping() -> Exchange[None]:
        try:
            yield All(exchanges=(call(GET), call(GET)))
        except Broken:
            yield from call(GET)

    down = Broken("shop", 500, "down", what=GET.what)
    assert tried(writes(sweeping), GOOD, GOOD, down, GOOD) == Receipt()


# --- the guard ------------------------------------------------------------------------------------


def lost() -> Exchange[None]:
    """A lease that is gone."""
    yield Now()
    raise LeaseLost("order 1")


def test_a_guard_keeps_the_write_from_leaving() -> None:
    """What the guard raises ends the attempt before the mutating request, and after the reads before it."""
    world = Scripted([GOOD, GOOD])
    with pytest.raises(LeaseLost):
        drive(attempt(reads_first(), lost), world)
    assert world.sent == [GET.what]


def test_a_guard_does_not_watch_reads() -> None:
    """An attempt that only reads needs no lease."""

    def found_done() -> Exchange[Receipt | Rest]:
        yield from call(GET)
        return Receipt(found=True)

    assert drive(attempt(found_done(), lost), Scripted([GOOD])) == Receipt(found=True)
