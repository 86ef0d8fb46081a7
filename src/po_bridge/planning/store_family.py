"""Families the store has: the one that new variants of a style belong to, where it can be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import define, field, frozen

from ..matching.options import COLOR as COLOR_KEY, SIZE as SIZE_KEY, color_key, name_key, size_key
from ..matching.product_facts import style_parts
from ..matching.style_numbers import style_key
from ..models.named_record import name_key as folded
from ..models.pos_product import PosProduct
from ..models.setup import Setup
from .grouping import Combination, Group, combination, group_of
from .new_product import COLOR, SIZE, NewProduct
from .review import Review, ReviewLine
from .snapshot import Collection

_MEANINGS: Mapping[str, str] = {COLOR_KEY: COLOR, SIZE_KEY: SIZE}
_PLACES = {COLOR: color_key, SIZE: size_key}


@frozen(kw_only=True)
class StoreFamily:
    """A product family of the store with its live members."""

    id: str
    """Its id."""
    members: tuple[PosProduct, ...]
    """Live ones, drafts included, by id."""
    siblings: tuple[ReviewLine, ...]
    """Lines of this review that are matched with a member and belong to the style asked about."""
    doubt: str = ""
    """Why nothing is added to it, whatever its options; empty where nothing speaks against it."""

    @property
    def name(self) -> str:
        """Its name as written in the store."""
        return self.members[0].name

    @property
    def brand_id(self) -> str | None:
        """Its brand, None where the members name none or several."""
        brands = {member.brand_id for member in self.members}
        return next(iter(brands)) if len(brands) == 1 else None

    @cached_property
    def options(self) -> tuple[str, ...]:
        """Names of its options as written; empty where its members do not agree."""
        names = {tuple(option.name for option in member.options) for member in self.members}
        return next(iter(names)) if len(names) == 1 else ()

    @cached_property
    def meanings(self) -> tuple[str, ...]:
        """``COLOR``, ``SIZE`` or the name itself, by option."""
        return tuple(_MEANINGS.get(name_key(name), name) for name in self.options)

    def option_id(self, name: str) -> str:
        """Id of an option in the store, empty where it is not told."""
        ids = (
            option.option_id for member in self.members for option in member.options if option.name == name
        )
        return next(filter(None, ids), "")

    def spelled(self, meaning: str, value: str) -> str:
        """Write a value as the family's members do that have it: a store shows Red and RED as two colours."""
        if meaning not in _PLACES:
            return value
        return self._spellings.get((meaning, _PLACES[meaning](value)), value)

    @cached_property
    def _spellings(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for member in self.members:
            for option, meaning in zip(member.options, self.meanings, strict=True):
                if meaning in _PLACES:
                    found.setdefault((meaning, _PLACES[meaning](option.value)), option.value)
        return found

    @cached_property
    def combinations(self) -> frozenset[Combination]:
        """Keys of colour and size that a member has already."""
        return frozenset(_combination(member) for member in self.members)

    def fault(self, products: Sequence[NewProduct]) -> str:
        """Say why variants of one colour cannot be added to it, empty where they can."""
        if self.doubt:
            return self.doubt
        meanings = self.meanings
        if not meanings or len(set(meanings)) < len(meanings) or not set(meanings) <= {COLOR, SIZE}:
            return f"its options are {', '.join(self.options) or 'not the same on every variant'}"
        for product in products:
            missing = [name for name in meanings if name not in product.values]
            if missing:
                return f"the brand states no {' and no '.join(missing).lower()}"
            unsaid = [name for name in product.values if name not in meanings]
            strange = [name for name in unsaid if not self._is_all(name, product)]
            if strange:
                return f"it has no option for {' and '.join(strange).lower()}"
        return ""

    def _is_all(self, name: str, product: NewProduct) -> bool:
        """Whether all of it is known to have a product's colour or size, though it has no option for it."""
        place = (COLOR, SIZE).index(name)
        own = combination(product)[place]
        theirs = {_keys(line)[place] for line in self.siblings}
        return theirs == {own}


def _keys(line: ReviewLine) -> Combination:
    return color_key(line.key.color), size_key(line.key.size)


def _combination(member: PosProduct) -> Combination:
    values = {name_key(option.name): option.value for option in member.options}
    return color_key(values.get(COLOR_KEY, "")), size_key(values.get(SIZE_KEY, ""))


@define(kw_only=True)
class StoreFamilies:
    """Finds the families that hold a style already."""

    review: Review
    """What was matched, and what the store held."""
    setup: Setup
    """The merchant's choices."""
    looked: set[str] = field(factory=set)
    """Names the store was asked about."""
    _styles: dict[tuple[str, str], list[ReviewLine]] | None = field(default=None, init=False)
    _suppliers: dict[str, str | None] = field(factory=dict, init=False)

    def of(self, products: Sequence[NewProduct], group: Group) -> tuple[StoreFamily, ...]:
        """Give the families that hold the style of these new products, by id."""
        siblings = [line for line in self._of_style(group) if self._is_sibling(line, group)]
        by_id: dict[str, list[ReviewLine]] = {}
        for line in siblings:
            if line.product is not None and line.product.family_id and line.product.alive:
                by_id.setdefault(line.product.family_id, []).append(line)
        names = {line.product.name for lines in by_id.values() for line in lines if line.product}
        names |= {product.style.name for product in products if product.style and product.style.name}
        for member in self._named(names):
            if member.family_id and self._is_ours(member, products) is True:
                by_id.setdefault(member.family_id, [])
        return tuple(self._family(key, by_id[key], products, names) for key in sorted(by_id))

    def _of_style(self, group: Group) -> Sequence[ReviewLine]:
        """Matched lines of the group's portal and style number; sorted once, since a plan has many groups."""
        if self._styles is None:
            self._styles = {}
            for line in self.review.matched:
                style = line.key.portal, style_key(line.lines[0].style_number)
                self._styles.setdefault(style, []).append(line)
        return self._styles.get(group[:2], ())

    @staticmethod
    def _is_sibling(line: ReviewLine, group: Group) -> bool:
        """Whether a matched line is of the group; the name decides only where its style document was read."""
        own = group_of(line.key, line.lines[0].style_number, line.style)
        _, _, name, style_id = group
        return line.key.style_id == style_id if style_id else line.style is None or own[2] == name

    def _named(self, names: Iterable[str]) -> tuple[PosProduct, ...]:
        self.looked.update(names)
        families = self.review.snapshot.families
        found = (product for name in sorted(set(map(folded, names))) for product in families.get(name, ()))
        return tuple(product for product in found if product.alive)

    def _family(
        self,
        family_id: str,
        siblings: Sequence[ReviewLine],
        products: Sequence[NewProduct],
        names: Iterable[str],
    ) -> StoreFamily:
        named = self._named(names)
        known = {line.product.id: line.product for line in siblings if line.product}
        known |= {one.id: one for one in named if one.family_id == family_id}
        members = tuple(known[key] for key in sorted(known))
        own = {folded(member.name) for member in members}
        strangers = [one for one in named if one.family_id != family_id and folded(one.name) in own]
        doubt = ""
        if any(self._is_ours(member, products) is False for member in members):
            doubt = "it holds products of other styles or suppliers too"
        elif len({member.name for member in members}) > 1:
            doubt = "its variants bear different names"
        elif strangers:
            # a family may be told to the remote by its name, and a name that two bear names neither
            doubt = "another product of the store bears its name too"
        return StoreFamily(id=family_id, members=members, siblings=tuple(siblings), doubt=doubt)

    def _is_ours(self, member: PosProduct, products: Sequence[NewProduct]) -> bool | None:
        """Whether a product says that it is of this style; None where it says nothing."""
        if member.source_id and member.source_id in {product.key.style_id for product in products}:
            return True
        supplier = self._supplier_id(products[0])
        codes = [one.code for one in member.suppliers if one.supplier_id == supplier and one.code.strip()]
        if codes:
            return _names_style(style_key(products[0].style_number), codes, member)
        suppliers = {one.supplier_id for one in member.suppliers}
        return False if suppliers and supplier not in suppliers else None

    def _supplier_id(self, product: NewProduct) -> str | None:
        portal = product.key.portal
        if portal not in self._suppliers:
            found = self.review.snapshot.named(Collection.SUPPLIERS, self.setup.supplier_of(portal))
            self._suppliers[portal] = found[0].id if len(found) == 1 else None
        return self._suppliers[portal]


def _names_style(number: str, codes: Sequence[str], member: PosProduct) -> bool | None:
    """Whether supplier codes are of a style number; None where they only begin with it, as a sub-style would."""
    values = tuple(option.value for option in member.options)
    parts = {part for code in codes for part in style_parts(code, values)}
    if number in parts:
        return True
    return None if number and any(part.startswith(f"{number}-") for part in parts) else False
