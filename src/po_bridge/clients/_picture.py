"""Pictures: fetched from one known host only, and refused by what they are, not by what they are called.

The vendor takes jpg, png, gif, tiff and webp up to 10 MB, no addresses, and no pictures of variants.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from attrs import field, frozen

from ..errors import RemoteError
from ..ports.exchange import Exchange, Request, Response, call

MAX_BYTES: Final = 10_000_000
"""Largest picture."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_SUFFIXES: Final = {
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tiff",
    "image/webp": "webp",
}


@frozen(kw_only=True)
class Picture:
    """A picture that may be uploaded."""

    content: bytes = field(repr=False)
    """Its bytes."""
    kind: str
    """Media type."""

    @property
    def digest(self) -> str:
        """Names the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def multipart_kind(self) -> str:
        """Media type of the upload's body."""
        return f"multipart/form-data; boundary={self._boundary}"

    @property
    def multipart(self) -> bytes:
        """The upload's body: one file in the field ``image``."""
        return self.multipart_with({})

    def multipart_with(self, texts: Mapping[str, bytes], stem: str = "") -> bytes:
        """The upload's body with text fields before the file; *stem* names the file in the place of its digest."""
        name = f"{stem or self.digest[:16]}.{_SUFFIXES[self.kind]}"
        parts = [
            f'--{self._boundary}\r\ncontent-disposition: form-data; name="{field_}"\r\n\r\n'.encode()
            + text
            + b"\r\n"
            for field_, text in texts.items()
        ]
        head = (
            f"--{self._boundary}\r\n"
            f'content-disposition: form-data; name="image"; filename="{name}"\r\n'
            f"content-type: {self.kind}\r\n\r\n"
        )
        end = f"\r\n--{self._boundary}--\r\n"
        return b"".join((*parts, head.encode(), self.content, end.encode()))

    @property
    def _boundary(self) -> str:
        # Equal bytes give an equal request; the digest of the bytes cannot stand in them.
        return f"po-bridge-{self.digest[:40]}"


@frozen(kw_only=True)
class NoPicture:
    """Why there is none, for people."""

    why: str
    """As ``the picture at https://... is 12,000,000 bytes``."""


def origin_of(host: str) -> str:
    """Scheme, host and port as they stand before a path: https unless the setting says otherwise."""
    text = host.strip().rstrip("/").lower()
    return text if "://" in text else f"https://{text}"


def fetch_picture(address: str, host: str) -> Exchange[Picture | NoPicture]:
    """Fetch a picture; never raises for what the picture or its host is.

    Only *host* is asked, without credentials, and one redirect inside it is followed.
    """
    response: Response | None = None
    for _ in range(2):
        if not _allowed(address, host):
            return NoPicture(
                why=f"the picture at {_shown(address)} is not on the image host {host or '(none is set)'}"
            )
        try:
            response = yield from call(Request(method="GET", address=address, headers={"accept": "image/*"}))
        except RemoteError as error:
            return NoPicture(why=f"the picture at {_shown(address)} could not be fetched: {error}")
        if response.status not in _REDIRECTS:
            break
        address = urljoin(address, response.headers.get("location", ""))
    return _judged(address, response)


def _allowed(address: str, host: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None
    return bool(host) and plain and f"{parts.scheme}://{parts.netloc}".lower() == origin_of(host)


def _shown(address: str) -> str:
    """An address without query, which may be signed."""
    return address.partition("?")[0][:200]


def _judged(address: str, response: Response | None) -> Picture | NoPicture:
    what = f"the picture at {_shown(address)}"
    if response is None or response.status != 200:
        return NoPicture(why=f"{what} was answered with {response.status if response else 'nothing'}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _SUFFIXES:
        return NoPicture(
            why=f"{what} is {kind or 'of no stated type'}, expected one of {', '.join(_SUFFIXES)}"
        )
    if not 0 < len(response.body) <= MAX_BYTES:
        return NoPicture(why=f"{what} has {len(response.body):,} bytes, expected 1 to {MAX_BYTES:,}")
    return Picture(content=response.body, kind=kind)
