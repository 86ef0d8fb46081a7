"""Addresses that may become links."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(text: str) -> str | None:
    """Give the text back where it is an http or https address with a host, else None.

    Other schemes run scripts or open programs, so they are shown as text and never as links.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    plain = text.isprintable() and not any(char.isspace() for char in text)
    return text if plain and parts.scheme in {"http", "https"} and parts.hostname else None
