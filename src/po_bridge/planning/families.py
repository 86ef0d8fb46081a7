"""New products as families: variants of one that the store has, or families of their own.

An option is one that the brand states, even when only one value is on this order.
How a group of products is divided where the target takes no more says ``grouping``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field

from ..mapping.business import BusinessTables
from ..mapping.pictures import pictures_of
from ..mapping.views import ProductView
from ..matching.options import value_key
from ..models.capabilities import Capabilities
from ..models.keys import LineKey, OrderKey, in_key_order
from ..models.order_draft import ProductDraft
from ..models.setup import Setup, SkuRule
from .additions import Additions
from .change import MoreMembers, NewFamily, NewImage
from .codes import Codes
from .grouping import Group, Part, divided, group_of_product, in_order
from .losses import lose_description, lose_source_id
from .names import Names
from .new_product import COLOR, SIZE, NewProduct, product_slot
from .notes import Notes
from .records import Records
from .refs import Kind, Known, Ref, Slot
from .retail_price import with_retail_price
from .store_family import StoreFamily
from .write import FamilyOption, Member

UNSTATED = "-"
"""Value of an option that a product does not state and others of its family do."""


@define(kw_only=True)
class Families:
    """Makes families of new products; each product once, whatever number of orders want it."""

    setup: Setup
    """The merchant's choices."""
    tables: BusinessTables
    """The business tables."""
    capabilities: Capabilities
    """Grain and limits of the target."""
    records: Records
    """Finds or plans suppliers, brands, tags and options."""
    codes: Codes
    """Chooses codes."""
    names: Names
    """Chooses names."""
    additions: Additions
    """Chooses families of the store that new variants belong to."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    _products: dict[LineKey, NewProduct] = field(factory=dict)
    _slots: dict[str, int] = field(factory=dict)

    def add(self, product: NewProduct) -> Slot:
        """Take a new product in; answers the slot it will fill."""
        known = self._products.get(product.key)
        if known is not None:
            orders = tuple(dict.fromkeys((*known.orders, *product.orders)))
            product = evolve(known, orders=orders)
        self._products[product.key] = product
        return product_slot(product.key)

    def withdraw(self, order: OrderKey, keys: Iterable[LineKey]) -> None:
        """Leave out products that an order wanted and does not order after all, unless another orders them."""
        for key in keys:
            product = self._products[key]
            rest = tuple(one for one in product.orders if one != order)
            if rest:
                self._products[key] = evolve(product, orders=rest)
            else:
                del self._products[key]

    def changes(self) -> tuple[NewFamily | MoreMembers, ...]:
        """Families of their own by style number and name, then variants of families the store has, by family."""
        groups: dict[Group, list[NewProduct]] = {}
        for key in in_key_order(self._products):
            product = self._products[key]
            groups.setdefault(group_of_product(product), []).append(product)
        made = [
            family
            for group in sorted(groups)
            for family in self._made(self.additions.rest(in_order(groups[group]), group))
        ]
        more = (self._more(family, products) for family, products in self.additions.chosen())
        return (*made, *more)

    def _made(self, products: Sequence[NewProduct]) -> Iterator[NewFamily]:
        parts = divided(products, self.capabilities) if products else ()
        if len(parts) > 1:
            self._tell_divided(products, len(parts))
        return (self._family(part) for part in parts)

    def _tell_divided(self, products: Sequence[NewProduct], parts: int) -> None:
        number = products[0].style_number or products[0].key.style_id
        limits = (
            f"{self.capabilities.max_options} option(s) and {self.capabilities.max_members} variants a family"
        )
        self.notes.lose(
            products[0].orders[0],
            f"one family of {number}",
            f"{len(products)} variants",
            f"divided into {parts} families: the target takes {limits}, and each combination of options once",
        )

    def _family(self, part: Part) -> NewFamily:
        first, orders = part.products[0], _orders(part.products)
        drafts = [self._draft(product) for product in part.products]
        style_ids = {product.key.style_id for product in part.products}
        wanted = " ".join(filter(None, (drafts[0].name, part.added)))
        slot = self._slot(first.key)
        description = next((draft.description for draft in drafts if draft.description), "")
        name = self.names.free(wanted, first.style_number, orders[0])
        source_id = drafts[0].source_id if len(style_ids) == 1 else ""
        lose_description(orders[0], name, description, self.capabilities, self.notes)
        lose_source_id(orders[0], name, source_id, self.capabilities, self.notes)
        return NewFamily(
            slot=slot,
            name=name,
            description=description,
            supplier=self._supplier(first, orders[0]),
            brand=self._brand(drafts[0], orders[0]),
            tags=self._tags(orders[0]),
            options=tuple(
                FamilyOption(ref=self.records.ref(Kind.OPTION, name, orders[0]), name=name)
                for name in part.options
            ),
            members=_alike(
                (
                    self._member(product, draft, part.options)
                    for product, draft in zip(part.products, drafts, strict=True)
                ),
                part.options,
            ),
            active=self._active,
            source_id=source_id,
            images=self._images(part.products, slot),
            orders=orders,
        )

    def _more(self, family: StoreFamily, products: Sequence[NewProduct]) -> MoreMembers:
        orders = _orders(products)
        return MoreMembers(
            family=Known(id=family.id),
            family_name=family.name,
            supplier=self._supplier(products[0], orders[0]),
            brand=Known(id=family.brand_id) if family.brand_id else None,
            options=tuple(
                FamilyOption(ref=self._option(family, name, orders[0]), name=name) for name in family.options
            ),
            members=tuple(
                self._spelled(self._member(product, self._draft(product), family.meanings), family)
                for product in products
            ),
            active=self._active,
            orders=orders,
        )

    @property
    def _active(self) -> bool:
        return not (self.setup.drafts and self.capabilities.drafts)

    def _slot(self, key: LineKey) -> Slot:
        """Name a family by its first style; a style that is divided has several."""
        name = f"{key.portal}/{key.style_id}"
        number = self._slots[name] = self._slots.get(name, 0) + 1
        return Slot(kind=Kind.FAMILY, name=f"{name}/{number}")

    def _supplier(self, product: NewProduct, order: OrderKey) -> Ref:
        return self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(product.key.portal), order)

    def _option(self, family: StoreFamily, name: str, order: OrderKey) -> Ref:
        known = family.option_id(name)
        return Known(id=known) if known else self.records.ref(Kind.OPTION, name, order)

    def _draft(self, product: NewProduct) -> ProductDraft:
        """Fill the product table; the supplier code names every option that is stated, in one order for all."""
        values = product.values
        view = ProductView(
            line=product.want.lines[0],
            style=product.style,
            setup=self.setup,
            currency=product.currency,
            cost=product.want.cost,
            rate=product.rate,
            options=tuple(values[name] for name in (COLOR, SIZE) if name in values),
            code=self.codes.fit(product),
        )
        return with_retail_price(product, self.tables.product.read(view), self.setup, self.notes)

    def _brand(self, draft: ProductDraft, order: OrderKey) -> Ref | None:
        return self.records.ref(Kind.BRAND, draft.brand, order) if draft.brand.strip() else None

    def _tags(self, order: OrderKey) -> tuple[Ref, ...]:
        if not self.capabilities.tags:
            return ()
        return tuple(self.records.ref(Kind.TAG, name, order) for name in self.setup.tags)

    def _member(self, product: NewProduct, draft: ProductDraft, names: Sequence[str]) -> Member:
        values = product.values
        return Member(
            slot=product_slot(product.key),
            codes=self.codes.of(product, draft),
            supplier_code=draft.supplier_code,
            supply_price=draft.supply_price,
            retail_price=draft.retail_price,
            values=tuple(values.get(name, UNSTATED) for name in names),
            sku_from_store=self.setup.sku is SkuRule.STORE_SEQUENCE,
        )

    @staticmethod
    def _spelled(member: Member, family: StoreFamily) -> Member:
        values = zip(family.meanings, member.values, strict=True)
        return evolve(member, values=tuple(family.spelled(meaning, value) for meaning, value in values))

    def _images(self, products: Sequence[NewProduct], family: Slot) -> tuple[NewImage, ...]:
        addresses = dict.fromkeys(
            address for product in products for address in pictures_of(product.style, self.setup)
        )
        self._tell_strange(products, addresses)
        chosen = list(addresses)[: self.setup.images_per_family]
        return tuple(
            NewImage(slot=Slot(kind=Kind.IMAGE, name=f"{family.name}/{number}"), address=address)
            for number, address in enumerate(chosen, start=1)
        )

    def _tell_strange(self, products: Sequence[NewProduct], kept: Mapping[str, None]) -> None:
        """Name the pictures that the portal's image host does not have, and those that could not be read."""
        for product in products:
            faults = product.style.faults if product.style else ()
            if faults:
                what = f"unreadable pictures of {product.style_number}"
                self.notes.lose(product.orders[0], what, "; ".join(faults), "left out; the rest was read")
            left_out = [one for one in (product.style.images if product.style else ()) if one not in kept]
            if left_out:
                self.notes.lose(
                    product.orders[0],
                    f"pictures of {product.style_number}",
                    ", ".join(left_out),
                    "they are not on the image host that the setup names for this portal",
                )


def _alike(members: Iterable[Member], options: Sequence[str]) -> tuple[Member, ...]:
    """Write equal values as the first member does: a store shows Red and RED as two colours."""
    first: dict[tuple[str, str], str] = {}
    found = []
    for member in members:
        keyed = zip(options, member.values, strict=True)
        values = tuple(first.setdefault((name, value_key(name, value)), value) for name, value in keyed)
        found.append(member if values == member.values else evolve(member, values=values))
    return tuple(found)


def _orders(products: Sequence[NewProduct]) -> tuple[OrderKey, ...]:
    return tuple(sorted({order for product in products for order in product.orders}))
