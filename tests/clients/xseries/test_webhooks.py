"""Deliveries of the store: signed in either reading, taken once, rejected when forged or broken."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, strategies as st

from po_bridge.clients.xseries.webhook_signature import Reading
from po_bridge.clients.xseries.webhooks import LARGEST, Accepted, Flaw, Intake, Rejected, Repeated, Told, take
from po_bridge.models.secret import Secret

SECRET = Secret("top-secret")
PRODUCT = {
    "id": "02dcd191-ae2b-11e7-f130-000000000001",
    "name": "Coat / S",
    "supply_price": 10.5,
    "version": 27561014304,
    "deleted_at": None,
    "later_member": {"a": [1]},
}


def body_of(payload: object, **fields: str) -> bytes:
    """A delivery as it is sent."""
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return urlencode({"payload": text, **fields}).encode()


def signature(body: bytes, reading: Reading = Reading.BODY_HEX, key: str = "top-secret") -> dict[str, str]:
    """The header that goes with a delivery."""
    over = parse_qs(body.decode())["payload"][0].encode() if "PAYLOAD" in reading.name else body
    made = hmac.new(key.encode(), over, hashlib.sha256)
    text = made.hexdigest() if reading.name.endswith("HEX") else b64encode(made.digest()).decode()
    return {"X-Signature": f"signature={text},algorithm=HMAC-SHA256"}


def taken(body: bytes, headers: dict[str, str] | None = None, **choices: Any) -> Intake:
    """Take a delivery with the application's secret."""
    plain: dict[str, Any] = {"secret": SECRET, "seen": frozenset(), "word": "product.update"}
    return take(body, signature(body) if headers is None else headers, **(plain | choices))


@pytest.mark.parametrize("reading", list(Reading), ids=lambda reading: reading.name)
def test_every_reading_of_the_signature_is_taken(reading: Reading) -> None:
    """Whichever way the guide is meant, a delivery of the vendor is recognised, and the way is told."""
    body = body_of(PRODUCT, environment="prod", domain_prefix="example")
    found = taken(body, signature(body, reading))
    assert isinstance(found, Accepted)
    assert found.signed is reading
    assert found.status == 200
    assert found.delivery.domain_prefix == "example"


@pytest.mark.parametrize("word", ["product.update", "consignment.send", "consignment.receive"])
def test_what_is_told(word: str) -> None:
    """Type, record and version are read; every other member is kept as it came."""
    body = body_of(PRODUCT)
    found = taken(body, word=word)
    assert isinstance(found, Accepted)
    told = found.delivery
    assert (told.told, told.word) == (Told(word), word)
    assert (told.record_id, told.version, told.deleted) == (PRODUCT["id"], "27561014304", False)
    assert told.payload["later_member"] == {"a": [1]}


def test_type_may_stand_in_the_form() -> None:
    """A delivery that names its type needs no address of its own."""
    found = taken(body_of(PRODUCT, type="consignment.receive"), word="")
    assert isinstance(found, Accepted)
    assert found.delivery.told is Told.CONSIGNMENT_RECEIVE


@pytest.mark.parametrize("word", ["sale.update", "product.archived", ""], ids=["unwanted", "later", "none"])
def test_unknown_type_is_kept(word: str) -> None:
    """A type of later years is neither lost nor taken for another."""
    found = taken(body_of(PRODUCT), word=word)
    assert isinstance(found, Accepted)
    assert (found.delivery.told, found.delivery.word) == (Told.OTHER, word)


def test_deleted_record_is_told() -> None:
    """The old shape writes moments without a zone; only that one stands there counts."""
    found = taken(body_of(PRODUCT | {"deleted_at": "2020-01-15 00:18:52"}))
    assert isinstance(found, Accepted)
    assert found.delivery.deleted


def test_delivery_that_is_sent_again_is_taken_once() -> None:
    """The same payload has the same digest, whatever else stands in the form."""
    first = taken(body_of(PRODUCT))
    assert isinstance(first, Accepted)
    seen = {first.delivery.digest}
    again = taken(body_of(PRODUCT, environment="prod"), seen=seen)
    assert isinstance(again, Repeated)
    assert again.delivery.digest == first.delivery.digest
    assert again.status == 200
    assert isinstance(taken(body_of(PRODUCT | {"version": 27561014305}), seen=seen), Accepted)
    assert isinstance(taken(body_of(PRODUCT), seen=seen, word="consignment.send"), Accepted)


@pytest.mark.parametrize(
    "header",
    [
        "signature=00,algorithm=HMAC-SHA256",
        "signature=,algorithm=HMAC-SHA256",
        "signature",
        "algorithm=HMAC-SHA256",
        "signature=é,algorithm=HMAC-SHA256",
    ],
    ids=["wrong", "empty", "word", "none", "foreign"],
)
def test_forged_delivery_is_rejected(header: str) -> None:
    """A signature that fits in no reading is answered with 401."""
    found = taken(body_of(PRODUCT), {"x-signature": header})
    assert found == Rejected(flaw=Flaw.FORGED)
    assert found.status == 401


def test_other_algorithm_is_rejected() -> None:
    """A right HMAC under another algorithm's name is not looked at."""
    body = body_of(PRODUCT)
    header = signature(body)["X-Signature"].replace("HMAC-SHA256", "none")
    assert taken(body, {"x-signature": header}) == Rejected(flaw=Flaw.FORGED)


def test_empty_secret_signs_nothing() -> None:
    """A forgotten secret must not open the door to whoever signs with nothing."""
    body = body_of(PRODUCT)
    assert taken(body, signature(body, key=""), secret=Secret()) == Rejected(flaw=Flaw.FORGED)


def test_unsigned_delivery_needs_a_choice() -> None:
    """Where there is a secret every delivery is signed; webhooks made by hand have none."""
    body = body_of(PRODUCT)
    assert taken(body, {}) == Rejected(flaw=Flaw.NOT_SIGNED)
    found = taken(body, {}, secret=None)
    assert isinstance(found, Accepted)
    assert found.signed is None


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b"", Flaw.NO_PAYLOAD),
        (b"environment=prod", Flaw.NO_PAYLOAD),
        (b"payload=%7B%7D&payload=%7B%7D", Flaw.NO_PAYLOAD),
        (b"payload=\xff", Flaw.NO_PAYLOAD),
        (b"payload=%ff", Flaw.NO_PAYLOAD),
        (b"payload=nonsense", Flaw.UNREADABLE),
        (b"payload=%5B1%5D", Flaw.UNREADABLE),
        (b"payload=%7B%7D", Flaw.NO_RECORD),
        (b"payload=%7B%22id%22%3A7%7D", Flaw.NO_RECORD),
        (b"x" * (LARGEST + 1), Flaw.TOO_LARGE),
    ],
    ids=[
        "empty",
        "no payload",
        "two payloads",
        "no text",
        "no UTF-8",
        "no JSON",
        "list",
        "no id",
        "number",
        "large",
    ],
)
def test_broken_delivery_is_rejected(body: bytes, flaw: Flaw) -> None:
    """What cannot be read is answered with 400, so that it is not sent for two days."""
    found = taken(body, {}, secret=None)
    assert found == Rejected(flaw=flaw)
    assert found.status == 400


@given(body=st.binary(max_size=60), header=st.text(max_size=40))
def test_no_delivery_raises(body: bytes, header: str) -> None:
    """Whatever arrives has an answer, and nothing without the secret is accepted."""
    assert not isinstance(taken(body, {"X-Signature": header}), Accepted)
    taken(body, {}, secret=None)
