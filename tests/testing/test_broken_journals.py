"""A journal that breaks a rule is told so in one line."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest
from attrs import evolve, field, frozen

from po_bridge.errors import PoBridgeError, UsedPlan
from po_bridge.journal import MemoryJournal
from po_bridge.models.keys import OrderKey
from po_bridge.planning.book import Book
from po_bridge.planning.history import History
from po_bridge.planning.mark import Mark
from po_bridge.ports.leases import Lease
from po_bridge.testing import JournalContract
from po_bridge.testing.journal_case import FAR, MADE, moment, opened_of, order_key, plan_of

Method = Callable[..., Any]


@frozen
class Case:
    """A fault, the test that sees it, and the line that it tells."""

    test: str
    line: str
    method: str
    broken: Method
    given: dict[str, Any] = field(factory=dict)

    def __str__(self) -> str:
        return f"{self.test.removeprefix('test_')}: {self.line}"


def silent(name: str) -> Method:
    """A method that refuses nothing."""

    def broken(self: MemoryJournal, *args: Any, **more: Any) -> Any:
        try:
            return getattr(MemoryJournal, name)(self, *args, **more)
        except PoBridgeError:
            return None

    return broken


def answering(name: str, change: Callable[[Any], Any]) -> Method:
    """A method whose answer is changed."""
    return lambda self, *args, **more: change(getattr(MemoryJournal, name)(self, *args, **more))


def only_the_last(self: MemoryJournal, digest: str, lease: Lease) -> None:
    """Refuse every plan that another followed, taken back or not."""
    opened = self.opened(digest)
    rounds = self.book([order_key()], ()).rounds
    if opened is not None and rounds[order_key()] > opened.plan.goals[0].round:
        raise UsedPlan(digest, "a later plan was opened")
    MemoryJournal.reopen_plan(self, digest, lease)


def without_the_last(history: History) -> History:
    """Lose the last entry."""
    return History.of(history.entries[:-1])


def as_if_synced(self: MemoryJournal, digest: str, applied: Any, *args: Any, **more: Any) -> None:
    """Take an order that was taken back for one that was applied."""
    synced = [evolve(one, status="synced") for one in applied]
    MemoryJournal.close_plan(self, digest, synced, *args, **more)


def for_good(self: MemoryJournal, digest: str, applied: Any, at: Any, lease: Lease, **_: Any) -> None:
    """Close a plan whether it is finished or not."""
    MemoryJournal.close_plan(self, digest, applied, at, lease)


def keeping_the_first(self: MemoryJournal, decisions: Any) -> None:
    """Keep what was decided first."""
    known = {one.key for one in self.decisions()}
    MemoryJournal.decide(self, [one for one in decisions if one.key not in known])


def lines_only(self: MemoryJournal, key: str, *args: Any) -> bool:
    """Take back nothing but what is decided about lines."""
    return key.startswith("line:sample") and MemoryJournal.revoke(self, key, *args)


def never_dead(self: MemoryJournal, keys: Any, holder: Any, *args: Any) -> Lease:
    """Believe every holder to be elsewhere."""
    return MemoryJournal.take(self, keys, evolve(holder, host="elsewhere.example"), *args)


def by_number(self: MemoryJournal, keys: Any, holder: Any, *args: Any) -> Lease:
    """Tell processes apart by their number."""
    return MemoryJournal.take(self, keys, evolve(holder, started=self.worker().started), *args)


def once_each(self: MemoryJournal, keys: Any, *args: Any) -> Lease:
    """Fail at a key that is named twice."""
    if len(set(keys)) < len(keys):
        raise ValueError(keys)
    return MemoryJournal.take(self, keys, *args)


LEASE = Lease(keys=("shared",), fence=1, holder=FAR, until=moment(60))
OPENED = opened_of(plan_of())


def case(test: str, line: str, method: str, broken: Method | None = None, **given: Any) -> Case:
    """Make a case; without a broken method it refuses nothing."""
    return Case(f"test_{test}", line, method, broken or silent(method), given)


def as_it_comes(self: MemoryJournal, sightings: Any) -> tuple[OrderKey, ...]:
    """Keep every look, whatever was kept before."""
    kept = self.sightings()
    for one in sightings:
        known = kept[one.order].revision if one.order in kept else 0
        MemoryJournal.see(self, [evolve(one, revision=known + 1)])
    return ()


def the_first_one(self: MemoryJournal, sightings: Any) -> tuple[OrderKey, ...]:
    """Keep the first look at an order for good."""
    known = self.sightings()
    MemoryJournal.see(self, [one for one in sightings if one.order not in known][:2])
    return ()


CASES = (
    case("empty_book", "book() of an empty journal", "book", lambda *_: Book(rounds={order_key(): 1})),
    case(
        "last_applied",
        "applied() must give the last one",
        "applied",
        answering("applied", lambda all_of: all_of[::-1]),
    ),
    case(
        "ordered_lines_are_linked",
        "close_plan() must link every line",
        "book",
        answering("book", lambda book: evolve(book, links={})),
    ),
    case("undone_lines_are_not_linked", "close_plan() must not link lines", "close_plan", as_if_synced),
    case("revoked_link_is_not_made_again", "revoke() must say True", "revoke", lambda *_: False),
    case(
        "later_link_replaces",
        "a link that was replaced",
        "book",
        answering("book", lambda book: evolve(book, revoked={MADE: ("product-1",)})),
    ),
    case("later_decision_replaces", "decide() must replace", "decide", keeping_the_first),
    case("decision_is_revoked", "revoke() must say False", "revoke", lambda *_: True),
    case("other_keys_are_revoked_too", "revoke() must find any key", "revoke", lines_only),
    case(
        "tied_again",
        "a pair that was tied again",
        "book",
        answering("book", lambda book: evolve(book, revoked={MADE: ("product-1", "product-2")})),
    ),
    case(
        "book_holds_what_concerns",
        "book() must give decisions",
        "book",
        answering("book", lambda book: evolve(book, decisions={})),
    ),
    case("sighting_is_kept", "sightings() must give what was kept", "see", lambda *_: ()),
    case(
        "sighting_is_kept",
        "sightings() must give the orders asked for",
        "sightings",
        lambda self, _orders=None: MemoryJournal.sightings(self),
    ),
    case("next_sighting_replaces", "see() must put a sighting", "see", the_first_one),
    case("late_sighting_is_left_out", "see() must give the orders", "see", as_it_comes),
    case("one_of_many_looks_is_kept", "see() must keep one of many", "see", as_it_comes),
    case(
        "entries_are_read_back", "read() must give every entry", "read", answering("read", without_the_last)
    ),
    case(
        "plans_are_kept_apart",
        "a plan must have its own entries",
        "read",
        answering("read", without_the_last),
    ),
    case("first_mark_is_an_intent", "append() must raise Misuse for a step", "append", mark=Mark.DONE),
    case("batch_is_all_or_nothing", "append() must raise Misuse for a mark", "append"),
    case("done_rides_with_next_intent", "batches must be kept", "read", answering("read", without_the_last)),
    case("lost_lease_writes_nothing", "open_plan() must raise LeaseLost", "open_plan", how="released"),
    case("lost_lease_writes_nothing", "append() must raise LeaseLost", "append", how="taken over"),
    case("lost_lease_writes_nothing", "close_plan() must raise LeaseLost", "close_plan", how="released"),
    case("part_of_a_lease_is_none", "append() must raise LeaseLost", "append"),
    case("workers_side_by_side", "no entry of either", "read", answering("read", without_the_last)),
    case("workers_of_one_process_differ", "worker() must tell workers", "worker", lambda _: FAR),
    case("all_keys_or_none", "take() must raise LeaseHeld", "take"),
    case("same_worker_is_no_exception", "take() must raise LeaseHeld", "take"),
    case("key_named_twice", "take() must", "take", once_each),
    case("lease_needs_keys", "take() must raise Misuse", "take"),
    case(
        "fence_grows",
        "take() must give a fence higher",
        "take",
        answering("take", lambda lease: evolve(lease, fence=1)),
    ),
    case(
        "lease_ends_by_time",
        "take() must say when",
        "take",
        answering("take", lambda lease: evolve(lease, until=moment(99))),
    ),
    case("lease_ends_by_time", "renew() must raise LeaseLost", "renew"),
    case(
        "renewed_lease_lasts",
        "renew() must change nothing but the end",
        "renew",
        lambda _self, lease, *_: lease,
    ),
    case("released_keys_are_free", "renew() must raise LeaseLost", "release", lambda *_: None),
    case("dead_holder_is_replaced", "take() must replace a holder", "take", never_dead),
    case("reused_pid_is_another_process", "take() must compare the start", "take", by_number),
    case("doubtful_holder_stays", "take() must leave its lease", "take", who="alive"),
    case("one_of_many_takes", "take() must be atomic", "take", lambda *_: LEASE),
    case("opened_plan_is_kept", "opened() must give the plan", "opened", lambda *_: None),
    case("unknown_plan_is_none", "opened() must give None", "opened", lambda *_: OPENED),
    case(
        "same_plan_again",
        "open_plan() again must keep",
        "opened",
        answering("opened", lambda opened: evolve(opened, since={})),
    ),
    case("round_is_used_once", "open_plan() must raise UsedPlan", "open_plan"),
    case("round_follows_round", "open_plan() must raise UsedPlan", "open_plan"),
    case("seal_must_fit", "open_plan() must raise ForeignPlan", "open_plan"),
    case(
        "unfinished_oldest_first",
        "unfinished() must list",
        "unfinished",
        answering("unfinished", lambda all_of: all_of[::-1]),
    ),
    case("closed_plan_stays_closed", "open_plan() must raise UsedPlan", "open_plan"),
    case("closed_plan_stays_closed", "append() must raise UsedPlan", "append"),
    case("held_plan_stays_open", "finished=False must leave it open", "close_plan", for_good),
    case("closed_plan_is_reopened", "reopen_plan() must open it again", "reopen_plan", lambda *_: None),
    case("replaced_plan_stays_closed", "reopen_plan() must raise UsedPlan", "reopen_plan"),
    case("plan_before_one_taken_back_is_reopened", "reopen_plan() must raise UsedPlan", "reopen_plan"),
    case(
        "plan_before_one_taken_back_is_reopened",
        "reopen_plan() must open a plan whose later plans were taken back",
        "reopen_plan",
        only_the_last,
    ),
    case(
        "what_was_applied_before",
        "applied_before() must give the last record",
        "applied_before",
        lambda self, _digest, orders: {one.order: one for one in self.applied() if one.order in orders},
    ),
    case("unopened_plan_takes_nothing", "append() must raise Misuse", "append"),
    case("unopened_plan_takes_nothing", "close_plan() must raise Misuse", "close_plan"),
)


@pytest.mark.parametrize("broken", CASES, ids=str)
def test_a_broken_journal_is_told_in_one_line(broken: Case) -> None:
    """The first line says what the journal must do."""
    made: type[MemoryJournal] = type("Broken", (MemoryJournal,), {broken.method: broken.broken})
    test = getattr(JournalContract(), broken.test)
    at_hand = {"journal": made(), **broken.given}
    with pytest.raises(AssertionError) as caught:
        test(**{name: at_hand[name] for name in signature(test).parameters})
    assert str(caught.value).startswith(broken.line)


def test_every_rule_was_broken() -> None:
    """No test of the suite passes whatever the journal does."""
    rules = {name for name in dir(JournalContract) if name.startswith("test_")}
    assert rules == {one.test for one in CASES}
