"""One attempt at a step: watches the mutating request, so that its outcome is judged by it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, assert_never

from attrs import evolve

from ..errors import Broken, DocumentError, Misuse, PoBridgeError, Refused, RemoteError, Unreachable
from ..planning.receipt import Doubt, Receipt, Refusal, Rest
from ..planning.verdict import NotSent, Outcome
from ..ports.exchange import All, Ask, Await, Call, Exchange, Now, Run, Wait
from .keeping import keeping

T = TypeVar("T")

Guard = Callable[[], Exchange[None]]
"""Run before the mutating request, as the last that may prevent it."""


def unguarded() -> Exchange[None]:
    """Prevent nothing."""
    yield from ()


class _Watch:
    """What has been seen of the mutating request."""

    def __init__(self) -> None:
        self.sent = False
        self.what = ""
        self.asked_since = False

    def see(self, ask: Ask) -> Ask:
        """Note an ask; raises Misuse for a second mutating request, also for one among asks side by side."""
        if not _writes(ask):
            self.asked_since = self.asked_since or (self.sent and isinstance(ask, (Call, Run, Await, All)))
            return _reads_only(ask) if isinstance(ask, All) else ask
        if self.sent:
            raise Misuse("an adapter made two mutating requests in one attempt; a step is at most one")
        self.sent = True
        self.what = ask.request.what if isinstance(ask, Call) else ""
        return ask

    def never_left(self, error: PoBridgeError) -> None:
        """Note that the mutating request itself did not leave."""
        if isinstance(error, Unreachable) and not error.sent and not self.asked_since:
            self.sent = False

    def belongs(self, error: Refused) -> bool:
        """Whether a refusal is the mutating request's own."""
        return not self.asked_since or error.what == self.what


def _writes(ask: Ask) -> bool:
    match ask:
        case Call() | Run() | Await():
            return ask.writes
        case Wait() | Now() | All():
            return False
        case _:
            assert_never(ask)


def _reads_only(ask: All) -> All:
    return evolve(ask, exchanges=tuple(_reading(exchange) for exchange in ask.exchanges))


def _reading(exchange: Exchange[T]) -> Exchange[T]:
    """The same exchange; raises Misuse before it writes, since nobody could tell the write's outcome."""
    answer: Any = None
    error: PoBridgeError | None = None
    while True:
        try:
            ask = exchange.throw(error) if error else exchange.send(answer)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if _writes(ask):
            raise Misuse("an adapter made a mutating request side by side with others; it must stand alone")
        answer, error = None, None
        try:
            answer = yield _reads_only(ask) if isinstance(ask, All) else ask
        except PoBridgeError as raised:
            error = raised


def attempt(perform: Exchange[Receipt | Rest], guard: Guard = unguarded) -> Exchange[Outcome]:
    """Run one attempt and say what became of it; only errors of ours are judged, all others pass like a crash.

    What *guard* raises passes too, and then the mutating request was not sent. It runs right before that request,
    and again where a driver waited for the rate budget after that.
    """
    watch = _Watch()
    answer: Any = None
    error: PoBridgeError | None = None
    while True:
        try:
            ask = perform.throw(error) if error else perform.send(answer)
        except StopIteration as stop:
            outcome: Receipt | Rest = stop.value
            return outcome
        except (RemoteError, DocumentError) as raised:
            return _judged(watch, raised)
        answer, error = None, None
        seen = watch.see(ask) if guard is unguarded else keeping(watch.see(ask), guard)
        if _writes(ask):
            yield from guard()
        try:
            answer = yield seen
        except PoBridgeError as raised:
            watch.never_left(raised)
            error = raised


def _judged(watch: _Watch, error: RemoteError | DocumentError) -> Outcome:
    if isinstance(error, Refused) and (not watch.sent or watch.belongs(error)):
        return Refusal(
            status=error.status,
            words=error.words,
            mend=error.mend,
            again=error.again,
            retry_at=error.retry_at,
        )
    if watch.sent:
        return Doubt(why=str(error))
    if isinstance(error, (Unreachable, Broken)):
        return NotSent(why=str(error))
    return Refusal(status=0, words=str(error), mend="mend the data, then resume")
