"""Keys under which an index stores POS products, and those it is asked for a demand.

Keys are wider than matches: a hit says where to look, and the ladder compares what it finds there.
So separators are left out of codes and style numbers here, and weak spellings are looked up too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from attrs import field, frozen

from ..models.checks import filled
from ..models.pos_product import PosProduct
from .code_numbers import is_own_text
from .default_vocabulary import DEFAULT
from .demand import Demand, Keys
from .demand_facts import DemandFacts, demand_facts, loose
from .folding import fold_code
from .near import name_text, product_text
from .options import NOT_STATED, color_key, size_key
from .pos_options import PosOptions
from .product_facts import ProductFacts, facts_of, style_parts
from .spelled_codes import known_spelling
from .style_numbers import loose_style_key, style_key
from .supplier_codes import supplier_code_key
from .vocabulary import Vocabulary

_MOST_OPTION_KEYS = 8
"""A product whose options or style can be read in more ways than this is found by its codes."""

_SHORTEST_CUSTOM = 7
"""Shorter codes without letters are counters of the POS."""

_REMEMBERED: Final = 1 << 14
"""Texts of one role whose numbers are kept; products of one style come together."""

_NAME_WORD: Final = re.compile(r"[^\s()\[\],;:|]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@frozen(kw_only=True)
class ProductKeys:
    """What an index stores of one POS product."""

    product_id: str = field(validator=filled)
    """Id in the POS."""
    codes: tuple[int, ...] = ()
    """GTIN keys of every reading of every code."""
    supplier_codes: tuple[int, ...] = ()
    """64-bit keys of supplier and supplier code."""
    options: tuple[int, ...] = ()
    """64-bit keys of supplier, style number and options."""
    style_number: str = ""
    """Key of the style number, read from supplier code, SKU or name; empty where none can be read."""
    blocks: tuple[str, ...] = ()
    """Suppliers under which its text is ranked; empty for a dead product."""
    name: str = ""
    """Folded name, shared by the members of a family."""
    options_text: str = ""
    """Folded option values, to rank members of one name."""


def scopes_of(supplier_id: str | None, brand_id: str | None) -> tuple[str, ...]:
    """Give the scopes of a demand: its supplier, and its brand for products that name no supplier."""
    return tuple(filter(None, (supplier_id, brand_id and _brand_scope(brand_id))))


def _brand_scope(brand_id: str) -> str:
    return f"brand {brand_id}"


def _scopes(product: PosProduct) -> tuple[str, ...]:
    suppliers = dict.fromkeys(supplier.supplier_id for supplier in product.suppliers)
    return tuple(suppliers) if suppliers else scopes_of(None, product.brand_id)


def _numbers(role: bytes) -> Callable[[str], int]:
    """Make what turns texts in one role into signed 64-bit numbers, by BLAKE2b; the same text has another in each."""

    @lru_cache(maxsize=_REMEMBERED)
    def number(text: str) -> int:
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, person=role).digest()
        return int.from_bytes(digest, "big", signed=True)

    return number


_scope_number: Final = _numbers(b"scope")
_code_number: Final = _numbers(b"code")
_style_number: Final = _numbers(b"style")
_color_number: Final = _numbers(b"color")
_size_number: Final = _numbers(b"size")


def code_text_key(scope: str, code: str) -> int:
    """Give scope and code without separators as one signed 64-bit key, 0 where the code is empty.

    A sum without carries of both their numbers; a hit is compared before it is believed.
    """
    return _scope_number(scope) ^ _code_number(code) if code else 0


def option_number(scope: str, style: str, color: str, size: str) -> int:
    """Give scope, style number without separators, and the keys of colour and size as one signed 64-bit key.

    A sum without carries of the numbers of all four: a catalogue has few colours, sizes and styles beside its
    products, so most are known already. A hit is compared before it is believed.
    """
    return _scope_number(scope) ^ _style_number(loose(style)) ^ _color_number(color) ^ _size_number(size)


def _distinct(keys: Iterator[int]) -> tuple[int, ...]:
    return tuple(sorted({key for key in keys if key}))


# --- demands --------------------------------------------------------------------------------------


def _own_codes(facts: DemandFacts) -> Iterator[str]:
    """Yield supplier codes without separators: as they would match, and codes that are no number."""
    yield from facts.loose_codes
    yield from (loose_style_key(read.written) for read in facts.codes if is_own_text(read))


def _hinting_codes(facts: DemandFacts) -> Iterator[str]:
    """Yield supplier codes that only hint: the style number alone, and size before colour."""
    yield loose(facts.style)
    color = loose(fold_code(next(iter(facts.colors), "")))
    yield f"{loose(facts.style)}{loose(fold_code(facts.size))}{color}"


def _own_options(facts: DemandFacts) -> Iterator[tuple[str, str, str]]:
    """Yield style number, colour and size as asked for."""
    for key in facts.colors or (NOT_STATED,):
        yield facts.style, key, facts.size


def _hinting_options(facts: DemandFacts) -> Iterator[tuple[str, str, str]]:
    """Yield style number, colour and size of products that write the number otherwise, or state less."""
    color = next(iter(facts.colors), NOT_STATED)
    for style in facts.aliases:
        yield style, color, facts.size
    for style in (facts.style, *facts.aliases):
        yield style, NOT_STATED, facts.size
    yield facts.style, color, NOT_STATED
    yield facts.style, NOT_STATED, NOT_STATED


def keys_of(demand: Demand, vocabulary: Vocabulary = DEFAULT) -> Keys:
    """Give what an index is asked for one demand.

    Hints are looked for in the supplier's scope, in the brand's only where the POS has no such supplier.
    """
    facts = demand_facts(demand, vocabulary)
    first, *others = scopes_of(demand.supplier_id, demand.brand_id) or ("",)
    codes, options = (
        {*_own_codes(facts)},
        {*_own_options(facts)} if facts.style else set[tuple[str, str, str]](),
    )
    hinting_codes = codes.union(_hinting_codes(facts)) if facts.style else codes
    hinting_options = options.union(_hinting_options(facts)) if facts.style else options
    scoped = ((first, hinting_codes, hinting_options), *((scope, codes, options) for scope in others))
    asked = scoped if first else ()
    return Keys(
        key=demand.key,
        codes=facts.numbers.all,
        supplier_codes=_distinct(code_text_key(scope, code) for scope, some, _ in asked for code in some),
        options=_distinct(option_number(scope, *one) for scope, _, some in asked for one in some),
    )


# --- products -------------------------------------------------------------------------------------


def _worth_finding(text: str) -> bool:
    signs = loose_style_key(text)
    return len(signs) >= _SHORTEST_CUSTOM or not signs.isdecimal()


def _product_codes(scope: str, facts: ProductFacts, vocabulary: Vocabulary) -> Iterator[int]:
    for text in (*facts.supplier_codes(scope), *filter(_worth_finding, facts.custom)):
        key = supplier_code_key(text)
        for spelling in (key, known_spelling(key, vocabulary)):
            yield code_text_key(scope, loose(spelling))


@lru_cache(maxsize=_REMEMBERED)
def name_styles(name: str) -> tuple[str, ...]:
    """Give the words of a name that look like a style number: four signs or more with a digit, no year."""
    words = _NAME_WORD.findall(name)
    return tuple(
        word
        for word in dict.fromkeys(words)
        if len(style_key(word)) > 3 and any(map(str.isdecimal, word)) and not _YEAR.fullmatch(word)
    )


def _styles(scope: str, facts: ProductFacts, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give style numbers that a product may have: by supplier code, else by its own codes, else by name."""
    for codes in (facts.supplier_codes(scope), tuple(filter(_worth_finding, facts.custom))):
        parts = (part for code in codes for part in style_parts(code, facts.options.values, vocabulary))
        found = tuple(dict.fromkeys(parts))
        if found:
            return found
    return tuple(style_key(word) for word in name_styles(facts.product.name))


