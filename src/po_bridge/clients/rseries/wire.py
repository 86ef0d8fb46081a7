"""Requests to one account: addresses, signing, what they cost, and what an answer holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import field, frozen

from ...errors import Broken, NotFound, Refused, RemoteError, Unauthorized
from ...mapping.json_text import write_json
from ...models.bucket import LeakyBucket
from ...ports.exchange import Exchange, Request, Response, call
from .._keyring import Keyring
from .._refusal import document_in
from .._renewal import Renewal
from .rate import costing, read_cost, write_cost
from .refusal import error_of

_HEADERS: Final = {"accept": "application/json", "user-agent": "po_bridge"}
_JSON: Final = "application/json"

Query = tuple[tuple[str, str], ...]
"""Query members in order."""
Relations = Sequence[str]
"""Names of relations to load."""


@frozen(kw_only=True)
class Wire:
    """Sends requests to one account."""

    base: str
    """Address of the API's host."""
    account_id: str
    """Account id."""
    label: str
    """Name of the system, for errors."""
    keyring: Keyring = field(repr=False)
    """Signs."""
    bucket: LeakyBucket
    """What the vendor counts calls in."""

    def one(self, entity: str, record_id: str, relations: Relations = ()) -> Exchange[Any]:
        """Have the answer with one record; raises ``NotFound``, also for an id that is none."""
        self._check(entity, record_id)
        query = _relations(relations)
        return (yield from self._read(f"{entity}/{record_id}", query, read_cost(relations, lists=False)))

    def many(self, entity: str, query: Query = (), relations: Relations = ()) -> Exchange[Any]:
        """Have one page of a list."""
        asked = (*query, *_relations(relations))
        return (yield from self._read(entity, asked, read_cost(relations, lists=True)))

    def account(self) -> Exchange[Any]:
        """Have the account's details; they are not wrapped."""
        return (yield from self._send(self._request("GET", self._root(""), cost=1.0), writes=False))

    def session(self) -> Exchange[Any]:
        """Have the employee behind the token, with rights."""
        address = f"{self.base}/API/Session.json"
        return (yield from self._send(self._request("GET", address, cost=1.0), writes=False))

    def create(self, entity: str, body: Mapping[str, Any]) -> Exchange[Any]:
        """Make a record: the one mutating request of an attempt."""
        return (yield from self._write("POST", self._root(f"/{entity}"), body))

    def update(self, entity: str, record_id: str, body: Mapping[str, Any]) -> Exchange[Any]:
        """Set members of a record: the one mutating request of an attempt."""
        self._check(entity, record_id)
        return (yield from self._write("PUT", self._root(f"/{entity}/{record_id}"), body))

    def delete(self, entity: str, record_id: str) -> Exchange[Any]:
        """Delete a record, which archives most of them: the one mutating request of an attempt."""
        self._check(entity, record_id)
        return (yield from self._write("DELETE", self._root(f"/{entity}/{record_id}"), None))

    def upload(self, entity: str, body: bytes, kind: str) -> Exchange[Any]:
        """Upload a file: the one mutating request of an attempt."""
        request = self._request("POST", self._root(f"/{entity}"), cost=1.0, body=body, kind=kind)
        return (yield from self._send(request, writes=True))

    def broken(self, what: str, words: str) -> Broken:
        """The error for an answer that arrived and makes no sense."""
        return Broken(self.label, 200, words, what=what)

    def refused(self, what: str, words: str, mend: str) -> Refused:
        """The error for what is not even sent."""
        return Refused(self.label, 0, words, what=what, mend=mend)

    # --- inside

    def _root(self, path: str) -> str:
        return f"{self.base}/API/V3/Account/{self.account_id}{path}.json"

    def _check(self, entity: str, record_id: str) -> None:
        if not (record_id.isascii() and record_id.isdecimal()):
            mend = "it is no id of this store; review the order again"
            raise NotFound(self.label, 404, f"no {entity} {record_id!r}", what=f"GET /{entity}", mend=mend)

    def _read(self, path: str, query: Query, cost: float) -> Exchange[Any]:
        return (
            yield from self._send(self._request("GET", self._root(f"/{path}"), cost, query), writes=False)
        )

    def _write(self, method: str, address: str, body: Mapping[str, Any] | None) -> Exchange[Any]:
        raw = b"" if body is None else write_json(body)
        request = self._request(method, address, write_cost(body), body=raw, kind=_JSON if raw else "")
        return (yield from self._send(request, writes=True))

    def _request(
        self, method: str, address: str, cost: float, query: Query = (), *, body: bytes = b"", kind: str = ""
    ) -> Request:
        asked = urlencode(query)
        return Request(
            method=method,
            address=f"{address}?{asked}" if asked else address,
            headers={**_HEADERS, "content-type": kind} if kind else _HEADERS,
            body=body,
            system=self.label,
            bucket=costing(self.bucket, cost),
        )

    def _send(self, bare: Request, *, writes: bool) -> Exchange[Any]:
        """Send; after a 401 a read goes once more with a renewed token, and a step may be sent again."""
        response = yield from call((yield from self.keyring.signed(bare)), writes=writes)
        if response.status == 401:
            renewal = yield from self._renewed(response, writes=writes)
            if writes or not renewal.again:
                raise self._unauthorized(bare, response, renewal)
            response = yield from call((yield from self.keyring.signed(bare)))
        return self._document(bare, response)

    def _renewed(self, response: Response, *, writes: bool) -> Exchange[Renewal]:
        try:
            return (yield from self.keyring.renewed(response))
        except RemoteError:
            if not writes:
                raise
            # The write itself was refused for certain, and the refresh token was not used up.
            return Renewal.LATER

    def _unauthorized(self, request: Request, response: Response, renewal: Renewal) -> Unauthorized:
        error = error_of(request, response)
        words = error.words if isinstance(error, Refused) else ""
        return Unauthorized(
            self.label, 401, words, what=request.what, mend=renewal.value, again=renewal.again
        )

    def _document(self, request: Request, response: Response) -> Any:
        if response.status != 401:
            self.keyring.accepted()
        error = error_of(request, response)
        if error is not None:
            raise error
        return document_in(request, response)


def _relations(names: Relations) -> Query:
    quoted = ",".join(f'"{name}"' for name in names)
    return (("load_relations", f"[{quoted}]"),) if names else ()


def id_in(document: Any, entity: str, key: str, wire: Wire) -> str:
    """The id in the answer to a creation; raises ``Broken`` for none."""
    record = document.get(entity) if isinstance(document, dict) else None
    found = record.get(key) if isinstance(record, dict) else None
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str) or not found or found == "0":
        raise wire.broken(f"POST /{entity}", "the answer holds no id")
    return found
