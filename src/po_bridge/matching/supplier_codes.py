"""Supplier codes: a style number and its options in one text, as merchants and systems have joined them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from typing import Final

from attrs import frozen

from .default_vocabulary import DEFAULT
from .folding import fold, fold_code
from .options import NOT_STATED, option_keys, value_key
from .style_numbers import style_key
from .vocabulary import Vocabulary

_CACHED = 1 << 16
"""A style comes in a dozen variants, a set of options in thousands of styles."""


class Joining(Enum):
    """How surely a joined code tells its parts; the words are for people."""

    SEPARATED = "style number and options can be told apart"
    SPLITTABLE = "a part holds a separator itself, so the code can be divided in another place too"
    RUN_TOGETHER = "parts stand without a separator, so that 1 and 11 look like 11 and 1"

    @property
    def alone(self) -> bool:
        """Whether a product may be matched by such a code without a second sign, as an equal option."""
        return self is Joining.SEPARATED


_SURENESS: Final = tuple(Joining)
"""From the surest on."""


@frozen(kw_only=True)
class SupplierCodeKey:
    """One key under which a supplier code may be found."""

    key: str
    """What ``supplier_code_key`` gives for a code so written."""
    joining: Joining = Joining.SEPARATED
    """How surely it means these parts."""


def supplier_code_key(code: str) -> str:
    """Give the key of a supplier code as it stands in a POS: case and kind of separator are folded."""
    return fold_code(code)


def _stated(options: Mapping[str, str], vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Give value and key of each option that says something, in the order given."""
    keyed = ((value, value_key(name, value, vocabulary)) for name, value in options.items())
    return tuple((value, key) for value, key in keyed if key != NOT_STATED)


def supplier_code(style: str, options: Mapping[str, str], vocabulary: Vocabulary = DEFAULT) -> str:
    """Write a supplier code: style number and stated options as they were written, joined by hyphens."""
    parts = [style, *(value for value, _ in _stated(options, vocabulary))]
    return "-".join(" ".join(part.split()) for part in parts)


@frozen(kw_only=True)
class _Part:
    """A style number or option value inside a joined code."""

    key: str
    intact: bool


def _part(text: str) -> _Part:
    """Fold one part; it is intact where it holds no separator, neither inside nor at the ends."""
    key = fold_code(text)
    return _Part(key=key, intact="-" not in key and key == fold(text))


def _joined(style: _Part, values: Sequence[_Part]) -> Iterator[tuple[str, Joining]]:
    """Give the keys of one spelling of the parts, the surest last."""
    keys = [part.key for part in (style, *values)]
    yield "".join(keys).replace("-", ""), Joining.RUN_TOGETHER
    yield "-".join((style.key.replace("-", ""), *keys[1:])), Joining.RUN_TOGETHER
    intact = all(part.intact for part in (style, *values))
    yield "-".join(keys), Joining.SEPARATED if intact else Joining.SPLITTABLE


def supplier_code_keys(
    style: str, options: Mapping[str, str], vocabulary: Vocabulary = DEFAULT
) -> frozenset[SupplierCodeKey]:
    """Give every key under which a supplier code of this variant may stand in a POS.

    Separators of any kind or none; option values as written and as their keys (``Medium`` and ``M``).
    Options come in the order given: in another order colour 1 size 11 would be colour 11 size 1.
    Empty where the style number says nothing.
    """
    head = _part(style)
    if not head.key:
        return frozenset()
    stated = _stated(options, vocabulary)
    spellings = [[_part(value) for value in dict.fromkeys(pair) if fold_code(value)] for pair in stated]
    keys: dict[str, Joining] = {}
    for values in product(*spellings):
        for key, joining in _joined(head, values):
            keys[key] = min(keys.get(key, joining), joining, key=_SURENESS.index)
    return frozenset(SupplierCodeKey(key=key, joining=joining) for key, joining in keys.items())


@lru_cache(maxsize=_CACHED)
def _head(supplier: str, style: str) -> bytes:
    return _measured((supplier, style_key(style)))


@lru_cache(maxsize=_CACHED)
def _tail(options: tuple[tuple[str, str], ...], vocabulary: Vocabulary) -> bytes:
    return _measured(text for pair in option_keys(dict(options), vocabulary) for text in pair)


def _measured(parts: Iterable[str]) -> bytes:
    """Lay parts into bytes, each with its length in front, so that no two divisions look alike."""
    data = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in data)


def option_key(
    supplier: str, style: str, options: Mapping[str, str], vocabulary: Vocabulary = DEFAULT
) -> int:
    """Give supplier, style number and stated options as one signed 64-bit key of an index.

    BLAKE2b over the parts; the supplier is its id in the POS, taken as it is.
    The order of the options does not count, and options that state nothing leave no trace.
    Two of five million collide once in a million stores, so a hit is compared before it is believed.
    """
    data = _head(supplier, style) + _tail(tuple(options.items()), vocabulary)
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
