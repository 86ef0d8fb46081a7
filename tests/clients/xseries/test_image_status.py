"""What becomes of a picture after its upload: shown, in work, or no good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.script import adapter, reply, talk
from tests.clients.xseries.store import IMAGES, Store, moment, step_of
from tests.clients.xseries.test_images import SLOT, attach, picture, with_coat

from po_bridge.clients.xseries import ApiVersion, Settings
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Known
from po_bridge.planning.seen import PictureStatus
from po_bridge.sandbox.xseries import Switches


@pytest.mark.parametrize(
    ("status", "unread"),
    [
        ({"status": "uploaded"}, False),
        ({"status": "processing"}, True),
        ({"status": "error"}, True),
        ({}, False),
    ],
    ids=["shown", "in work", "no good", "not told"],
)
def test_the_answer_tells_whether_to_look_again(status: Mapping[str, str], *, unread: bool) -> None:
    """A picture that is shown costs no further call."""
    target = adapter(image_host=IMAGES)
    answer = reply({"data": {"id": "i", **status}}, 201)
    receipt, _ = talk(target.perform(step_of(attach("p")), {}), picture(), answer)
    assert receipt == Receipt(made={SLOT: "i"}, unread=unread)


def look(store: Store, coat: str, image: str) -> Mapping[Any, Any]:
    """Look what became of the picture."""
    found = store.drive(store.target.read_back((step_of(attach(coat)),), {SLOT: image}, {}))
    assert store.writes == 1
    return found


@pytest.mark.parametrize("generation", list(ApiVersion), ids=lambda version: version.value)
def test_a_picture_is_looked_for_by_its_id(generation: ApiVersion) -> None:
    """One call tells that it is in work, that it is shown, and that it is not there any more."""
    slow = Switches(image_time=timedelta(seconds=5))
    store, coat = with_coat(switches=slow, settings=Settings(generation=generation))
    receipt: Any = store.drive(store.target.perform(step_of(attach(coat)), {}))
    image = receipt.made[SLOT]
    store.asked.clear()
    assert look(store, coat, image) == {SLOT: PictureStatus.PROCESSING}
    store.clock.sleep(6)
    assert look(store, coat, image) == {SLOT: PictureStatus.SHOWN}
    store.sandbox.state.images.put(evolve(store.sandbox.state.images.by_id[image], deleted_at=moment(9)))
    assert look(store, coat, image) == {}
    assert store.paths() == [f"GET 2026-07/product_images/{image}"] * 3


@pytest.mark.parametrize("generation", list(ApiVersion), ids=lambda version: version.value)
def test_a_picture_that_is_no_good_is_told_with_its_product(generation: ApiVersion) -> None:
    """A person wants the product's name."""
    store, coat = with_coat(settings=Settings(generation=generation))
    store.pictures[f"{IMAGES}/coat.png"] = picture(body=b"not a picture")
    receipt: Any = store.drive(store.target.perform(step_of(attach(coat)), {}))
    assert receipt.unread
    found = look(store, coat, receipt.made[SLOT])
    assert found[SLOT] is PictureStatus.BROKEN
    assert found[Known(id=coat)].name == "Coat"


@pytest.mark.parametrize("body", [{"data": {"status": "resized"}}, {"data": []}], ids=["new word", "nothing"])
def test_a_status_that_is_not_known_tells_nothing(body: Any) -> None:
    """A later year may know more words."""
    step = step_of(attach("p"))
    found, _ = talk(adapter().read_back((step,), {SLOT: "i"}, {}), reply(body))
    assert found == {}
