"""From the vendor's documents to ours, by the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from attrs import evolve, frozen

from ...errors import BadDocument, Broken, Issue
from ...mapping.nuorder import Tables
from ...mapping.seen import MISSING, seen
from ...models.origin import Origin
from ...models.style_document import StyleDocument
from ...models.wholesale_order import WholesaleOrder
from .portal import Portal
from .revision import ORDER_VOLATILE, STYLE_VOLATILE, revision

ID = "_id"


def order_id(portal: Portal, document: Any) -> str:
    """The id of an order, without reading the rest; raises ``BadDocument``."""
    value = document.get(ID, MISSING) if isinstance(document, Mapping) else MISSING
    if isinstance(value, str) and value.strip():
        return value
    issue = Issue(path=f"$.{ID}", seen=seen(value), expected="an id (text, not blank)")
    raise BadDocument(_name("order", "order_number", portal, document), (issue,))


@frozen(kw_only=True)
class Reader:
    """Reads documents of portals into models."""

    tables: Tables
    """Where each field stands."""
    system: str
    """Label for the origin of what is read."""

    def order(self, portal: Portal, document: Any, *, expected: str = "") -> WholesaleOrder:
        """Read an order; raises ``BadDocument``, or ``Broken`` where it is not the *expected* one."""
        name = _name("order", "order_number", portal, document)
        order: WholesaleOrder = self.tables.order.read(document, name=name, context={"portal": portal.name})
        _same(portal, expected, order.key.order_id, "order")
        return evolve(order, origin=self._origin(order.key.order_id, document, ORDER_VOLATILE))

    def style(self, portal: Portal, document: Any, *, expected: str = "") -> StyleDocument:
        """Read a style document; raises as ``order``. Its pictures get full addresses."""
        name = _name("style", "style_number", portal, document)
        style: StyleDocument = self.tables.style.read(document, name=name, context={"portal": portal.name})
        _same(portal, expected, style.style_id, "product")
        images, foreign = addresses(portal, style.images)
        return evolve(
            style,
            images=images,
            extra={**style.extra, "images": foreign} if foreign else style.extra,
            origin=self._origin(style.style_id, document, STYLE_VOLATILE),
        )

    def _origin(self, record: str, document: Any, volatile: frozenset[str]) -> Origin:
        return Origin(system=self.system, record=record, revision=revision(document, volatile))


def addresses(portal: Portal, images: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sort pictures into addresses on the portal's image host and addresses elsewhere, not to be opened.

    The vendor writes hashes; no full address was ever seen, and a document is no reason to call strangers.
    """
    host = urlsplit(portal.images).netloc
    ours: list[str] = []
    foreign: list[str] = []
    for image in images:
        if "//" not in image:
            ours.append(portal.images.replace("{hash}", quote(image, safe="")))
        elif _host(image) == host:
            ours.append(image)
        else:
            foreign.append(image)
    return tuple(ours), tuple(foreign)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in {"http", "https"} else ""


def _same(portal: Portal, expected: str, given: str, kind: str) -> None:
    if expected and given.lower() != expected.lower():
        words = f"the answer holds {kind} {given!r} instead"
        raise Broken(portal.label, 200, words, what=f"GET /api/{kind}/{expected}")


def _name(kind: str, key: str, portal: Portal, document: Any) -> str:
    number = document.get(key) if isinstance(document, Mapping) else None
    return f"{kind} {number} of {portal.label}" if isinstance(number, str) else f"{kind} of {portal.label}"
