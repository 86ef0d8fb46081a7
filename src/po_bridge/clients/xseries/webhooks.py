"""What the store tells by itself, as plain functions that a web framework calls.

A delivery is a hint that something moved, never the truth: order and arrival are not promised, so whoever takes
deliveries polls as well. Source: the vendor's webhook guide; a delivery is retried for 48 hours unless it is
answered with 2xx, 3xx or 4xx within five seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from enum import Enum
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from attrs import field, frozen

from ...errors import BadDocument
from ...mapping.json_text import parse_json
from ...models.checks import frozen_mapping
from ...models.secret import Secret
from .webhook_signature import Reading, reading_of

LARGEST: Final = 1_000_000
"""Bytes of the largest delivery that is looked at."""


class Told(Enum):
    """What a delivery is about."""

    PRODUCT_UPDATE = "product.update"
    CONSIGNMENT_SEND = "consignment.send"
    CONSIGNMENT_RECEIVE = "consignment.receive"
    OTHER = "other"
    """A type that is not asked for, or of later years; its word is kept."""


_TOLD: Final = {told.value: told for told in Told if told is not Told.OTHER}


@frozen(kw_only=True)
class Delivery:
    """One delivery that was understood."""

    digest: str
    """Names type and payload: a delivery that is sent again has the same."""
    told: Told
    """What it is about."""
    word: str
    """The type as written; empty where nobody said it."""
    record_id: str
    """The product or consignment that moved."""
    version: str = ""
    """Its version, where the payload tells it; an older one than is known may be ignored."""
    deleted: bool = False
    """Whether the record was deleted."""
    domain_prefix: str = ""
    """The store, where the delivery tells it."""
    payload: Mapping[str, Any] = field(converter=frozen_mapping, repr=False)
    """Everything that was sent, in the shape of the old API; hostile text."""


class Flaw(Enum):
    """Why a delivery is not taken."""

    TOO_LARGE = "it is larger than any delivery of this vendor"
    NOT_SIGNED = "it is not signed"
    FORGED = "its signature fits in no reading of the guide"
    NO_PAYLOAD = "it has not exactly one payload"
    UNREADABLE = "its payload is no JSON object"
    NO_RECORD = "its payload names no record"


@frozen(kw_only=True)
class Accepted:
    """A new delivery: act on it, then remember its digest."""

    delivery: Delivery
    """What was told."""
    signed: Reading | None
    """How the signature was understood; None where no secret was given, so that anybody may have sent it."""
    status: HTTPStatus = HTTPStatus.OK
    """What to answer."""


@frozen(kw_only=True)
class Repeated:
    """A delivery that was taken before: nothing is to be done."""

    delivery: Delivery
    """What was told."""
    status: HTTPStatus = HTTPStatus.OK
    """What to answer, so that it is not sent again."""


@frozen(kw_only=True)
class Rejected:
    """A delivery that is not taken."""

    flaw: Flaw
    """Why."""

    @property
    def status(self) -> HTTPStatus:
        """What to answer; the vendor sends it no more."""
        forged = self.flaw in {Flaw.NOT_SIGNED, Flaw.FORGED}
        return HTTPStatus.UNAUTHORIZED if forged else HTTPStatus.BAD_REQUEST


Intake = Accepted | Repeated | Rejected
"""What becomes of a delivery."""


def take(
    body: bytes,
    headers: Mapping[str, str],
    *,
    secret: Secret | None,
    seen: Container[str],
    word: str = "",
) -> Intake:
    """Check and read one delivery; writes nothing, so whoever acts on it adds its digest to *seen* afterwards.

    *secret* is the application's; None only for webhooks made by hand, which are not signed.
    *word* is the type, where the address that was registered for it tells it.
    """
    if len(body) > LARGEST:
        return Rejected(flaw=Flaw.TOO_LARGE)
    form = _form(body)
    payload = form.get("payload")
    signed = None
    if secret is not None:
        named = {name.lower(): value for name, value in headers.items()}
        header = named.get("x-signature", "")
        if not header:
            return Rejected(flaw=Flaw.NOT_SIGNED)
        signed = reading_of(header, secret, body, (payload or "").encode())
        if signed is None:
            return Rejected(flaw=Flaw.FORGED)
    if payload is None:
        return Rejected(flaw=Flaw.NO_PAYLOAD)
    delivery = _read(payload, word or form.get("type", ""), form.get("domain_prefix", ""))
    if isinstance(delivery, Flaw):
        return Rejected(flaw=delivery)
    if delivery.digest in seen:
        return Repeated(delivery=delivery)
    return Accepted(delivery=delivery, signed=signed)


def _form(body: bytes) -> Mapping[str, str]:
    """Fields that stand there once; a second one could be the one that was signed."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=50, errors="strict")
    except ValueError:
        return {}
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _read(payload: str, word: str, domain_prefix: str) -> Delivery | Flaw:
    try:
        document: Any = parse_json(payload, name="webhook payload")
    except BadDocument:
        return Flaw.UNREADABLE
    if not isinstance(document, dict):
        return Flaw.UNREADABLE
    record_id = document.get("id")
    if not isinstance(record_id, str) or not record_id:
        return Flaw.NO_RECORD
    version = document.get("version")
    return Delivery(
        digest=hashlib.sha256(f"{word}\n{payload}".encode()).hexdigest(),
        told=_TOLD.get(word, Told.OTHER),
        word=word,
        record_id=record_id,
        version=str(version) if type(version) is int else "",
        deleted=document.get("deleted_at") not in {None, ""},
        domain_prefix=domain_prefix,
        payload=document,
    )
