"""A look at a connected portal before anything depends on it: what works and what is missing, in words."""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

from attrs import frozen

from ...errors import DocumentError, Misuse, NotFound, RemoteError
from ...mapping.nuorder import DEFAULT, Tables
from ...models.wholesale_order import WholesaleOrder
from ...ports.exchange import Exchange
from .conversation import path, read
from .documents import Reader
from .habits import Habits
from .lookup import SEARCHED, find_number
from .portal import Portal
from .status_list import WORDS, list_ids

T = TypeVar("T")


class State(Enum):
    """How a trial turned out."""

    WORKS = "works"
    MISSING = "missing"
    """Somebody must do something before orders can be pulled."""
    UNKNOWN = "not known"
    """There was nothing to try it with, or the answer proves nothing."""


@frozen(kw_only=True)
class Finding:
    """One thing that po_bridge needs, tried."""

    what: str
    """As ``read an order``."""
    state: State
    """How it turned out."""
    words: str
    """What was seen, or who must do what."""

    def __str__(self) -> str:
        return f"{self.what}: {self.state.value} ({self.words})"


@frozen(kw_only=True)
class Checkup:
    """What a look at a portal found."""

    portal: str
    """Name of the portal."""
    findings: tuple[Finding, ...]
    """In the order tried; a trial that depends on a failed one is left out."""

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return all(finding.state is not State.MISSING for finding in self.findings)

    def __str__(self) -> str:
        verdict = "can be used" if self.ready else "cannot be used yet"
        return "\n  ".join((f"portal {self.portal!r} {verdict}", *map(str, self.findings)))


@frozen(kw_only=True)
class _Seen(Generic[T]):
    value: T | None = None
    words: str
    state: State = State.WORKS


@frozen(kw_only=True)
class _Desk:
    portal: Portal
    reader: Reader
    habits: Habits


def check(portal: Portal, tables: Tables = DEFAULT) -> Exchange[Checkup]:
    """Try everything that a pull needs, with one order of the portal.

    Problems of the remote and of documents are findings, not raised.
    Raises Misuse for a portal without token.
    """
    if not portal.connected:
        raise Misuse(f"portal {portal.name!r} has no token yet; connect it first")
    desk = _Desk(portal=portal, reader=Reader(tables=tables, system=portal.label), habits=Habits())
    findings: list[Finding] = []
    order_id = yield from _tried("list orders", _any_id(desk), findings)
    order = (yield from _tried("read an order", _order(desk, order_id), findings)) if order_id else None
    if order is not None:
        yield from _tried("find an order by number", _number(desk, order), findings)
        yield from _tried("read a style document", _style(desk, order), findings)
    return Checkup(portal=portal.name, findings=tuple(findings))


def _tried(what: str, trial: Exchange[_Seen[T]], findings: list[Finding]) -> Exchange[T | None]:
    try:
        seen = yield from trial
    except (DocumentError, RemoteError) as problem:
        findings.append(Finding(what=what, state=State.MISSING, words=str(problem)))
        return None
    findings.append(Finding(what=what, state=seen.state, words=seen.words))
    return seen.value


def _any_id(desk: _Desk) -> Exchange[_Seen[str]]:
    for status in SEARCHED:
        ids = yield from list_ids(desk.portal, status, desk.habits)
        if ids:
            return _Seen(value=ids[-1], words=f"{len(ids)} are {WORDS[status]}")
    words = "the portal holds no order of any status yet, so the rest could not be tried"
    return _Seen(words=words, state=State.UNKNOWN)


def _order(desk: _Desk, order_id: str) -> Exchange[_Seen[WholesaleOrder]]:
    document = yield from read(desk.portal, path("order", order_id), desk.habits)
    order = desk.reader.order(desk.portal, document, expected=order_id)
    total = "no total" if order.total is None else f"total {order.total} {order.currency or ''}".rstrip()
    words = f"order {order.number} has {len(order.lines)} lines, {order.units} units, {total}"
    return _Seen(value=order, words=words)


def _number(desk: _Desk, order: WholesaleOrder) -> Exchange[_Seen[None]]:
    keys = yield from find_number((desk.portal,), order.number, desk.habits)
    if order.key not in keys:
        return _Seen(words=f"{order.number} leads to no or another order", state=State.UNKNOWN)
    if desk.habits.finds_numbers(desk.portal):
        return _Seen(words=f"{order.number} leads to it in one call")
    return _Seen(words="this host does not offer it, so status lists are searched, which takes longer")


def _style(desk: _Desk, order: WholesaleOrder) -> Exchange[_Seen[None]]:
    if not order.lines:
        return _Seen(words=f"order {order.number} has no lines", state=State.UNKNOWN)
    style_id = order.lines[0].key.style_id
    try:
        document = yield from read(desk.portal, path("product", style_id), desk.habits)
    except NotFound:
        words = f"the portal has no document of style {style_id}; its product is named by its style number"
        return _Seen(words=words, state=State.UNKNOWN)
    style = desk.reader.style(desk.portal, document, expected=style_id)
    return _Seen(words=f"{style.name!r} has {len(style.sizes)} sizes and {len(style.images)} pictures")
