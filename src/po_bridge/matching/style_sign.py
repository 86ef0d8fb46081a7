"""What the codes and the name of a POS product say about a style number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final, NamedTuple

from .code_numbers import is_fit
from .demand_facts import DemandFacts, loose
from .keys_of import name_styles
from .near import same_name
from .product_facts import ProductFacts, style_parts
from .readings import read_code
from .sign import Agreement, Said, Sign, said, unshown
from .spelled_codes import known_spelling
from .style_numbers import style_key
from .supplier_codes import Joining, supplier_code_key


class Grade(Enum):
    """How the text of a code stands to a style number with options, best first."""

    __hash__ = object.__hash__  # members are single objects

    WHOLE = "it is the style number with these options"
    JOINED = "it is the style number with these options, as another sign confirms"
    STYLE = "it is the style number, alone or with some of these options"
    VARIANT = "it begins with the style number, and the rest is not explained"
    ALIKE = "it is the style number but for separators"
    OTHER = "it is something else"
    NOTHING = "it says nothing about style numbers"


_EMPTY_BRACKETS: Final = re.compile(r"[(\[]\s*[)\]]")

_ORDER: Final = tuple(Grade)

_EQUAL: Final = {Agreement.AGREES, Agreement.NEITHER}

_OURS: Final = {Grade.WHOLE, Grade.JOINED, Grade.STYLE}
"""Grades that say the style number is ours."""

_AGREEMENT: Final = {
    Grade.WHOLE: Agreement.AGREES,
    Grade.JOINED: Agreement.AGREES,
    Grade.STYLE: Agreement.AGREES,
    Grade.VARIANT: Agreement.UNCLEAR,
    Grade.ALIKE: Agreement.UNCLEAR,
    Grade.OTHER: Agreement.DIFFERS,
    Grade.NOTHING: Agreement.SILENT,
}
"""What a grade says about the style number."""


def _is_explained(rest: str, words: frozenset[str]) -> bool:
    return all(part in words for part in rest.split("-"))


def _grade_behind(key: str, demand: DemandFacts) -> Grade:
    """Grade a code that is not the whole of style and options by the style number it begins with."""
    heads = [head for head in (demand.style, *demand.aliases) if head and f"{key}-".startswith(f"{head}-")]
    rests = [key[len(head) + 1 :] for head in heads]
    if any(not rest or _is_explained(rest, demand.words) for rest in rests):
        return Grade.STYLE
    return Grade.VARIANT if heads else Grade.OTHER


def _is_divided_so(code: str, joining: Joining, demand: DemandFacts, product: ProductFacts) -> bool:
    """Tell whether the product's own options, or its name, confirm where the style number ends."""
    values = product.options.values
    if values and demand.style in style_parts(code, values, demand.vocabulary):
        return True
    style = demand.demand.style
    named = style is not None and same_name(style.name, product.product.name)
    return joining is Joining.SPLITTABLE and named


def _joining(key: str, demand: DemandFacts) -> Joining | None:
    """Tell how surely a code is style number with options, as it stands or with its options in known spellings."""
    if not demand.has_options:
        return None
    return demand.joining(key) or demand.joining(known_spelling(key, demand.vocabulary))


def grade(code: str, demand: DemandFacts, product: ProductFacts) -> Grade:
    """Grade the text of a supplier code or SKU."""
    key = supplier_code_key(code)
    if not key or not demand.style:
        return Grade.NOTHING
    if key == demand.style:
        return Grade.STYLE if demand.has_options else Grade.WHOLE
    joining = _joining(key, demand)
    if joining is Joining.SEPARATED:
        return Grade.WHOLE
    if joining is not None and _is_divided_so(code, joining, demand, product):
        return Grade.JOINED
    behind = _grade_behind(key, demand)
    if behind is not Grade.OTHER:
        return behind
    if is_fit(read_code(code)):
        return Grade.NOTHING
    parts = {loose(part) for part in (key, *style_parts(code, product.options.values, demand.vocabulary))}
    return Grade.ALIKE if joining is not None or loose(demand.style) in parts else Grade.OTHER


