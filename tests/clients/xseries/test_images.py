from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from tests.clients.xseries.script import Script, adapter, html, reply, talk
from tests.clients.xseries.store import IMAGES, PNG, Store, step_of

from po_bridge.clients._picture import MAX_BYTES, Picture
from po_bridge.errors import Busy, NotFound, Unauthorized, Unreachable
from po_bridge.planning.receipt import Absent, Done, Receipt
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import AttachImage
from po_bridge.ports.exchange import Response
from po_bridge.sandbox import Request as Asked
from po_bridge.sandbox.xseries import Goods, Switches
from po_bridge.testing.fault import Fault, FaultKind

SLOT = Slot(kind=Kind.IMAGE, name="coat")


def attach(product: str, address: str = f"{IMAGES}/coat.png") -> AttachImage:
    """Make the write."""
    return AttachImage(product=Known(id=product), address=address, slot=SLOT)


def picture(kind: str = "image/png", body: bytes = PNG, status: int = 200, **headers: str) -> Response:
    """Make an image host's answer."""
    return Response(status=status, headers={"content-type": kind, **headers}, body=body)


def with_coat(**choices: Any) -> tuple[Store, str]:
    """A store with one product."""
    store = Store(**choices)
    return store, store.sandbox.add_product(Goods(name="Coat"))


def uploaded(store: Store) -> list[str]:
    """Digests of the pictures in the store."""
    return [image.digest for image in store.sandbox.state.images.all_live()]


def test_picture_is_fetched_and_uploaded() -> None:
    """Two requests, one of them to the store; the probe finds the very picture."""
    store, coat = with_coat()
    receipt = store.perform(attach(coat))
    assert (store.calls, store.writes) == (store.target.calls(attach(coat)), 1) == (2, 1)
    assert uploaded(store) == [hashlib.sha256(PNG).hexdigest()]
    assert store.asked[0].auth is None
    assert dict(store.asked[0].headers) == {"accept": "image/*"}
    assert store.probe(attach(coat)) == Done(receipt=Receipt(made=receipt.made, found=True))


def test_same_picture_again_is_one_picture() -> None:
    """Sending it again is harmless, so a lost answer costs nothing."""
    store, coat = with_coat()
    store.inject(Fault(kind=FaultKind.LOST, call=2))
    with pytest.raises(Unreachable):
        store.perform(attach(coat))
    store.perform(attach(coat))
    assert len(uploaded(store)) == 1


def test_picture_in_processing_is_absent_yet() -> None:
    """The store shows it after a while; until then the probe finds nothing, and sending again is harmless."""
    store, coat = with_coat(switches=Switches(image_time=timedelta(seconds=5)))
    store.perform(attach(coat))
    assert store.probe(attach(coat)) == Absent()
    store.clock.sleep(6)
    assert isinstance(store.probe(attach(coat)), Done)


def test_request_that_never_arrived_is_absent() -> None:
    """A product without pictures has not got ours; one that is gone has none either."""
    store, coat = with_coat()
    store.inject(Fault(kind=FaultKind.RESET, call=2))
    with pytest.raises(Unreachable):
        store.perform(attach(coat))
    assert store.probe(attach(coat)) == Absent()
    assert store.probe(attach("00000000-0000-0000-0000-000000000000")) == Absent()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://elsewhere.example/coat.png", "not on the image host"),
        ("http://images.example/coat.png", "not on the image host"),
        ("https://images.example:444/coat.png", "not on the image host"),
        ("https://user:pass@images.example/coat.png", "not on the image host"),
        ("https://images.example.evil.example/coat.png", "not on the image host"),
        ("file:///etc/passwd", "not on the image host"),
        ("coat.png", "not on the image host"),
        ("https://[broken/coat.png", "not on the image host"),
        ("", "not on the image host"),
    ],
)
def test_no_other_host_is_asked(address: str, why: str) -> None:
    """Nothing leaves for a host that was not named, and nobody's password is sent."""
    receipt, script = talk(adapter(image_host=IMAGES).perform(step_of(attach("p", address)), {}))
    assert isinstance(receipt, Receipt)
    assert why in receipt.notes[0]
    assert not receipt.made
    assert script.requests == []


@pytest.mark.parametrize("host", ["images.example", "https://images.example/", "IMAGES.example"])
def test_host_is_https_unless_it_says_otherwise(host: str) -> None:
    """A bare name means https."""
    target = adapter(image_host=host)
    receipt, _ = talk(target.perform(step_of(attach("p")), {}), picture(), reply({"data": {"id": "i"}}, 201))
    assert isinstance(receipt, Receipt)
    assert receipt.made == {SLOT: "i"}


def test_plain_http_has_to_be_asked_for() -> None:
    """A sandbox on loopback is named with its scheme."""
    target = adapter(image_host="http://127.0.0.1:8123")
    write = attach("p", "http://127.0.0.1:8123/a.png")
    receipt, _ = talk(target.perform(step_of(write), {}), picture(), reply({"data": {"id": "i"}}, 201))
    assert isinstance(receipt, Receipt)
    assert receipt.made


