"""Lists: sorting, cursor pages, counting."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode, urlsplit

from attrs import frozen

from ..message import Response
from .call import Call, single
from .kind import Kind, Wire
from .refusal import malformed
from .shelf import Record
from .sieve import Seen, sifted
from .text import one_or_many

R = TypeVar("R", bound=Record)
Place = tuple[Any, int]
"""Where a record stands in a sorted list: the value it is sorted by and its number."""

MOST = 100
"""Largest page, and the size where none is asked for."""

_NUMBERS = frozenset({"leftNode", "rightNode", "orderID", "sequenceNumber"})


@frozen(kw_only=True)
class _Row(Generic[R]):
    place: Place
    record: R


def get_kind(kind: Kind[R], call: Call) -> Response:
    """Answer one record, archived or not."""
    record = call.one(kind.shelf(call.state))
    return single(kind.entity, kind.loaded(call, record, kind.asked(call.request.first("load_relations"))))


def list_kind(kind: Kind[R], call: Call, source: Callable[[Call], Sequence[R]] | None = None) -> Response:
    """Answer a page of records."""
    names = kind.asked(call.request.first("load_relations"))
    records = list(kind.shelf(call.state)) if source is None else list(source(call))
    kept = sifted(kind, call, records, names)
    if call.request.first("count") == "1":
        return _counted(call, len(kept))
    reverse, by = _sorting(kind, call)
    placed = [_Row(place=_place(seen, by), record=seen.record) for seen in kept]
    rows = sorted(placed, key=lambda row: row.place, reverse=reverse)
    page, attributes = _page(call, rows, reverse=reverse)
    content: Wire = {"@attributes": attributes}
    if page:
        content[kind.entity] = one_or_many([kind.loaded(call, row.record, names) for row in page])
    return Response.json(content)


def _counted(call: Call, number: int) -> Response:
    if any(call.request.first(name) is not None for name in ("after", "before", "limit", "sort")):
        raise malformed("count cannot be combined with after, before, limit or sort")
    return Response.json({"@attributes": {"count": str(number)}})


def _sorting(kind: Kind[R], call: Call) -> tuple[bool, str]:
    written = call.request.first("sort") or kind.key
    by = written.removeprefix("-")
    if by != kind.key and by not in kind.sortable:
        raise malformed(f"{kind.entity} cannot be sorted by {by}")
    return written.startswith("-"), "" if by == kind.key else by


def _place(seen: Seen[R], by: str) -> Place:
    key = seen.record.id
    value = str(seen.value(by)) if by else str(key)
    return (int(value) if by in _NUMBERS or not by else value, key)


def _page(call: Call, rows: list[_Row[R]], *, reverse: bool) -> tuple[list[_Row[R]], dict[str, str]]:
    size = _size(call)
    after, before = _cursor(call, "after"), _cursor(call, "before")
    if call.switches.stuck_cursor:
        after = None
    start, end = 0, len(rows)
    if after is not None:
        start = next((n for n, row in enumerate(rows) if _beyond(row.place, after, reverse=reverse)), end)
    if before is not None:
        end = next((n for n, row in enumerate(rows) if not _beyond(before, row.place, reverse=reverse)), end)
        start = max(0, end - size)
    page = rows[start : min(end, start + size)]
    more, earlier = start + len(page) < len(rows), start > 0
    attributes = {
        "next": _link(call, "after", page[-1].place) if page and more else "",
        "previous": _link(call, "before", page[0].place) if page and earlier else "",
    }
    return page, attributes


def _beyond(place: Place, mark: Place, *, reverse: bool) -> bool:
    return place < mark if reverse else place > mark


def _size(call: Call) -> int:
    written = call.request.first("limit") or str(MOST)
    if not written.isdecimal() or int(written) > MOST:
        raise malformed(f"limit must be 0 to {MOST}")
    size = int(written) or MOST
    return max(1, size // 2) if call.switches.short_pages else size


def _cursor(call: Call, name: str) -> Place | None:
    written = call.request.first(name)
    if not written:
        return None
    try:
        mark = json.loads(base64.b64decode(written, validate=True))
        return (mark[0], int(mark[-1]))
    except (ValueError, TypeError, LookupError) as error:
        raise malformed(f"{name} is not a cursor") from error


def _link(call: Call, name: str, place: Place) -> str:
    mark = [place[1]] if place[0] == place[1] else list(place)
    cursor = base64.b64encode(json.dumps(mark).encode()).decode()
    kept = [
        (key, value)
        for key, value in call.request.query
        if key not in ("after", "before") and (call.switches.next_keeps_filters or key in ("sort", "limit"))
    ]
    address = urlsplit(call.request.address)
    return f"{address.scheme}://{address.netloc}{address.path}?{urlencode([*kept, (name, cursor)])}"
