"""What travels between a caller and an emulator: requests, answers and lost connections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

JSON_TYPE = "application/json"
"""The media type of most answers."""


def _lower_names(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@frozen(kw_only=True)
class Part:
    """One part of a multipart body."""

    name: str
    """Name of the form field."""
    filename: str
    """Name of the file, empty for a plain field."""
    content_type: str
    """Media type as the sender states it."""
    content: bytes
    """The bytes of the part."""


@frozen(kw_only=True)
class Request:
    """One HTTP request as an emulator sees it."""

    method: str
    """HTTP method in capitals."""
    address: str
    """Full URL with its query."""
    headers: Mapping[str, str] = field(factory=dict, converter=_lower_names)
    """Headers, names in lower case."""
    body: bytes = b""
    """Body bytes, empty when there is none."""

    @property
    def host(self) -> str:
        """Host name of the address, without port."""
        return urlsplit(self.address).hostname or ""

    @property
    def path(self) -> str:
        """Path of the address, still percent-encoded."""
        return urlsplit(self.address).path

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Decoded query pairs in the order written; names may repeat."""
        return tuple(parse_qsl(urlsplit(self.address).query, keep_blank_values=True))

    def first(self, name: str) -> str | None:
        """Give the first query value of that name, None where it is absent."""
        return next((value for known, value in self.query if known == name), None)

    def json(self) -> Any:
        """Read the body as JSON, numbers with a fraction as Decimal.

        Raises ValueError when the body is not UTF-8 JSON.
        """
        return json.loads(self.body.decode(), parse_float=Decimal)

    def form(self) -> Mapping[str, str]:
        """Read the body as a URL-encoded form, the last value of a name counts.

        Raises ValueError when the body is not text.
        """
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def parts(self) -> tuple[Part, ...]:
        """Read the body as multipart/form-data; empty when it is none."""
        kind = self.headers.get("content-type", "")
        if not kind.startswith("multipart/"):
            return ()
        head = f"content-type: {kind}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.body)
        return tuple(_part(each) for each in message.iter_parts())


def _part(message: Message) -> Part:
    content = message.get_payload(decode=True)
    return Part(
        name=str(message.get_param("name", "", "content-disposition")),
        filename=message.get_filename() or "",
        content_type=message.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )


@frozen(kw_only=True)
class Response:
    """One HTTP answer of an emulator."""

    status: int = 200
    """HTTP status code."""
    headers: Mapping[str, str] = field(factory=dict, converter=_lower_names)
    """Headers, names in lower case; Content-Length is added on the wire."""
    body: bytes = b""
    """The whole body."""
    delay: float = 0.0
    """Seconds to wait before the answer is sent; the caller of `handle` does the waiting."""
    cut: bool = False
    """True when the connection ends in the middle of the body, though its full length was announced."""

    @classmethod
    def json(cls, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        """Make a JSON answer; a Decimal becomes a number."""
        return cls(
            status=status,
            headers={"content-type": JSON_TYPE, **(headers or {})},
            body=json.dumps(value, default=_number).encode(),
        )

    def read_json(self) -> Any:
        """Read the body as JSON, numbers with a fraction as Decimal."""
        return json.loads(self.body.decode(), parse_float=Decimal)

    @property
    def sent(self) -> bytes:
        """The bytes that reach the caller: the body, or its first half when it is cut."""
        return self.body[: len(self.body) // 2] if self.cut else self.body


def _number(value: object) -> int | float:
    # The shortest text of a float repeats every decimal of up to 15 digits, so nothing is lost on the wire.
    if not isinstance(value, Decimal):
        raise TypeError(f"not JSON: {type(value).__name__}")
    return int(value) if value == value.to_integral_value() else float(value)


@frozen(kw_only=True)
class Dropped:
    """The connection ended and no answer came."""

    after_change: bool
    """True when the emulator had done what was asked; False when it never saw the request."""
