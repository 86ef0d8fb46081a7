"""What one process saw of an order, another one knows: over one journal file, or one in memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from tests.execution.test_watching import Bare, document, living, reached, synced
from tests.stand import Stand

from po_bridge import Bridge, MemoryJournal, open_journal
from po_bridge.execution.status import OrderState
from po_bridge.models.keys import OrderKey
from po_bridge.models.milestone import Reached
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.sighting import Sighting
from po_bridge.planning.timeline import Timeline
from po_bridge.ports.exchange import Exchange
from po_bridge.ports.journal import Journal
from po_bridge.sandbox.seed import DEMO_ORDER
from po_bridge.testing.subject import TrialClock

LIVES = {
    "shipped and back": ("approved", "shipped", "approved"),
    "cancelled and pending again": ("approved", "processed", "cancelled", "pending"),
    "back and on again": ("approved", "processed", "approved", "processed", "shipped"),
    "twice back": ("shipped", "processed", "shipped", "approved", "approved"),
}
"""What an order's status is at one look after the other."""


@define(kw_only=True)
class Place:
    """The emulators, and a journal that Bridges share, each as in a process of its own."""

    path: Path | None
    stand: Stand = field(init=False)
    clock: TrialClock = field(init=False)
    memory: MemoryJournal = field(factory=MemoryJournal)

    def __attrs_post_init__(self) -> None:
        self.stand, self.clock = living()
        document(self.stand, DEMO_ORDER)["status"] = "approved"

    @contextmanager
    def journal(self) -> Generator[Journal]:
        """The journal, opened and closed again."""
        if self.path is None:
            yield self.memory
            return
        with closing(open_journal(self.path)) as journal:
            yield journal

    @contextmanager
    def process(self, **choices: Any) -> Generator[Bridge]:
        """A Bridge that opens the journal, and closes it when it is done."""
        with self.journal() as journal, self.stand.bridge(journal, **choices) as bridge:
            yield bridge

    def turn(self, status: str) -> None:
        """An hour later the order has another status with the brand."""
        self.clock.sleep(3600)
        document(self.stand, DEMO_ORDER)["status"] = status

    def watch(self) -> Timeline:
        """One look by a process of its own."""
        with self.process() as bridge:
            return bridge.watch(DEMO_ORDER)

    def looks(self, *statuses: str) -> list[Timeline]:
        """One status after the other, each seen by a process of its own."""
        found: list[Timeline] = []
        for status in statuses:
            self.turn(status)
            found.append(self.watch())
        return found

    def changed(self) -> list[str]:
        """What moved on, by a process of its own."""
        with self.process() as bridge:
            return [reason for row in bridge.changed() for reason in row.reasons]

    def state(self) -> OrderState:
        """Where the order stands, by a process of its own."""
        with self.process() as bridge:
            return next(row.state for row in bridge.status() if row.number == DEMO_ORDER)

    def kept(self) -> Sighting:
        """What the journal holds of the order."""
        with self.journal() as journal:
            (sighting,) = journal.sightings().values()
            return sighting


