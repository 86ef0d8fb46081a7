"""Requests to one store: addresses, signing, and what an answer holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from attrs import evolve, field, frozen

from ...errors import Broken, Refused, RemoteError, Unauthorized
from ...mapping.json_text import write_json
from ...models.bucket import Bucket
from ...ports.exchange import Exchange, Request, Response, call, now
from .._keyring import Keyring
from .._refusal import document_in
from .._renewal import Renewal
from .refusal import error_of
from .versions import ApiVersion, ExpiredVersion, version_age

VERSION: Final = ApiVersion.V2026_07.value
"""The version where nobody chooses; an expired one would be answered silently by another."""
_DATED: Final = frozenset(version.value for version in ApiVersion)

_HEADERS: Final = {"accept": "application/json", "user-agent": "po_bridge"}
_JSON: Final = "application/json"

T = TypeVar("T")

Query = tuple[tuple[str, str], ...]
"""Query members in order."""


def path_of(*parts: str) -> str:
    """Join segments to a path; ids are quoted."""
    return "/".join(quote(part, safe="") for part in parts)


@frozen(kw_only=True)
class Wire:
    """Sends requests to one store."""

    base: str
    """Address of the store's host."""
    label: str
    """Name of the system, for errors."""
    keyring: Keyring = field(repr=False)
    """Signs."""
    page_size: int
    """Records on a page of a list."""
    version: str = VERSION
    """API version of every call that does not name another."""
    own_families: bool = False
    """Whether families are known by ids of their own, as from 2026-10 on, in whatever version they are read."""
    unknown: set[str] = field(factory=set, eq=False, repr=False)
    """What answers held that no table knows; shared by every version of this wire."""
    kinds: dict[tuple[str, str], str] = field(factory=dict, eq=False, repr=False)
    """Kinds of codes that no table knows, by product and code, as they were told: they are written back so."""
    guarded: bool = False
    """Whether an expired version is refused; a sandbox answers with what it is asked for."""

    def at(self, version: str) -> Wire:
        """The same wire for another version."""
        return evolve(self, version=version)

    def _check_age(self, version: str) -> Exchange[None]:
        if not self.guarded or version not in _DATED:
            return
        age = version_age(ApiVersion(version), (yield from now()).date())
        if age.expired:
            raise ExpiredVersion(age)

    bucket: Bucket | None = None
    """What the store counts calls in."""

    def read(self, path: str, query: Query = ()) -> Exchange[Any]:
        """Have a document; after a 401 once more with a renewed token.

        Raises what ``error_of`` makes of the answer, and ``Broken`` for one that cannot be read.
        """
        yield from self._check_age(self.version)
        bare = self._request("GET", path, query=query)
        response = yield from call((yield from self.keyring.signed(bare)))
        if response.status == 401:
            renewal = yield from self.keyring.renewed(response)
            if not renewal.again:
                raise self._refused(bare, response, renewal)
            response = yield from call((yield from self.keyring.signed(bare)))
        return self._document(bare, response)

    def write(self, method: str, path: str, body: Any = None, *, version: str | None = None) -> Exchange[Any]:
        """Send the one mutating request of an attempt, with a JSON body or none.

        Raises as ``read``. After a 401 the token is renewed, and the step may be sent again.
        """
        raw = b"" if body is None else write_json(body)
        request = self._request(method, path, raw, kind=_JSON if raw else "", version=version)
        yield from self._check_age(version or self.version)
        return (yield from self._send(request))

    def generate(self, path: str, body: Any) -> Exchange[Any]:
        """Ask for something by POST that changes nothing a plan is about; raises as ``write``."""
        yield from self._check_age(self.version)
        request = self._request("POST", path, write_json(body), kind=_JSON)
        response = yield from call((yield from self.keyring.signed(request)), once=True)
        if response.status == 401:
            raise (yield from self._unauthorized(request, response))
        return self._document(request, response)

    def upload(self, path: str, body: bytes, kind: str) -> Exchange[Any]:
        """Send the one mutating request of an attempt as another media type; raises as ``write``."""
        yield from self._check_age(self.version)
        return (yield from self._send(self._request("POST", path, body, kind=kind)))

    def _send(self, bare: Request) -> Exchange[Any]:
        """Send a mutating request that is not signed yet."""
        response = yield from call((yield from self.keyring.signed(bare)), writes=True)
        if response.status == 401:
            raise (yield from self._unauthorized(bare, response))
        return self._document(bare, response)

    def broken(self, what: str, words: str) -> Broken:
        """The error for an answer that arrived and makes no sense."""
        return Broken(self.label, 200, words, what=what)

    def _unauthorized(self, request: Request, response: Response) -> Exchange[Unauthorized]:
        try:
            renewal = yield from self.keyring.renewed(response)
        except RemoteError:
            # The write itself was refused for certain, and the refresh token was not used up.
            renewal = Renewal.LATER
        return self._refused(request, response, renewal)

    def _refused(self, request: Request, response: Response, renewal: Renewal) -> Unauthorized:
        error = error_of(request, response)
        words = error.words if isinstance(error, Refused) else ""
        return Unauthorized(
            self.label, 401, words, what=request.what, mend=renewal.value, again=renewal.again
        )

    def _request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        query: Iterable[tuple[str, str]] = (),
        kind: str = "",
        version: str | None = None,
    ) -> Request:
        asked = urlencode(tuple(query))
        address = f"{self.base}/api/{version or self.version}/{path}"
        return Request(
            method=method,
            address=f"{address}?{asked}" if asked else address,
            headers={**_HEADERS, "content-type": kind} if kind else _HEADERS,
            body=body,
            system=self.label,
            bucket=self.bucket,
        )

    def _document(self, request: Request, response: Response) -> Any:
        if response.status != 401:
            self.keyring.accepted()
        error = error_of(request, response)
        if error is not None:
            raise error
        return document_in(request, response)


def after_write(reading: Exchange[T]) -> Exchange[T]:
    """Read something once the mutating request has been answered.

    A refusal of the read says nothing about the write, so it must not look like one: it becomes ``Broken``.
    """
    try:
        return (yield from reading)
    except Refused as refused:
        words = f"looking at the store afterwards failed: {refused.words}"
        raise Broken(refused.system, refused.status, words, what=refused.what) from refused


def content_of(document: Any) -> Any:
    """What stands in ``data``, or the document itself where it comes bare."""
    return document["data"] if isinstance(document, dict) and "data" in document else document


def rows_of(document: Any) -> dict[str, Any]:
    """One record or a list of them, bare or in ``data``, as a list document that tables read."""
    content = content_of(document)
    return {"data": content if isinstance(content, list) else [content]}


def id_of(document: Any, wire: Wire, what: str) -> str:
    """The id in the answer to a creation: alone, in ``data`` or in the record; raises ``Broken`` for none."""
    content = content_of(document)
    found = content.get("id") if isinstance(content, dict) else content
    if not isinstance(found, str) or not found:
        raise wire.broken(what, "the answer holds no id")
    return found
