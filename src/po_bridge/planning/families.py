"""New products, grouped into families.

Styles of one portal that share style number and name and differ in colour form one family.
An option is one that the brand states, even when only one value is on this order.
A family takes at most as many members as the target allows; beyond that it is divided by colour, then by count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field

from ..mapping.business import BusinessTables
from ..mapping.pictures import pictures_of
from ..mapping.views import ProductView
from ..models.capabilities import Capabilities
from ..models.keys import LineKey, OrderKey
from ..models.named_record import name_key
from ..models.order_draft import ProductDraft
from ..models.setup import Setup
from .change import NewFamily, NewImage
from .codes import Codes
from .names import Names
from .new_product import COLOR, SIZE, NewProduct, product_slot
from .notes import Notes
from .records import Records
from .refs import Kind, Ref, Slot
from .write import FamilyOption, Member


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
    notes: Notes
    """Where questions, losses and deciding fields go."""
    _products: dict[LineKey, NewProduct] = field(factory=dict)

    def add(self, product: NewProduct) -> Slot:
        """Take a new product in; answers the slot it will fill."""
        known = self._products.get(product.key)
        orders = tuple(dict.fromkeys((*(known.orders if known else ()), *product.orders)))
        self._products[product.key] = evolve(known or product, orders=orders)
        return product_slot(product.key)

    def changes(self) -> tuple[NewFamily, ...]:
        """The families, by style number, name and colour."""
        groups: dict[tuple[str, ...], list[NewProduct]] = {}
        for key in sorted(self._products):
            product = self._products[key]
            groups.setdefault(_group(product), []).append(product)
        return tuple(
            self._family(products, number, len(parts))
            for group in sorted(groups)
            for parts in (tuple(self._parts(groups[group])),)
            for number, products in enumerate(parts, start=1)
        )

    def _parts(self, products: list[NewProduct]) -> Iterator[list[NewProduct]]:
        most = self.capabilities.max_members
        if len(products) <= most:
            yield products
            return
        by_color: dict[str, list[NewProduct]] = {}
        for product in products:
            by_color.setdefault(product.key.color, []).append(product)
        part: list[NewProduct] = []
        for some in by_color.values():
            if part and len(part) + len(some) > most:
                yield part
                part = []
            part = [*part, *some]
            while len(part) > most:
                yield part[:most]
                part = part[most:]
        if part:
            yield part

    def _family(self, products: Sequence[NewProduct], number: int, parts: int) -> NewFamily:
        first = products[0]
        orders = tuple(sorted({order for product in products for order in product.orders}))
        names = [name for name in (COLOR, SIZE) if any(name in product.values for product in products)]
        drafts = [self._draft(product, names) for product in products]
        style_ids = {product.key.style_id for product in products}
        suffix = f" ({number} of {parts})" if parts > 1 else ""
        name = self.names.free(drafts[0].name + suffix, first.want.lines[0].style_number, orders[0])
        slot = Slot(kind=Kind.FAMILY, name=f"{first.key.portal}/{first.key.style_id}/{number}")
        supplier = self.records.ref(Kind.SUPPLIER, self.setup.supplier_of(first.key.portal), orders[0])
        return NewFamily(
            slot=slot,
            name=name,
            description=next((draft.description for draft in drafts if draft.description), ""),
            supplier=supplier,
            brand=self._brand(drafts[0], orders[0]),
            tags=self._tags(orders[0]),
            options=tuple(
                FamilyOption(ref=self.records.ref(Kind.OPTION, n, orders[0]), name=n) for n in names
            ),
            members=tuple(self._member(p, d, names) for p, d in zip(products, drafts, strict=True)),
            active=not (self.setup.drafts and self.capabilities.drafts),
            source_id=drafts[0].source_id if len(style_ids) == 1 else "",
            images=self._images(products),
            orders=orders,
        )

    def _draft(self, product: NewProduct, names: Sequence[str]) -> ProductDraft:
        line = product.want.lines[0]
        values = product.values
        view = ProductView(
            line=line,
            style=product.style,
            setup=self.setup,
            currency=product.currency,
            cost=product.want.cost,
            rate=product.rate,
            options=tuple(values[name] for name in names if name in values),
            code=self.codes.fit(product),
        )
        return self.tables.product.read(view)

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
            values=tuple(values.get(name, "-") for name in names),
        )

    def _images(self, products: Sequence[NewProduct]) -> tuple[NewImage, ...]:
        addresses = dict.fromkeys(
            address for product in products for address in pictures_of(product.style, self.setup)
        )
        self._tell_strange(products, addresses)
        chosen = list(addresses)[: self.setup.images_per_family]
        return tuple(
            NewImage(slot=Slot(kind=Kind.IMAGE, name=f"{products[0].key.style_id}/{number}"), address=address)
            for number, address in enumerate(chosen, start=1)
        )

    def _tell_strange(self, products: Sequence[NewProduct], kept: Mapping[str, None]) -> None:
        """Name the pictures that the portal's image host does not have."""
        for product in products:
            left_out = [one for one in (product.style.images if product.style else ()) if one not in kept]
            if left_out:
                number = product.want.lines[0].style_number
                self.notes.lose(
                    product.orders[0],
                    f"pictures of {number}",
                    ", ".join(left_out),
                    "they are not on the image host that the setup names for this portal",
                )


def _group(product: NewProduct) -> tuple[str, ...]:
    line = product.want.lines[0]
    if product.style is None or not line.style_number:
        return (product.key.portal, line.style_number, product.key.style_id)
    return (product.key.portal, line.style_number.casefold(), name_key(product.style.name))
