"""Promises of suppliers bear the style's number and name where they are known, and nobody is asked for them."""

from __future__ import annotations

from attrs import evolve
from tests.execution.shop import Shop

from po_bridge.models.availability import Availability
from po_bridge.models.keys import LineKey
from po_bridge.sandbox.app import calls
from po_bridge.sandbox.seed import DEMO_ORDER


def names(found: dict[LineKey, tuple[Availability, ...]]) -> set[tuple[str, str]]:
    """Number and name of every promise."""
    return {(one.style_number, one.style_name) for promises in found.values() for one in promises}


def test_number_from_the_order_and_name_from_kept_documents() -> None:
    """The order tells the number; the name stands in documents that a review kept, and costs no call."""
    shop = Shop()
    before = dict(shop.bridge.availability(DEMO_ORDER))
    shop.nuorder.log.clear()
    shop.bridge.availability(DEMO_ORDER)
    asked = calls(shop.nuorder.log)
    numbers = {line.lines[0].style_number for line in shop.review().lines}
    assert names(before) == {(number, "") for number in numbers}
    shop.nuorder.log.clear()
    after = dict(shop.bridge.availability(DEMO_ORDER))
    assert calls(shop.nuorder.log) == asked
    assert {number for number, _ in names(after)} == numbers
    assert all(name for _, name in names(after))


def test_lines_that_are_asked_for_by_key() -> None:
    """Of a bare line both come from the kept document; of a style that was never read neither is known."""
    shop = Shop()
    line = shop.review().lines[0]
    strange = evolve(line.key, style_id="never-read")
    found = dict(shop.bridge.availability([line.key, strange]))
    (known,) = names({line.key: found[line.key]})
    assert line.style is not None
    assert known == (line.style.number, line.style.name)
    assert names({strange: found[strange]}) == {("", "")}