@pytest.fixture(params=["file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """One order, and a journal of each kind."""
    return Place(path=tmp_path / "bridge.db" if request.param == "file" else None)


@pytest.mark.parametrize("applied", [False, True], ids=["never applied", "applied"])
@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_processes_tell_what_one_tells(tmp_path: Path, life: tuple[str, ...], applied: bool) -> None:
    """Looks by one process after the other give the very timelines that looks by one Bridge give."""
    alone, place = Place(path=None), Place(path=tmp_path / "bridge.db")
    found: dict[str, list[Timeline]] = {"one": [], "many": []}
    for each in (alone, place):
        if applied:
            with each.process() as bridge:
                synced(bridge, DEMO_ORDER)
    with alone.process() as bridge:
        for status in life:
            alone.turn(status)
            found["one"].append(bridge.watch(DEMO_ORDER))
    found["many"] += place.looks(*life)
    assert found["many"] == found["one"]
    backs = [note for one in found["many"] for note in one.notes if "before" in note]
    assert backs
    assert all(note.startswith(("it went back", "it was cancelled")) for note in backs)


def test_a_step_back_is_told_once(place: Place) -> None:
    """The process that looks next tells of it; after that the timeline bears the mark, and nothing is told anew."""
    *_, told = place.looks("approved", "shipped", "approved")
    assert [note.partition(" (")[0] for note in told.notes] == [
        "it went back: processed before",
        "it went back: shipped before",
    ]
    again = place.watch()
    assert again.notes == ()
    assert [one.reached for one in again.milestones if not one.holds] == [Reached.PROCESSED, Reached.SHIPPED]
    assert again.milestones == told.milestones


def test_nothing_new_is_nothing_written(place: Place) -> None:
    """A look that finds what the last one found leaves the journal as it is; one that finds more writes once."""
    with place.process() as bridge:
        synced(bridge, DEMO_ORDER)
    assert place.changed() == []
    with place.journal() as journal:
        assert journal.sightings() == {}
    place.watch()
    first = place.kept()
    assert first.revision == 1
    for _ in range(3):
        place.clock.sleep(3600)
        assert place.changed() == []
        place.watch()
    assert place.kept() == first
    place.turn("processed")
    place.watch()
    place.changed()
    assert place.kept().revision == 2


def test_changed_remembers_how_far_it_came(place: Place) -> None:
    """``changed`` tells a step back from where an earlier one saw the order, until it was applied anew."""
    with place.process() as bridge:
        synced(bridge, DEMO_ORDER)
    place.turn("shipped")
    assert (place.changed(), place.state()) == ([], OrderState.SYNCED)
    place.turn("approved")
    back = ["went back from shipped to approved; ask the brand"]
    for _ in range(2):
        assert (place.changed(), place.state()) == (back, OrderState.CHANGED)
    with place.process() as bridge:
        synced(bridge, DEMO_ORDER)
    assert (place.state(), place.changed(), place.state()) == (OrderState.SYNCED, [], OrderState.SYNCED)


def test_what_comes_on_again_is_no_change(place: Place) -> None:
    """A step back that the brand took back is told no more."""
    with place.process() as bridge:
        synced(bridge, DEMO_ORDER)
    for status, state in (
        ("shipped", OrderState.SYNCED),
        ("approved", OrderState.CHANGED),
        ("shipped", OrderState.SYNCED),
    ):
        place.turn(status)
        assert bool(place.changed()) is (state is OrderState.CHANGED)
        assert place.state() is state


def test_each_look_knows_the_other_kind(place: Place) -> None:
    """What ``changed`` saw is told by ``watch``, and what ``watch`` saw by ``changed`` and ``status``."""
    with place.process() as bridge:
        synced(bridge, DEMO_ORDER)
    place.turn("shipped")
    place.changed()
    place.turn("approved")
    told = place.watch()
    assert any(note.startswith("it went back: shipped before") for note in told.notes)
    assert place.state() is OrderState.CHANGED
    place.turn("processed")
    place.watch()
    assert place.changed() == ["went back from shipped to processed; ask the brand"]


def test_cancelled_after_a_look(place: Place) -> None:
    """A cancelled order shows how far a look of another process saw it come, though it was never applied."""
    *_, timeline = place.looks("approved", "processed", "cancelled")
    assert reached(timeline) == ["created", "submitted, inferred", "approved", "processed", "cancelled"]


# --- several at once --------------------------------------------------------------------------------


class Meanwhile(Bare):
    """A source that answers, and lets something happen before the answer is used."""

    happens: Callable[[], object] | None = None

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:
        """As the whole source."""
        found = yield from super().order(key)
        happens, self.happens = self.happens, None
        if happens:
            happens()
        return found


def test_an_older_look_never_hides_a_later_one(place: Place) -> None:
    """A process whose answer is older than what another one kept looks again; the step back is told once."""
    place.turn("processed")
    source = Meanwhile(place.stand.source())
    others: list[Timeline] = []
    with place.process(source=source) as bridge:
        key = bridge.watch(DEMO_ORDER).order
        place.turn("shipped")

        def goes_back() -> None:
            place.turn("approved")
            with place.process(source=Bare(place.stand.source())) as other:
                others.append(other.watch(key))

        source.happens = goes_back
        ours = bridge.watch(key)
    assert [one.status for one in (*others, ours)] == ["approved", "approved"]
    backs = [note for one in (*others, ours) for note in one.notes if "processed before" in note]
    assert len(backs) == 1
    assert ours.milestones == others[0].milestones == place.kept().milestones


class Busy(MemoryJournal):
    """A journal in which somebody else is always faster."""

    looks = 0

    def see(self, sightings: Sequence[Sighting]) -> tuple[OrderKey, ...]:
        """Keep nothing."""
        self.looks += 1
        return tuple(one.order for one in sightings)


def test_looks_have_an_end() -> None:
    """Where others are faster every time, what was seen is told all the same after some looks."""
    place, journal = Place(path=None), Busy()
    with place.stand.bridge(journal) as bridge:
        assert reached(bridge.watch(DEMO_ORDER))
        assert journal.looks == 3
        synced(bridge, DEMO_ORDER)
        document(place.stand, DEMO_ORDER)["status"] = "pending"
        (row,) = bridge.changed()
    assert row.state is OrderState.CHANGED
    assert "went back" in row.reasons[0]