def _readings(options: PosOptions, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield colour and size, with options of unknown names tried in the place of a missing one."""
    others = [other.value for other in options.others]
    yield options.color, options.size
    if options.color and not options.size:
        yield from ((options.color, size_key(value, vocabulary)) for value in others)
    elif options.size and not options.color:
        yield from ((color_key(value, vocabulary), options.size) for value in others)
    elif others and not options.color:
        pairs = [(others[0], ""), ("", others[0])] if len(others) == 1 else [others[:2], others[1::-1]]
        yield from ((color_key(one, vocabulary), size_key(other, vocabulary)) for one, other in pairs)


def _product_options(
    scope: str, styles: tuple[str, ...], options: PosOptions, vocabulary: Vocabulary
) -> tuple[int, ...]:
    keys = (
        option_number(scope, style, color, size)
        for color, size in _readings(options, vocabulary)
        for style in styles
    )
    return tuple(dict.fromkeys(keys))[:_MOST_OPTION_KEYS]


def product_keys(product: PosProduct, vocabulary: Vocabulary = DEFAULT) -> ProductKeys:
    """Give the keys a POS product is stored under; a dead one too, since its codes may stay taken."""
    return keys_of_facts(facts_of(product, vocabulary), vocabulary)


def keys_of_facts(facts: ProductFacts, vocabulary: Vocabulary = DEFAULT) -> ProductKeys:
    """Give the keys of a product that was read already."""
    product = facts.product
    scopes = _scopes(product)
    styles = {scope: _styles(scope, facts, vocabulary) for scope in scopes}
    options = (
        key for scope in scopes for key in _product_options(scope, styles[scope], facts.options, vocabulary)
    )
    return ProductKeys(
        product_id=product.id,
        codes=facts.numbers.all,
        supplier_codes=_distinct(key for scope in scopes for key in _product_codes(scope, facts, vocabulary)),
        options=_distinct(options),
        style_number=next((style for found in styles.values() for style in found), ""),
        blocks=scopes if product.alive else (),
        name=name_text(product.name),
        options_text=product_text(facts.options),
    )
