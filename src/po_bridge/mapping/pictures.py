"""Which pictures of a style may be shown: those on the portal's image host, where the setup names one."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..models.setup import Setup
from ..models.style_document import StyleDocument


def pictures_of(style: StyleDocument | None, setup: Setup) -> tuple[str, ...]:
    """Addresses of a style's pictures, best first; those on other hosts than the portal's are left out."""
    if style is None:
        return ()
    host = setup.rules_of(style.portal).image_host.strip().lower()
    return tuple(address for address in style.images if not host or _host(address) == host)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
