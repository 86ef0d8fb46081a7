"""What a POS product says of itself: codes, supplier codes and options, read once for keys and comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product as cartesian

from attrs import frozen

from ..models.pos_product import PosProduct
from .code_numbers import CodeNumbers, is_own_text, numbers_of
from .default_vocabulary import DEFAULT
from .folding import fold_code
from .options import color_key, size_key
from .pos_options import PosOptions, read_options
from .readings import CodeReadings, read_code
from .supplier_codes import supplier_code_key
from .vocabulary import Vocabulary

_Spellings = tuple[tuple[str, ...], ...]
"""The spellings of each option value, as parts of a code."""


@frozen(kw_only=True)
class ProductFacts:
    """A POS product with everything that it states, read."""

    product: PosProduct
    """The product."""
    codes: tuple[CodeReadings, ...]
    """Its codes and its SKU, each spelling once."""
    numbers: CodeNumbers
    """The numbers these may be."""
    options: PosOptions
    """Its options by meaning."""

    @property
    def custom(self) -> tuple[str, ...]:
        """Codes that are no number for the whole world, as written."""
        return tuple(read.written for read in self.codes if is_own_text(read))

    def supplier_codes(self, supplier_id: str | None) -> tuple[str, ...]:
        """Give what one supplier calls the product, as written."""
        suppliers = self.product.suppliers
        written = (one.code for one in suppliers if one.supplier_id == supplier_id and one.code.strip())
        return tuple(dict.fromkeys(written))

    def other_supplier_codes(self, supplier_id: str | None) -> tuple[str, ...]:
        """Give what all other suppliers call the product, as written."""
        suppliers = self.product.suppliers
        written = (one.code for one in suppliers if one.supplier_id != supplier_id and one.code.strip())
        return tuple(dict.fromkeys(written))


def facts_of(product: PosProduct, vocabulary: Vocabulary = DEFAULT) -> ProductFacts:
    """Read what a POS product states."""
    written = dict.fromkeys((product.sku, *(code.text for code in product.codes)))
    codes = tuple(read_code(text) for text in written if text.strip())
    return ProductFacts(
        product=product,
        codes=codes,
        numbers=numbers_of(codes),
        options=read_options(product.options, vocabulary),
    )


def _spellings(value: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    keys = (size_key(value, vocabulary), color_key(value, vocabulary))
    spellings = [fold_code(text) for text in (value, *keys)]
    return tuple(dict.fromkeys(filter(None, (*spellings, *(text.replace("-", "") for text in spellings)))))


def _stripped(key: str, values: _Spellings) -> str:
    """Take option values from the end of a code key, in any order, as long as some stand there."""
    for number, spellings in enumerate(values):
        for spelling in spellings:
            if key.endswith(f"-{spelling}"):
                return _stripped(key.removesuffix(f"-{spelling}"), values[:number] + values[number + 1 :])
    return key


def _run_together(key: str, values: _Spellings) -> Iterator[str]:
    """Take all option values from the end of a code that joins them without separators."""
    for order in permutations(values) if len(values) < 3 else ():
        for spellings in cartesian(*order):
            tail = "".join(spellings).replace("-", "")
            if tail and key.endswith(tail) and key != tail:
                yield key.removesuffix(tail).rstrip("-")


def style_parts(code: str, values: Iterable[str], vocabulary: Vocabulary = DEFAULT) -> tuple[str, ...]:
    """Give the keys of the style numbers that a supplier code may begin with, the likeliest first.

    The code without *values*, the product's own option values; the whole code where none of them stand in it.
    """
    key = supplier_code_key(code)
    spelled = tuple(filter(None, (_spellings(value, vocabulary) for value in values)))
    stripped = _stripped(key, spelled)
    if stripped != key or not spelled:
        return (stripped,) if stripped else ()
    return tuple(dict.fromkeys((*_run_together(key, spelled), key))) if key else ()