def _grade_name(demand: DemandFacts, product: ProductFacts) -> Grade:
    """Grade a name that holds the style number: surely only where the rest of it is the style's own name."""
    name = product.product.name
    if style_key(name) == demand.style:
        return Grade.STYLE if demand.style else Grade.NOTHING
    words = [word for word in name_styles(name) if style_key(word) == demand.style]
    if not words:
        return Grade.NOTHING
    style = demand.demand.style
    rest = _EMPTY_BRACKETS.sub(" ", name.replace(words[0], "", 1)).strip(" -,:;|")
    return Grade.STYLE if style and same_name(style.name, rest) else Grade.VARIANT


class _Graded(NamedTuple):
    """A text with its grade."""

    grade: Grade
    text: str = ""


_UNGRADED: Final = _Graded(Grade.NOTHING)


def _best(texts: Iterable[str], demand: DemandFacts, product: ProductFacts) -> _Graded:
    graded = [_Graded(grade(text, demand, product), text) for text in texts]
    if len(graded) < 2:
        return graded[0] if graded else _UNGRADED
    return min(graded, key=lambda one: (_ORDER.index(one.grade), one.text))


def _elsewhere(demand: DemandFacts, product: ProductFacts) -> _Graded:
    """Grade what is no supplier code of ours: it may say that the style is ours, and never that it is not."""
    texts = (*product.other_supplier_codes(demand.demand.supplier_id), *product.custom)
    found = _best(texts, demand, product)
    if found.grade in _OURS:
        return found
    return _Graded(_grade_name(demand, product), product.product.name)


def _style(
    own: _Graded, demand: DemandFacts, product: ProductFacts, beside: Sequence[Said]
) -> tuple[Agreement, str]:
    """Weigh the supplier code against the product's other texts."""
    agreement = _AGREEMENT[own.grade]
    if agreement is Agreement.AGREES:
        return agreement, own.text
    elsewhere = _elsewhere(demand, product)
    if own.grade is Grade.NOTHING:
        return _AGREEMENT[elsewhere.grade], elsewhere.text
    if elsewhere.grade in _OURS:
        return Agreement.UNCLEAR, own.text
    # A code that begins with our style number and goes on in another way names another variant of it,
    # unless the product's own options say that it is this one.
    options = {one.agreement for one in beside if one.sign is Sign.COLOR or one.sign is Sign.SIZE}
    if own.grade is Grade.VARIANT and not options <= _EQUAL:
        return Agreement.DIFFERS, own.text
    return agreement, own.text


def _supplier_code(own: _Graded, demand: DemandFacts, product: ProductFacts, beside: Sequence[Said]) -> Said:
    if own.grade is not Grade.WHOLE and own.grade is not Grade.JOINED:
        return unshown(Sign.SUPPLIER_CODE, Agreement.SILENT)
    agreements = {one.agreement for one in beside}
    second = Agreement.AGREES in agreements and Agreement.DIFFERS not in agreements
    sure = demand.has_options or not product.options.written
    agreement = Agreement.AGREES if sure and (own.grade is Grade.WHOLE or second) else Agreement.UNCLEAR
    ours = demand.supplier_code
    note = own.grade.value if own.grade is Grade.JOINED else ""
    return said(Sign.SUPPLIER_CODE, agreement, ours, own.text, note)


def style_signs(demand: DemandFacts, product: ProductFacts, beside: Sequence[Said]) -> tuple[Said, Said]:
    """Give what supplier code and style number say, *beside* what options and name say."""
    own = _best(product.supplier_codes(demand.demand.supplier_id), demand, product)
    code = _supplier_code(own, demand, product, beside)
    agreement, text = _style(own, demand, product, beside)
    if code.evidence and agreement is Agreement.AGREES:
        return code, unshown(Sign.STYLE, agreement)
    return code, said(Sign.STYLE, agreement, demand.demand.style_number, text)
