"""Packs: whether a quantity counts eaches or packs of several.

A rule of the portal says so; without a rule it is a question.
Older orders do not state the size of a pack, only the style document does, and that is not read again for products
that are linked. So there the answer of a person, which names the size, is what holds for later orders.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ..models.keys import LineKey
from ..models.setup import PackRule, Setup
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from .book import Book
from .notes import Notes
from .question import Stops

EACHES: Final = "eaches"
"""Answer: quantities count eaches."""
_PACKS_OF: Final = "packs of "
ONE: Final = Decimal(1)


def pack_of(line: OrderLine, setup: Setup, book: Book) -> Decimal:
    """Eaches in one unit of a line, as far as rules and answers tell; 1 where they do not."""
    if line.units_per_pack is not None:
        if line.units_per_pack <= 1:
            return ONE
        rule = setup.rules_of(line.key.portal).packs or _answered_rule(line.key.portal, book)
        return line.units_per_pack if rule is PackRule.PACKS else ONE
    return _size_in(book.answer(_line_question(line.key))) if book.decisions else ONE


def ask_pack(
    order: WholesaleOrder, line: OrderLine, style: StyleDocument | None, setup: Setup, notes: Notes
) -> None:
    """Ask what the rules leave open about a line."""
    rule = setup.rules_of(line.key.portal).packs
    if line.units_per_pack is not None:
        if line.units_per_pack > 1 and rule is None:
            _ask_rule(order, line, line.units_per_pack, notes)
        return
    stated = _stated(line, style)
    if stated is not None and rule is not PackRule.MULTIPLE:
        _ask_size(order, line, stated, notes)


def _ask_rule(order: WholesaleOrder, line: OrderLine, size: Decimal, notes: Notes) -> None:
    notes.ask(
        _portal_question(line.key.portal),
        f"{line.key.portal} states {size} units per pack ({line.style_number} {line.size}): "
        "are quantities packs, or eaches in an order multiple?",
        Stops.ORDER,
        order=order.key,
        answers=tuple(rule.value for rule in PackRule),
    )


def _ask_size(order: WholesaleOrder, line: OrderLine, size: Decimal, notes: Notes) -> None:
    notes.ask(
        _line_question(line.key),
        f"the style document of {line.style_number} {line.size} states {size} units per pack, the order does not: "
        "does its quantity count eaches or packs?",
        Stops.ORDER,
        order=order.key,
        line=line.key,
        answers=(EACHES, f"{_PACKS_OF}{size}"),
    )


def _portal_question(portal: str) -> str:
    return f"packs:{portal}"


def _line_question(key: LineKey) -> str:
    return f"pack size:{key}"


def _answered_rule(portal: str, book: Book) -> PackRule | None:
    answer = book.answer(_portal_question(portal))
    return next((rule for rule in PackRule if rule.value == answer), None)


def _size_in(answer: str | None) -> Decimal:
    if answer is None or not answer.startswith(_PACKS_OF):
        return ONE
    digits = answer.removeprefix(_PACKS_OF)
    return Decimal(digits) if digits.isascii() and digits.isdecimal() and int(digits) > 0 else ONE


def _stated(line: OrderLine, style: StyleDocument | None) -> Decimal | None:
    sizes = style.sizes if style else ()
    found = next((size.units_per_pack for size in sizes if size.size == line.size), None)
    return found if found is not None and found > 1 else None
