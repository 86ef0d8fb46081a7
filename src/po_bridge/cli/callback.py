"""What may come to a loopback listener: judged before anything in it is believed.

Any page that the merchant's browser shows, and any program on this machine, can send requests to the listener. Only
the state tells ours from theirs, so nothing but a plain GET for the registered address with our state is taken.
Source: RFC 8252 section 7.3 and 8.3, RFC 6749 section 10.12.
"""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from attrs import field, frozen

from ..errors import Misuse
from ..models.secret import Secret
from .portal_section import LOOPBACK

LONGEST: Final = 16_384
"""Bytes of a request's head; a longer one is refused."""
_END: Final = b"\r\n\r\n"


@frozen(kw_only=True)
class Accepted:
    """The callback that was waited for."""

    query: str = field(repr=False)
    """What stands behind its question mark; holds the code."""
    agreed: bool
    """Whether it brings a code."""


@frozen(kw_only=True)
class Rejected:
    """A request that is not ours; the listener goes on waiting."""

    status: HTTPStatus
    """What it is answered with."""


@frozen
class Unfinished:
    """More bytes must come first."""


def redirect_of(address: str) -> SplitResult:
    """Read where the merchant is sent back to; raises Misuse unless a listener can be there."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "http" and parts.hostname in LOOPBACK and bool(parts.port)
    except ValueError:
        parts, usable = urlsplit(""), False
    if not usable or parts.query or parts.fragment:
        raise Misuse(
            f"nothing on this machine can listen for {address!r}; use a redirect as "
            "http://127.0.0.1:8417/callback, registered with the vendor, or --paste"
        )
    return parts


def judge(head: bytes, redirect: SplitResult, state: Secret) -> Accepted | Rejected | Unfinished:
    """Judge what has come in on one connection so far."""
    if _END not in head:
        too_long = len(head) > LONGEST
        return Rejected(status=HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) if too_long else Unfinished()
    try:
        first, *rest = head.partition(_END)[0].decode("ascii").split("\r\n")
        method, target, protocol = first.split(" ")
    except ValueError:
        return Rejected(status=HTTPStatus.BAD_REQUEST)
    if not protocol.startswith("HTTP/1.") or not target.startswith("/"):
        return Rejected(status=HTTPStatus.BAD_REQUEST)
    if method != "GET":
        return Rejected(status=HTTPStatus.METHOD_NOT_ALLOWED)
    if _hosts(rest) != [redirect.netloc.lower()]:
        # a name that was made to lead here (DNS rebinding) is not the address that was registered
        return Rejected(status=HTTPStatus.MISDIRECTED_REQUEST)
    path, _, query = target.partition("?")
    if path != (redirect.path or "/"):
        return Rejected(status=HTTPStatus.NOT_FOUND)
    return _of_query(query, state)


def _hosts(lines: list[str]) -> list[str]:
    named = (line.partition(":") for line in lines)
    return [value.strip().lower() for name, _, value in named if name.strip().lower() == "host"]


def _of_query(query: str, state: Secret) -> Accepted | Rejected:
    told = parse_qs(query, keep_blank_values=True)
    states = told.get("state", [])
    if len(states) != 1 or not hmac.compare_digest(states[0].encode(), state.reveal().encode()):
        return Rejected(status=HTTPStatus.FORBIDDEN)
    return Accepted(query=query, agreed="code" in told and "error" not in told)