def test_without_a_host_there_are_no_pictures() -> None:
    """The note says that none is set."""
    receipt, _ = talk(adapter().perform(step_of(attach("p")), {}))
    assert isinstance(receipt, Receipt)
    assert "none is set" in receipt.notes[0]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (picture(status=404), "404"),
        (picture(status=204, body=b""), "204"),
        (html(502), "502"),
        (picture("text/html"), "text/html"),
        (picture("image/svg+xml"), "image/svg+xml"),
        (picture(""), "no stated type"),
        (picture(body=b""), "0 bytes"),
        (picture(body=bytes(MAX_BYTES + 1)), "10,000,001 bytes"),
        (Unreachable("images.example", "no route", sent=False), "could not be fetched"),
    ],
    ids=["missing", "nothing", "proxy", "page", "svg", "untyped", "empty", "large", "unreachable"],
)
def test_bad_picture_is_told_and_fails_nothing(answer: Any, why: str) -> None:
    """The order goes on without it; nothing is sent to the store."""
    receipt, script = talk(adapter(image_host=IMAGES).perform(step_of(attach("p")), {}), answer)
    assert isinstance(receipt, Receipt)
    assert why in receipt.notes[0]
    assert not receipt.made
    assert script.writes == 0


def test_largest_picture_passes() -> None:
    """Ten million bytes are not too many."""
    target = adapter(image_host=IMAGES)
    answers = (picture(body=bytes(MAX_BYTES)), reply({"data": {"id": "i"}}, 201))
    receipt, _ = talk(target.perform(step_of(attach("p")), {}), *answers)
    assert isinstance(receipt, Receipt)
    assert receipt.made


@pytest.mark.parametrize("location", ["/b.png", "b.png", f"{IMAGES}/b.png", "//images.example/b.png"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_one_redirect_inside_the_host_is_followed(status: int, location: str) -> None:
    """Image hosts move pictures about."""
    target = adapter(image_host=IMAGES)
    moved = Response(status=status, headers={"location": location})
    _, script = talk(
        target.perform(step_of(attach("p", f"{IMAGES}/a.png")), {}),
        moved,
        picture(),
        reply({"data": {"id": "i"}}, 201),
    )
    assert script.requests[1].address == f"{IMAGES}/b.png"
    assert script.writes == 1


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([{"location": "https://elsewhere.example/b.png"}], 1),
        ([{"location": "http://169.254.169.254/b.png"}], 1),
        ([{"location": "/b.png"}, {"location": "/c.png"}], 2),
        ([{}, {}], 2),
    ],
    ids=["other host", "inner host", "twice", "nowhere"],
)
def test_redirects_lead_nowhere_else(answers: list[Mapping[str, str]], asked: int) -> None:
    """Neither to another host nor on and on."""
    moved = [Response(status=302, headers=headers) for headers in answers]
    receipt, script = talk(adapter(image_host=IMAGES).perform(step_of(attach("p")), {}), *moved)
    assert isinstance(receipt, Receipt)
    assert receipt.notes
    assert len(script.requests) == asked


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_picture_the_store_refuses_is_told(status: int) -> None:
    """Its words go into the note."""
    target = adapter(image_host=IMAGES)
    receipt, script = talk(
        target.perform(step_of(attach("p")), {}), picture(), reply({"message": "no picture"}, status)
    )
    assert isinstance(receipt, Receipt)
    assert "no picture" in receipt.notes[0]
    assert script.writes == 1


@pytest.mark.parametrize(("status", "kind"), [(401, Unauthorized), (404, NotFound), (429, Busy)])
def test_other_refusals_of_the_upload_are_errors(status: int, kind: type[Exception]) -> None:
    """They are no fault of the picture."""
    script = Script([picture(), reply({}, status)])
    with pytest.raises(kind):
        script.run(adapter(image_host=IMAGES).perform(step_of(attach("p")), {}))


def test_address_in_a_note_has_no_query() -> None:
    """An address may be signed."""
    write = attach("p", f"{IMAGES}/a.png?signature=secret")
    receipt, _ = talk(adapter(image_host=IMAGES).perform(step_of(write), {}), picture(status=403))
    assert isinstance(receipt, Receipt)
    assert "secret" not in receipt.notes[0]


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("image/jpeg", "jpg"), ("image/jpg", "jpg"), ("image/tiff", "tiff"), ("IMAGE/WEBP; q=1", "webp")],
)
def test_file_is_named_by_its_type(kind: str, suffix: str) -> None:
    """The store looks at the ending."""
    target = adapter(image_host=IMAGES)
    _, script = talk(
        target.perform(step_of(attach("p")), {}), picture(kind), reply({"data": {"id": "i"}}, 201)
    )
    sent = script.requests[1]
    asked = Asked(method="POST", address=sent.address, headers=dict(sent.headers), body=sent.body)
    (part,) = asked.parts()
    assert (part.name, part.content) == ("image", PNG)
    assert part.filename.endswith(f".{suffix}")


def test_equal_bytes_give_an_equal_request() -> None:
    """Nothing random goes into the upload."""
    one, other = (Picture(content=PNG, kind="image/png") for _ in range(2))
    assert (one.multipart, one.multipart_kind) == (other.multipart, other.multipart_kind)
    assert Picture(content=PNG + b"x", kind="image/png").multipart_kind != one.multipart_kind
