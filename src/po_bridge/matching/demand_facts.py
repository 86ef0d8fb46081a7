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
from .options import COLOR, NOT_STATED, SIZE, color_key, size_key
from .readings import CodeReadings, read_code
from .style_numbers import style_key
from .supplier_codes import Joining
from .vocabulary import Vocabulary

_SHORTEST_ITEM_ID: Final = 4
"""Shorter ids of the brand's own are counters that any code may begin with."""

_CACHED: Final = 1 << 14
"""An order has a few dozen colours and sizes."""

_WORD: Final = re.compile(r"[^\W\d_]{3}")

_code_form = lru_cache(maxsize=_CACHED)(fold_code)


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
        return frozenset(word for text in texts for word in _code_form(text).split("-") if word)

    @property
    def has_options(self) -> bool:
        """Whether it states a colour or a size."""
        return bool(self.colors or self.size)

    @property
    def spelled_options(self) -> Mapping[str, str]:
        """Colour and size as they would stand in a supplier code."""
        return {COLOR: next(iter(self.colors.values()), ""), SIZE: self.demand.key.size}

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
        sizes = _forms(self.demand.key.size, self.size) or ("", _code_form(self.demand.key.size))
        for key, text in self.colors.items() or (("", ""),):
            for color in _forms(text, key) or ("",):
                for size in sizes:
                    parts = tuple(filter(None, (self.style, color, size)))
                    intact = _is_word(color) or not any("-" in part for part in parts)
                    yield "-".join(parts), Joining.SEPARATED if intact else Joining.SPLITTABLE
        for item_id in _item_ids(self.demand):
            for size in sizes:
                yield "-".join(filter(None, (_code_form(item_id), size))), Joining.SEPARATED


def _forms(*spellings: str) -> tuple[str, ...]:
    """Give the spellings of an option as parts of a code, those that state nothing left out."""
    if not spellings[-1]:
        return ()
    return tuple(dict.fromkeys(form for text in spellings if (form := _code_form(text))))


def _is_word(color: str) -> bool:
    """Tell whether a colour is words, so that no other style number and option can divide a code around it."""
    return bool(_WORD.search(color)) and not any(map(str.isdecimal, color))


def _color_names(demand: Demand) -> tuple[str, ...]:
    """Give every name and code of the colour, the name as written first."""
    style = demand.style
    names = (demand.key.color, *([style.color] if style else []))
    codes = (*(line.color_code for line in demand.lines), *([style.color_code] if style else []))
    return tuple(dict.fromkeys((*names, *codes)))


def _colors(names: tuple[str, ...], vocabulary: Vocabulary) -> Mapping[str, str]:
    """Key the names of a colour, and the first name with each of the others, as in ``410 Navy``."""
    first, *others = names
    both = [text for other in others if other for text in (f"{other} {first}", f"{first} {other}")]
    colors: dict[str, str] = {}
    for text in (*names, *both):
        key = color_key(text, vocabulary)
        if key != NOT_STATED:
            colors.setdefault(key, text)
    return colors


def _item_ids(demand: Demand) -> tuple[str, ...]:
    """Give the brand's own ids of style and colour."""
    own = (demand.lines[0].brand_item_id, demand.style.brand_item_id if demand.style else "")
    return tuple(text for text in dict.fromkeys(own) if len(text) >= _SHORTEST_ITEM_ID)


def _aliases(demand: Demand, style: str, names: tuple[str, ...]) -> tuple[str, ...]:
    joined = (f"{style}-{_code_form(name)}" for name in names if style and _code_form(name))
    aliases = dict.fromkeys((*map(_code_form, _item_ids(demand)), *joined))
    return tuple(alias for alias in aliases if alias != style)


def _loose_codes(demand: Demand, style: str, colors: Mapping[str, str], size: str) -> frozenset[str]:
    colored = {loose(_code_form(text)) for text in (*colors, *colors.values())} or {""}
    sized = {loose(_code_form(text)) for text in (demand.key.size, size)} | ({""} if not size else set())
    heads = {loose(_code_form(item_id)) for item_id in _item_ids(demand)}
    head = loose(style)
    codes = {f"{head}{color}{tail}" for color in colored for tail in sized} if style else set[str]()
    return frozenset(codes | {f"{head}{tail}" for head in heads for tail in sized})


def demand_facts(demand: Demand, vocabulary: Vocabulary = DEFAULT) -> DemandFacts:
    """Read what a demand states."""
    codes = tuple(read_code(text) for text in demand.codes)
    names = _color_names(demand)
    colors = _colors(names, vocabulary)
    size = size_key(demand.key.size, vocabulary)
    style = style_key(demand.style_number)
    return DemandFacts(
        demand=demand,
        codes=codes,
        numbers=numbers_of(codes),
        style=style,
        aliases=_aliases(demand, style, names),
        colors=colors,
        size=size,
        loose_codes=_loose_codes(demand, style, colors, size),
        vocabulary=vocabulary,
    )
