"""When a remote asks to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Longest pause in seconds that is believed; one that asks for more is asked again after a day."""


def retry_after(headers: Mapping[str, str], at: datetime) -> datetime | None:
    """Read ``Retry-After`` as seconds or as an HTTP date (RFC 9110 section 10.2.3); None where it says nothing.

    *headers* have names in lower case, *at* is when the answer arrived. A date is held against the answer's own
    ``Date``, so that the answer counts by our clock, however theirs goes.
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isascii() and text.replace(".", "", 1).isdecimal():
        return at + timedelta(seconds=min(float(text), LONGEST))
    found = _moment(text)
    if found is None:
        return None
    moment = found if found.tzinfo else found.replace(tzinfo=UTC)
    theirs = _moment(headers.get("date", ""))
    if theirs is not None and theirs.tzinfo:
        moment = at + max(moment - theirs, timedelta(0))
    return min(moment, at + timedelta(seconds=LONGEST))


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
