"""Pictures that the store still processes: looked for in the end, told where they are no good, never a failure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from attrs import evolve
from tests.execution.shop import Shop

from po_bridge import Bridge, Plan, Synced, Undone
from po_bridge.clients.xseries import ApiVersion, Settings, XSeries
from po_bridge.execution.event import Event, OnEvent, StepMarked, ignore
from po_bridge.planning.history import Entry
from po_bridge.planning.mark import Mark
from po_bridge.planning.outcome import Outcome
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.write import AttachImage
from po_bridge.sandbox import Fault, FaultKind

SETTLE = 30
FOREVER = timedelta(days=1)
STORES = [
    Settings(settle=SETTLE),
    Settings(settle=SETTLE, generation=ApiVersion.V2026_10),
    Settings(settle=SETTLE, generation=ApiVersion.V2026_10, rows_assumed=True),
    Settings(settle=SETTLE, generation=ApiVersion.V2026_10, images_assumed=True),
]
NAMES = ["2026-07", "2026-10", "2026-10, its own rows", "2026-10, its own address"]


class Room:
    """A shop whose store takes its time over pictures, and a plan with two of them."""

    def __init__(self, time: timedelta, settings: Settings = STORES[0], page: int = 200) -> None:
        self.shop = Shop()
        self.shop.xseries.switches = evolve(self.shop.xseries.switches, image_time=time)
        self.settings, self.page = settings, page
        self.plan: Plan = self.bridge().plan(self.shop.review())
        self.steps = [step.key for step in self.plan.steps if isinstance(step.write, AttachImage)]
        self.shop.xseries.log.clear()

    def bridge(self, on_event: OnEvent = ignore) -> Bridge:
        """A Bridge for that store."""
        target = XSeries(
            domain_prefix="demo",
            token=self.shop.store.token,
            address="https://pos.test",
            image_host="orders.test",
            settings=self.settings,
            page_size=self.page,
        )
        return self.shop.another(target=target, on_event=on_event)

    def spoil(self) -> None:
        """Have the store find that every picture in work is none."""
        images = self.shop.xseries.state.images
        for image in images.all_live():
            images.put(evolve(image, readable=False))

    def apply(self, on_event: OnEvent = ignore) -> Outcome:
        """Apply the plan."""
        return self.bridge(on_event).apply(self.plan)

    def notes(self, outcome: Outcome) -> tuple[str, ...]:
        """What a person is told of the one order, which is synced."""
        (one,) = outcome.orders.values()
        assert isinstance(one, Synced)
        return one.notes

    def entries(self, step: str) -> list[Entry]:
        """What the journal holds of a step."""
        return [one for one in self.shop.journal.read(self.plan.digest).entries if one.step == step]

    def uploads(self) -> int:
        """Pictures sent so far."""
        paths = [one.request.path for one in self.shop.xseries.log if one.request.method == "POST"]
        return sum("image" in path for path in paths)

    def looks(self) -> int:
        """Single looks at pictures so far."""
        return sum("/product_images/" in one.request.path for one in self.shop.xseries.log)


def once(mark: Mark, act: Callable[[], None]) -> OnEvent:
    """Do something when a picture has got a mark."""

    def hear(event: Event) -> None:
        if isinstance(event, StepMarked) and event.mark is mark and "picture" in event.title:
            act()

    return hear


class _Crash(Exception):
    """The process ends."""


def _crash() -> None:
    raise _Crash


@pytest.mark.parametrize("settings", STORES, ids=NAMES)
def test_a_picture_that_gets_ready_is_done_without_a_word(settings: Settings) -> None:
    """It is looked for after some seconds, when all else is written; nothing is sent twice."""
    room = Room(timedelta(seconds=2), settings)
    assert room.notes(room.apply()) == ()
    assert room.uploads() == len(room.steps) == 2
    for step in room.steps:
        assert [one.mark for one in room.entries(step)] == [Mark.INTENDED, Mark.MADE, Mark.DONE]
        assert isinstance(last := room.entries(step)[-1].detail, Receipt)
        assert (last.unread, len(last.made)) == (False, 1)


@pytest.mark.parametrize("settings", STORES, ids=NAMES)
def test_a_store_that_is_done_at_once_is_not_asked_again(settings: Settings) -> None:
    """The answer to the upload says so."""
    room = Room(timedelta(0), settings)
    assert room.notes(room.apply()) == ()
    assert room.looks() == 0
    for step in room.steps:
        assert [one.mark for one in room.entries(step)] == [Mark.INTENDED, Mark.DONE]


@pytest.mark.parametrize("page", [200, 1], ids=["one by one", "by a sweep"])
@pytest.mark.parametrize("settings", STORES[:3], ids=NAMES[:3])
def test_a_picture_that_is_no_good_is_told_and_fails_nothing(settings: Settings, page: int) -> None:
    """The note names the picture and the product."""
    room = Room(timedelta(seconds=2), settings, page)
    notes = room.notes(room.apply(once(Mark.MADE, room.spoil)))
    assert len(notes) == 2
    for note, name in zip(notes, ("Oat", "Camel"), strict=True):
        assert note.startswith("the store could not use the picture at https://orders.test/product/")
        assert name in note


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (STORES[0], "still processes"),
        (STORES[1], "still processes"),
        (STORES[3], "does not tell what became of"),
    ],
    ids=[NAMES[0], NAMES[1], NAMES[3]],
)
def test_a_picture_that_never_gets_ready_is_told_after_the_settle_time(
    settings: Settings, words: str
) -> None:
    """The looks get rarer, and the order is done when nobody waits any more."""
    room = Room(FOREVER, settings)
    start = room.shop.clock.now()
    notes = room.notes(room.apply())
    assert all(words in note for note in notes)
    assert len(notes) == 2
    marks = room.entries(room.steps[0])
    assert [(one.at - start).seconds for one in marks if one.mark is Mark.MADE] == [0, 3, 6, 12, 24]
    assert (marks[-1].mark, marks[-1].at - start) == (Mark.DONE, timedelta(seconds=SETTLE))


@pytest.mark.parametrize("spoilt", [False, True], ids=["good", "no good"])
@pytest.mark.parametrize("mark", [Mark.INTENDED, Mark.MADE], ids=["before the answer", "after it"])
def test_a_crash_between_upload_and_look_is_mended_by_a_resume(mark: Mark, *, spoilt: bool) -> None:
    """The picture is there once, and a bad one is told."""
    room = Room(timedelta(seconds=2))
    with pytest.raises(_Crash):
        room.apply(once(mark, _crash))
    if spoilt:
        room.shop.clock.sleep(1)
        room.spoil()
    notes = room.notes(room.apply(once(Mark.MADE, room.spoil) if spoilt else ignore))
    assert len(notes) == (2 if spoilt else 0)
    images = room.shop.xseries.state.images.all_live()
    assert len({image.digest for image in images}) == len(images) == 2


def test_a_resume_long_afterwards_looks_once() -> None:
    """The settle time is over then: what is said at the first look counts."""
    room = Room(FOREVER)
    with pytest.raises(_Crash):
        room.apply(once(Mark.MADE, _crash))
    room.shop.clock.sleep(3600)
    assert len(room.notes(room.apply())) == 2
    first = room.entries(room.steps[0])
    assert [one.mark for one in first] == [Mark.INTENDED, Mark.MADE, Mark.DONE]
    assert room.uploads() == 2


def test_a_look_that_fails_is_made_again_by_a_resume() -> None:
    """The store out of reach is no fault of the picture."""
    room = Room(timedelta(seconds=2))
    lost = Fault(kind=FaultKind.REFUSE, status=403, path="*/product_images/*", call=1, times=9)
    room.shop.xseries.inject(lost)
    outcome = room.apply()
    assert not outcome.synced
    assert "read back: upload picture" in str(outcome)
    room.shop.xseries.inject()
    assert room.notes(room.apply()) == ()
    assert room.uploads() == 2


def test_a_picture_that_is_in_work_is_taken_back() -> None:
    """Undo looks first, and then takes it away with its product."""
    room = Room(timedelta(seconds=2))
    with pytest.raises(_Crash):
        room.apply(once(Mark.MADE, _crash))
    outcome = room.bridge().undo(room.plan.digest, delete_products=True)
    (undone,) = outcome.orders.values()
    assert isinstance(undone, Undone)
    assert undone.kept == ()
    state = room.shop.xseries.state
    assert [state.products.live(image.product_id) for image in state.images.by_id.values()] == [None]
