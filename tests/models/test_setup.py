"""Choices of a merchant: templates are looked at when they are made, not when an order is half written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from po_bridge.errors import Misuse
from po_bridge.models.setup import PLACEHOLDERS, Setup
from po_bridge.models.template import template_faults


def test_every_fault_at_once() -> None:
    """One error names every template that cannot be filled in."""
    with pytest.raises(Misuse) as caught:
        Setup(note_template="{nmber}", purchase_order_address="{", wholesale_order_address="{id} {0} {a.b}")
    text = str(caught.value)
    for words in ("note_template: {nmber}", "purchase_order_address:", "{0} is", "{a.b} is"):
        assert words in text


@pytest.mark.parametrize("rate", ["0", "-1.1", "NaN", "Infinity"])
def test_a_rate_that_is_no_price_is_a_fault(rate: str) -> None:
    """A rate of nothing would order everything for free, and the store would hear of it half way."""
    with pytest.raises(Misuse, match="rates: EUR must be a number above zero"):
        Setup(rates={"EUR": Decimal(rate)})


def test_a_blank_supplier_name_is_a_fault() -> None:
    """A portal needs a name to be found under."""
    with pytest.raises(Misuse, match="suppliers: the name for portal 'Acme' is blank"):
        Setup(suppliers={"Acme": "  "})


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_is_taken(name: str) -> None:
    """What the documentation offers can be used, with doubled braces around it."""
    text = "{{" + " ".join(f"{{{one}}}" for one in PLACEHOLDERS[name]) + "}}"
    choice: dict[str, Any] = {name: text}
    assert getattr(Setup(**choice), name) == text


@pytest.mark.parametrize(
    "text",
    ["{x}", "{}", "{0}", "{id!r}", "{id:>9}", "{id.real}", "{id[0]}", "{id:{id}}", "{ id}", "{", "}", "{id"],
)
def test_anything_else_is_a_fault(text: str) -> None:
    """Formats, attributes, positions and lonely braces would fail or leak while an order is written."""
    assert template_faults(text, ("id",))


@pytest.mark.parametrize("text", ["", "https://pos.example/a%20b", "{id}", "{{id}}", "{id}{id}"])
def test_what_can_be_filled_in(text: str) -> None:
    """Texts without placeholders, known ones, and doubled braces are taken."""
    assert template_faults(text, ("id",)) == ()
    assert text.format(id="7") is not None
