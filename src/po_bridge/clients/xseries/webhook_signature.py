"""The signature of a delivery: HMAC-SHA256 with the application's secret.

The guide leaves open over what, and how it is written; every reading is tried, and each needs the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64encode
from enum import Enum
from typing import Final

from ...models.secret import Secret

_HEADER: Final = re.compile(
    r"signature=(?P<signature>[A-Za-z0-9+/_=-]+)\s*,\s*algorithm=(?P<algorithm>[\w-]+)", re.ASCII
)
_ALGORITHM: Final = "HMAC-SHA256"


class Reading(Enum):
    """A way to understand the guide."""

    BODY_HEX = "the body as it came, written in hex"
    BODY_BASE64 = "the body as it came, written in base64"
    PAYLOAD_HEX = "the decoded payload field, written in hex"
    PAYLOAD_BASE64 = "the decoded payload field, written in base64"


def reading_of(header: str, secret: Secret, body: bytes, payload: bytes) -> Reading | None:
    """The reading in which a header's signature fits, None where it fits in none; an empty secret signs nothing."""
    found = _HEADER.fullmatch(header.strip())
    if found is None or found["algorithm"].upper() != _ALGORITHM or not secret:
        return None
    given = found["signature"]
    for reading, expected in _expected(secret, body, payload).items():
        told = given.lower() if len(expected) == _HEX else given
        if hmac.compare_digest(told.encode(), expected.encode()):
            return reading
    return None


_HEX: Final = 64


def _expected(secret: Secret, body: bytes, payload: bytes) -> dict[Reading, str]:
    key = secret.reveal().encode()
    over_body = hmac.new(key, body, hashlib.sha256).digest()
    over_payload = hmac.new(key, payload, hashlib.sha256).digest()
    return {
        Reading.BODY_HEX: over_body.hex(),
        Reading.BODY_BASE64: b64encode(over_body).decode(),
        Reading.PAYLOAD_HEX: over_payload.hex(),
        Reading.PAYLOAD_BASE64: b64encode(over_payload).decode(),
    }
