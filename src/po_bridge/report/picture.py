"""Pictures inside a report, as data URIs, so that the page asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

MAX_BYTES: Final = 30_000
"""Larger pictures become a placeholder, so that a report of a whole season can still be mailed."""

# By what the bytes are, not by what a host calls them; SVG is left out, since it can hold scripts.
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_type(content: bytes) -> str | None:
    """Tell the media type of a picture from its bytes, None for what is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media for beginning, media in _BEGINNINGS if content.startswith(beginning)), None)


def data_uri(content: bytes) -> str | None:
    """Write a picture as a data URI, None for what is no picture or too large."""
    media = media_type(content)
    if media is None or len(content) > MAX_BYTES:
        return None
    return f"data:{media};base64,{b64encode(content).decode('ascii')}"
