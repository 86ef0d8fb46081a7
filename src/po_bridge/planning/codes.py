"""Codes of new products: every one carries a code known before the call, so that a probe can find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain, count, islice
from typing import assert_never

from attrs import define, field

from ..matching.code_text import clean_code
from ..matching.readings import read_code
from ..models.gtin import LENGTHS
from ..models.order_draft import ProductDraft
from ..models.pos_product import CodeKind, ProductCode
from ..models.setup import SkuRule
from .new_product import NewProduct
from .notes import Notes
from .question import Stops
from .snapshot import Snapshot

_KINDS = {12: CodeKind.UPC, 8: CodeKind.EAN, 13: CodeKind.EAN, 14: CodeKind.ITF}

_AHEAD = 8
"""Codes looked up in one go, so that a store that has one of ours is asked once."""


def code_kind(text: str) -> CodeKind:
    """12 digits UPC, 8 or 13 EAN, 14 ITF, anything else custom."""
    digits = text.isascii() and text.isdecimal()
    return _KINDS.get(len(text), CodeKind.CUSTOM) if digits else CodeKind.CUSTOM


def fit_code(written: Iterable[str | None]) -> str:
    """The first code that is fit to identify, in the digits a scanner gives; empty where none is.

    What a spreadsheet or a person put around the digits is left out, and so are the zeros that make a GTIN-14 of
    the number of an each: a label bears its UPC or EAN.
    """
    plain = (read_code(text).plain for text in written if text)
    gtin = next((one for one in plain if one is not None), None)
    if gtin is None:
        return ""
    digits = clean_code(gtin.written).digits
    return str(gtin) if len(digits) == max(LENGTHS) else digits


def _letters(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


@define(kw_only=True)
class Codes:
    """Chooses codes; a code is used once in a plan and never one that the store has."""

    snapshot: Snapshot
    """What the POS held."""
    rule: SkuRule
    """Where the SKU comes from."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    looked: set[str] = field(factory=set)
    """Codes the store was asked about."""
    _used: set[str] = field(factory=set)

    def fit(self, product: NewProduct) -> str:
        """The brand's own code where it is fit to identify, else empty."""
        sizes = product.style.sizes if product.style else ()
        written = [line.upc for line in product.want.lines]
        return fit_code([*written, *(size.upc for size in sizes if size.size == product.key.size)])

    def of(self, product: NewProduct, draft: ProductDraft) -> tuple[ProductCode, ...]:
        """Codes known before the call, the SKU first unless the store gives that: the brand's where free, or ours."""
        match self.rule:
            case SkuRule.FROM_UPC | SkuRule.STORE_SEQUENCE:
                return self._brands(product, draft) or (self._own(_stem(product, draft)),)
            case SkuRule.FROM_SUPPLIER_CODE:
                written = _letters(draft.supplier_code)
                first = (written,) if written else ()
                return (self._own(_stem(product, draft), first), *self._brands(product, draft))
            case _:
                assert_never(self.rule)

    def _brands(self, product: NewProduct, draft: ProductDraft) -> tuple[ProductCode, ...]:
        """The brand's own code where nothing has it yet."""
        if not draft.upc:
            return ()
        gtin = read_code(draft.upc).plain
        # a UPC and the EAN with a zero before it are one number, and two products of one number match nothing
        same = {draft.upc, gtin.key} if gtin else {draft.upc}
        if self._used & same or self._taken(draft.upc):
            self._tell_taken(product, draft)
            return ()
        self._used |= same
        return (ProductCode(kind=code_kind(draft.upc), text=draft.upc),)

    def _taken(self, code: str) -> bool:
        self.looked.add(code)
        owners = self.snapshot.holders(code)
        self.notes.rely(f"code {code}", ",".join(sorted(owners)) or "free")
        return bool(owners)

    def _tell_taken(self, product: NewProduct, draft: ProductDraft) -> None:
        self.notes.ask(
            f"code taken:{product.key}",
            f"code {draft.upc} is taken in the POS; {draft.name} {product.key.size} gets a code of ours instead",
            Stops.NOTHING,
            order=product.orders[0],
            line=product.key,
        )

    def _own(self, stem: str, first: tuple[str, ...] = ()) -> ProductCode:
        """A code of ours that nothing has yet: one of *first*, else a spelling of *stem*."""
        spellings = tuple(islice(chain(first, _spellings(stem)), _AHEAD))
        self.looked.update(spellings)
        every = chain(first, _spellings(stem))
        chosen = next(one for one in every if one not in self._used and not self._taken(one))
        self._used.add(chosen)
        return ProductCode(kind=CodeKind.CUSTOM, text=chosen)


def _stem(product: NewProduct, draft: ProductDraft) -> str:
    """Portal, style and options in letters and digits, since style numbers alone repeat across brands."""
    key = product.key
    written = _letters(draft.supplier_code or key.style_id + key.size)
    # where nothing is left in letters and digits, as in Japanese, the key still gives a stable code
    return _letters(key.portal)[:12] + (written or sha256(str(key).encode()).hexdigest()[:10].upper())


def _spellings(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}X{number}" for number in count(2))
