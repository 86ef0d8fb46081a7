"""What a demand states: codes, style number, colour and size, in every spelling they may have in a POS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final

from attrs import frozen

from .code_numbers import CodeNumbers, numbers_of
from .default_vocabulary import DEFAULT
from .demand import Demand
from .folding import fold_code
from .options import NOT_STATED, color_key, size_key
from .readings import CodeReadings, read_code
from .supplier_codes import Joining
from .vocabulary import Vocabulary

_SHORTEST_ITEM_ID: Final = 4
"""Shorter ids of the brand's own are counters that any code may begin with."""

_CACHED: Final = 1 << 14
"""An order has a few dozen colours and sizes."""

_WORD: Final = re.compile(r"[^\W\d_]{3}")


def loose(key: str) -> str:
    """Take the separators out of the key of a style number or supplier code."""
    return key.replace("-", "")


@frozen(kw_only=True)
class DemandFacts:
    """A demand with everything that it states, read."""

    demand: Demand
    """The demand."""
    codes: tuple[CodeReadings, ...]
    """Its codes, the lines' first."""
    numbers: CodeNumbers
    """The numbers these may be."""
    style: str
    """Key of the style number, empty where there is none."""
    aliases: tuple[str, ...]
    """Keys of what else may stand where the style number stands: with the colour, the brand's own id."""
    colors: Mapping[str, str]
    """Keys of the colour with the spelling of each, as written first; empty where none is stated."""
    size: str
    """Key of the size."""
    loose_codes: frozenset[str]
    """Style number with options as a supplier code without separators."""
    vocabulary: Vocabulary
    """Spellings that it was read by."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Parts of a code that colour, size and season explain."""
        seasons = (line.season for line in self.demand.lines)
        texts = {*self.colors, *self.colors.values(), self.demand.key.size, self.size, *seasons}
        return frozenset(word for text in texts for word in fold_code(text).split("-") if word)

    @property
    def has_options(self) -> bool:
        """Whether it states a colour or a size."""
        return bool(self.colors or self.size)

    @property
    def supplier_code(self) -> str:
        """Style number and stated options as a supplier code, for people."""
        color = next(iter(self.colors.values()), "")
        size = self.demand.key.size if self.size else ""
        return "-".join(filter(None, (self.demand.style_number, color, size)))

    def joining(self, code_key: str) -> Joining | None:
        """Tell how surely a supplier code, by its key, is this style with these options; None where not.

        Agrees with ``supplier_code_keys``, but that a colour of words divides a code surely: whatever
        style number and colour one reads around it, they are the same product.
        """
        if loose(code_key) not in self.loose_codes:
            return None
        surest = Joining.RUN_TOGETHER
        for key, joining in self._joined_codes():
            if key == code_key:
                surest = joining
                if joining is Joining.SEPARATED:
                    break
        return surest

    def _joined_codes(self) -> Iterator[tuple[str, Joining]]:
        """Yield the keys of supplier codes that join style number and options by separators."""
        sizes = _forms(self.demand.key.size, self.size) or ("", fold_code(self.demand.key.size))
        for key, text in self.colors.items() or (("", ""),):
            for color in _forms(text, key) or ("",):
                for size in sizes:
                    parts = tuple(filter(None, (self.style, color, size)))
                    intact = _is_word(color) or not any("-" in part for part in parts)
                    yield "-".join(parts), Joining.SEPARATED if intact else Joining.SPLITTABLE
        for item_id in _item_ids(self.demand):
            for size in sizes:
                yield "-".join(filter(None, (fold_code(item_id), size))), Joining.SEPARATED


def _forms(*spellings: str) -> tuple[str, ...]:
    """Give the spellings of an option as parts of a code, those that state nothing left out."""
    if not spellings[-1]:
        return ()
    return tuple(dict.fromkeys(form for text in spellings if (form := fold_code(text))))


def _is_word(color: str) -> bool:
    """Tell whether a colour is words, so that no other style number and option can divide a code around it."""
    return bool(_WORD.search(color)) and not any(map(str.isdecimal, color))


@frozen
class _Color:
    """A colour by all its names: key and spelling of each, and its forms in a code."""

    keys: Mapping[str, str]
    names: tuple[str, ...]
    loose: frozenset[str]


@lru_cache(maxsize=_CACHED)
def _read_color(names: tuple[str, ...], vocabulary: Vocabulary) -> _Color:
    """Key the names of a colour, and the first name with each of the others, as in ``410 Navy``."""
    first, *others = names
    both = [text for other in others if other for text in (f"{other} {first}", f"{first} {other}")]
    keys: dict[str, str] = {}
    for text in (*names, *both):
        key = color_key(text, vocabulary)
        if key != NOT_STATED:
            keys.setdefault(key, text)
    forms = {loose(fold_code(text)) for text in (*keys, *keys.values())}
    return _Color(keys, tuple(filter(None, map(fold_code, names))), frozenset(forms or {""}))


@lru_cache(maxsize=_CACHED)
def _loose_sizes(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Give a size as it may stand in a code; one that states nothing may be left out."""
    return frozenset(loose(fold_code(form)) for form in (text, size_key(text, vocabulary)))


def _color_names(demand: Demand) -> tuple[str, ...]:
    """Give every name and code of the colour, the name as written first."""
    style = demand.style
    codes = [line.color_code for line in demand.lines]
    if style is None:
        return tuple(dict.fromkeys((demand.key.color, *codes)))
    return tuple(dict.fromkeys((demand.key.color, style.color, *codes, style.color_code)))


def _item_ids(demand: Demand) -> tuple[str, ...]:
    """Give the brand's own ids of style and colour."""
    own = (demand.lines[0].brand_item_id, demand.style.brand_item_id if demand.style else "")
    return tuple(text for text in dict.fromkeys(own) if len(text) >= _SHORTEST_ITEM_ID)


_Recent = dict[int, tuple[Demand, Vocabulary, DemandFacts]]

_recent: Final[_Recent] = {}
"""Facts of demands by identity: a review needs those of one demand two or three times, and hashing a demand
with its lines and style document would take longer than reading it anew. A demand in here is not replaced
by another one of the same identity, since it is kept alive."""

_MOST_RECENT: Final = 1 << 12


def demand_facts(demand: Demand, vocabulary: Vocabulary = DEFAULT) -> DemandFacts:
    """Read what a demand states."""
    known = _recent.get(id(demand))
    if known is not None and known[0] is demand and known[1] is vocabulary:
        return known[2]
    if len(_recent) >= _MOST_RECENT:
        _recent.clear()
    facts = _read(demand, vocabulary)
    _recent[id(demand)] = (demand, vocabulary, facts)
    return facts


def _read(demand: Demand, vocabulary: Vocabulary) -> DemandFacts:
    codes = tuple(read_code(text) for text in demand.codes)
    color = _read_color(_color_names(demand), vocabulary)
    sizes = _loose_sizes(demand.key.size, vocabulary)
    style = fold_code(demand.style_number)
    items = tuple(map(fold_code, _item_ids(demand)))
    head = loose(style)
    heads = [*(f"{head}{form}" for form in color.loose if style), *map(loose, items)]
    aliases = (*items, *(f"{style}-{name}" for name in color.names if style))
    return DemandFacts(
        demand=demand,
        codes=codes,
        numbers=numbers_of(codes),
        style=style,
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != style),
        colors=color.keys,
        size=size_key(demand.key.size, vocabulary),
        loose_codes=frozenset(f"{one}{size}" for one in heads for size in sizes),
        vocabulary=vocabulary,
    )
