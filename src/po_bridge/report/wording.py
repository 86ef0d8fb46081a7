"""Matches and evidence in the words that text and HTML share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from ..matching.result import Evidence, Matched, NeedsReview, New, Skipped
from ..models.pos_product import PosProduct
from ..models.wholesale_order import WholesaleOrder
from ..planning.change_text import amount, count
from ..planning.review import ReviewLine

DASH: Final = "-"
"""Stands where there is nothing to say."""


def evidence_words(evidence: Evidence) -> str:
    """One sign in words, as ``code 0810… agrees with 810… (lost leading zero)``."""
    note = f" ({evidence.note})" if evidence.note else ""
    if not evidence.theirs:
        return f"{evidence.sign} {evidence.ours}: nothing there{note}"
    if evidence.agrees and evidence.ours == evidence.theirs:
        return f"{evidence.sign} {evidence.ours} agrees{note}"
    verb = "agrees with" if evidence.agrees else "is against"
    return f"{evidence.sign} {evidence.ours} {verb} {evidence.theirs}{note}"


def signs_in_short(signs: tuple[Evidence, ...]) -> str:
    """All signs in one line: what agrees by name, what is against or missing with its values."""
    agreeing = [sign.sign for sign in signs if sign.theirs and sign.agrees]
    missing = [f"{sign.sign} {sign.ours}" for sign in signs if not sign.theirs]
    parts = [evidence_words(sign) for sign in signs if sign.theirs and not sign.agrees]
    if agreeing:
        parts.insert(0, f"{', '.join(dict.fromkeys(agreeing))} agree{'s' if len(agreeing) == 1 else ''}")
    if missing:
        parts.append(f"not found: {', '.join(missing)}")
    return "; ".join(parts)


def why(line: ReviewLine) -> tuple[str, ...]:
    """Why a line was judged as it was, sign by sign."""
    match line.match:
        case Matched():
            return (f"by {line.match.rung.value}", *map(evidence_words, line.match.evidence))
        case NeedsReview():
            reasons = tuple(reason.value for reason in line.match.reasons)
            return (*reasons, *map(evidence_words, line.match.evidence))
        case New():
            said = ("a person said so",) if line.match.rung else ()
            return (*said, *map(evidence_words, line.match.evidence))
        case Skipped():
            return (line.match.why or "a person said so",)
        case _:
            assert_never(line.match)


def product_name(product: PosProduct) -> str:
    """Name of a POS product with its option values."""
    named = product.variant_name or product.name
    values = [option.value for option in product.options if option.value not in named]
    return " / ".join((named or product.id, *values))


def codes_of(product: PosProduct) -> tuple[str, ...]:
    """Codes of a product, each once."""
    written = [f"{code.kind.value} {code.text}" for code in product.codes]
    return tuple(dict.fromkeys(written)) or ((f"SKU {product.sku}",) if product.sku else ())


def standing(product: PosProduct) -> str:
    """Whether a product is on sale, a draft or deleted, in a word; empty where it is on sale."""
    if product.deleted:
        return "deleted"
    return "" if product.active else "not on sale"


def units(line: ReviewLine) -> str:
    """Units of a line, and on how many lines of the order they stand where those are several."""
    total = count(line.units)
    return total if len(line.lines) == 1 else f"{total} (sum of {len(line.lines)} lines)"


def price(line: ReviewLine) -> str:
    """Unit prices of a line, each once."""
    return ", ".join(dict.fromkeys(amount(one.unit_price) for one in line.lines))


def written_codes(line: ReviewLine) -> tuple[str, ...]:
    """Codes as the brand wrote them, each once."""
    sizes = line.style.sizes if line.style else ()
    of_style = (size.upc for size in sizes if size.size == line.key.size)
    return _once(code for code in (*(one.upc for one in line.lines), *of_style) if code)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def total_of(order: WholesaleOrder) -> str:
    """An order's own total with its currency."""
    return f"{amount(order.total)} {order.currency or '(no currency)'}"


def window_of(order: WholesaleOrder) -> str:
    """An order's ship window in words."""
    first, last = order.window.start, order.window.end
    return f"{first.isoformat() if first else 'open'} to {last.isoformat() if last else 'open'}"
