"""The merchant's choices in the configuration."""

from __future__ import annotations

from typing import Final

from attrs import fields

from ..models.purchase_order import PurchaseStatus
from ..models.setup import (
    PLACEHOLDERS,
    PackRule,
    PortalRules,
    PriceReading,
    Setup,
    SkuRule,
    TakeOver,
    WindowRule,
)
from ..models.template import template_faults
from .section import Section

_STATUSES: Final = {"open": PurchaseStatus.OPEN, "sent": PurchaseStatus.SENT}
_PACKS: Final[dict[str, PackRule | None]] = {rule.value: rule for rule in PackRule}
_PRICES: Final[dict[str, PriceReading | None]] = {reading.value: reading for reading in PriceReading}
_SKUS: Final = {rule.value: rule for rule in SkuRule}
_WINDOWS: Final = {rule.value: rule for rule in WindowRule}
_TAKE_OVERS: Final = {one.value: one for one in TakeOver}


def read_setup(place: Section) -> Setup:
    """Read the section; what is left out keeps its default."""
    unsaid = Setup()
    read = Setup(
        suppliers=place.each("suppliers", Section.needed),
        outlets=place.each("outlets", Section.needed),
        default_outlet=place.text("default_outlet") or None,
        drafts=place.flag("drafts", default=unsaid.drafts),
        sku=place.choice("sku", _SKUS, unsaid.sku),
        windows=place.choice("windows", _WINDOWS, unsaid.windows),
        order_status=place.choice("order_status", _STATUSES, unsaid.order_status),
        note_template=_template(place, "note_template", unsaid.note_template),
        tags=place.texts("tags"),
        retail_from_msrp=place.flag("retail_from_msrp", default=unsaid.retail_from_msrp),
        images_per_family=place.whole("images_per_family", unsaid.images_per_family),
        take_over=_take_over(place),
        rates=place.each("rates", Section.amount),
        portals={name: _rules(rules) for name, rules in _portals(place)},
        purchase_order_address=_template(place, "purchase_order_address"),
        wholesale_order_address=_template(place, "wholesale_order_address"),
    )
    place.close()
    return read


def _portals(place: Section) -> tuple[tuple[str, Section], ...]:
    inside = place.inside(fields(Setup).portals.name)
    return tuple((name, inside.inside(name)) for name in inside.keys())  # noqa: SIM118  # not a mapping


def _rules(place: Section) -> PortalRules:
    rules = PortalRules(
        packs=place.choice("packs", _PACKS, None),
        prices=place.choice("prices", _PRICES, None),
        zero_price=place.flag("zero_price", default=False),
        image_host=place.text("image_host"),
    )
    place.close()
    return rules


def _template(place: Section, key: str, default: str = "") -> str:
    """A text with placeholders; one that cannot be filled in is noted, and the default stands in."""
    text = place.text(key, default)
    faults = template_faults(text, PLACEHOLDERS[key])
    for fault in faults:
        place.fault(key, f"a template; {fault}")
    return default if faults else text


def _take_over(place: Section) -> frozenset[TakeOver]:
    words = place.texts("take_over")
    if not set(words) <= _TAKE_OVERS.keys():
        place.fault("take_over", f"some of {', '.join(map(repr, _TAKE_OVERS))}")
    return frozenset(_TAKE_OVERS[word] for word in words if word in _TAKE_OVERS)
