"""Which new variants join a family that the store has, and which need a family of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from ..models.capabilities import Capabilities
from .grouping import Combination, Group, combination
from .new_product import NewProduct
from .notes import Notes
from .question import Stops
from .store_family import StoreFamilies, StoreFamily

APART = "a family of its own"
"""Answer to variants that cannot be added, or that several families could take."""


@define(kw_only=True)
class Additions:
    """Chooses families of the store; a variant joins one only where it is sure to fit."""

    families: StoreFamilies
    """Finds them."""
    capabilities: Capabilities
    """Grain and limits of the target."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    _found: dict[str, StoreFamily] = field(factory=dict)
    _joined: dict[str, dict[Combination, NewProduct]] = field(factory=dict)

    def rest(self, products: Sequence[NewProduct], group: Group) -> tuple[NewProduct, ...]:
        """Let products of one group join families, each colour as a whole; give those that need one of their own."""
        candidates = self.families.of(products, group)
        colors: dict[tuple[str, str], list[NewProduct]] = {}
        for product in products:
            colors.setdefault((product.key.style_id, combination(product)[0]), []).append(product)
        return tuple(left for some in colors.values() for left in self._join(some, candidates))

    def chosen(self) -> Iterator[tuple[StoreFamily, tuple[NewProduct, ...]]]:
        """Families that get variants, by id."""
        for key in sorted(self._joined):
            yield self._found[key], tuple(self._joined[key].values())

    def _join(
        self, products: Sequence[NewProduct], candidates: Sequence[StoreFamily]
    ) -> Sequence[NewProduct]:
        faults = {family.id: self._fault(family, products) for family in candidates}
        fitting = [family for family in candidates if not faults[family.id]]
        if not fitting:
            for family in candidates:
                self._tell(family, products, faults[family.id])
            return products
        chosen = self._one_of(fitting, products)
        if chosen is None or not self._may_add(chosen, products):
            return products
        self._found[chosen.id] = chosen
        self._joined.setdefault(chosen.id, {}).update({combination(one): one for one in products})
        self.notes.rely(f"family {chosen.id} named {chosen.name!r} has options", ", ".join(chosen.options))
        return ()

    def _fault(self, family: StoreFamily, products: Sequence[NewProduct]) -> str:
        """Say why products of one colour cannot join a family, empty where they can."""
        fault = family.fault(products)
        if fault:
            return fault
        joined: Mapping[Combination, NewProduct] = self._joined.get(family.id, {})
        taken = family.combinations | joined.keys()
        own = [combination(product) for product in products]
        if not taken.isdisjoint(own) or len(set(own)) < len(own):
            return "it has a variant of this colour and size already"
        if len(family.members) + len(joined) + len(own) > self.capabilities.max_members:
            return f"it would have more than {self.capabilities.max_members} variants"
        return ""

    def _tell(self, family: StoreFamily, products: Sequence[NewProduct], fault: str) -> None:
        first = products[0]
        self.notes.lose(
            first.orders[0],
            f"family of {first.style_number or first.key.style_id} {first.key.color}".strip(),
            family.name,
            f"the store has it and nothing is added to it: {fault}; a family of its own is made",
        )

    def _one_of(self, fitting: Sequence[StoreFamily], products: Sequence[NewProduct]) -> StoreFamily | None:
        """Give the only family, else the only one that holds this very colour, else ask."""
        first = products[0]
        closer = [
            family
            for family in fitting
            if any(line.key.style_id == first.key.style_id for line in family.siblings)
        ]
        for some in (fitting, closer):
            if len(some) == 1:
                return some[0]
        listed = ", ".join(f"{family.name!r} ({family.id})" for family in fitting)
        answer = self.notes.ask(
            f"which family:{first.key.portal}/{first.key.style_id}/{first.key.color}",
            f"{_named(products)}: several families of the store could take it: {listed}",
            Stops.LINE,
            order=first.orders[0],
            line=first.key,
            answers=(*(family.id for family in fitting), APART),
        )
        return next((family for family in fitting if family.id == answer), None)

    def _may_add(self, family: StoreFamily, products: Sequence[NewProduct]) -> bool:
        if self.capabilities.members_per_add > 0:
            return True
        first = products[0]
        self.notes.ask(
            f"add to family:{family.id}:{first.key.portal}/{first.key.style_id}/{first.key.color}",
            f"the store's {family.name!r} ({family.id}) lacks {_named(products)}, and variants cannot be added to a "
            "family from here; add them in the POS and review again, or make a family of its own",
            Stops.LINE,
            order=first.orders[0],
            line=first.key,
            answers=(APART,),
        )
        return False


def _named(products: Sequence[NewProduct]) -> str:
    first = products[0]
    sizes = ", ".join(product.key.size for product in products if product.key.size)
    return " / ".join(filter(None, (first.style_number or first.key.style_id, first.key.color, sizes)))
