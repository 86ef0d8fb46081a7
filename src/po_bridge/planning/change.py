"""What a person approves."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import assert_never

from attrs import frozen

from ..models.charges import NO_CHARGES, Charges
from ..models.keys import OrderKey
from ..models.order_draft import OrderDraft
from ..models.purchase_order import PurchaseStatus
from .refs import Kind, Known, Ref, Slot
from .write import FamilyOption, LineAdd, Member, ProductFields


@frozen(kw_only=True)
class NewRecord:
    """A supplier, brand, tag or variant option to be made."""

    slot: Slot
    """What it is; its kind says which."""
    name: str
    """Its name."""
    orders: tuple[OrderKey, ...]
    """Orders that need it."""


@frozen(kw_only=True)
class NewImage:
    """A picture for a new family."""

    slot: Slot
    """What it is called in this plan."""
    address: str
    """Where it is fetched from."""


@frozen(kw_only=True)
class NewFamily:
    """A product family with its variants, or a standard product."""

    slot: Slot
    """What it is called in this plan."""
    name: str
    """Its name, free in the store."""
    description: str
    """Allow-listed HTML."""
    supplier: Ref
    """Its supplier."""
    brand: Ref | None
    """Its brand."""
    tags: tuple[Ref, ...]
    """Its tags."""
    options: tuple[FamilyOption, ...]
    """Its variant options; none for a standard product."""
    members: tuple[Member, ...]
    """Its variants."""
    active: bool
    """False for drafts."""
    source_id: str
    """Id of the style at the source."""
    images: tuple[NewImage, ...]
    """Its pictures."""
    orders: tuple[OrderKey, ...]
    """Orders that need it."""


@frozen(kw_only=True)
class MoreMembers:
    """Variants to add to a family that exists."""

    family: Known
    """The family."""
    family_name: str
    """Its name."""
    supplier: Ref
    """The supplier of the new variants."""
    brand: Ref | None
    """The brand."""
    options: tuple[FamilyOption, ...]
    """The family's options."""
    members: tuple[Member, ...]
    """The new variants."""
    active: bool
    """False for drafts."""
    orders: tuple[OrderKey, ...]
    """Orders that need them."""


@frozen(kw_only=True)
class ProductChange:
    """Fields of a matched product to set."""

    product: Known
    """The product."""
    name: str
    """Its name, for people."""
    before: ProductFields
    """What they are."""
    after: ProductFields
    """What they are to be."""
    orders: tuple[OrderKey, ...]
    """Orders that ask for it."""


@frozen(kw_only=True)
class NewPicture:
    """A picture for a matched product that has none."""

    product: Known
    """The product."""
    name: str
    """Its name, for people."""
    image: NewImage
    """The picture."""
    orders: tuple[OrderKey, ...]
    """Orders that ask for it."""


@frozen(kw_only=True)
class OrderLineDraft:
    """One line of a new purchase order."""

    product: Ref
    """The product."""
    name: str
    """Its name with options, for people."""
    count: Decimal
    """Units."""
    cost: Decimal | None
    """Cost of one unit."""


@frozen(kw_only=True)
class NewOrder:
    """A purchase order with its lines."""

    slot: Slot
    """What it is called in this plan."""
    draft: OrderDraft
    """Business fields."""
    supplier: Ref
    """The supplier."""
    outlet_id: str
    """Where goods arrive."""
    outlet: str
    """Its name, for people."""
    due_at: datetime | None
    """Delivery moment."""
    lines: tuple[OrderLineDraft, ...]
    """Lines, each product once."""
    status: PurchaseStatus
    """OPEN or SENT."""
    known: tuple[str, ...]
    """Orders of the same number that existed before."""
    others: tuple[Ref, ...] = ()
    """Orders of the same number that the plan makes before this one, as for another ship window."""
    charges: Charges = NO_CHARGES
    """Money beside the goods, in the store's currency."""
    orders: tuple[OrderKey, ...]
    """The wholesale order it comes from."""


@frozen(kw_only=True)
class LineSet:
    """A line whose count or cost changes."""

    product: Known
    """The product."""
    name: str
    """For people."""
    before: Decimal
    """Count before."""
    count: Decimal
    """Count after."""
    cost_before: Decimal | None
    """Cost before."""
    cost: Decimal | None
    """Cost after."""


@frozen(kw_only=True)
class OrderRevision:
    """A purchase order that follows an edited wholesale order."""

    order: Known
    """The purchase order."""
    number: str
    """Its number, for people."""
    added: tuple[LineAdd, ...]
    """Lines to add."""
    names: tuple[str, ...]
    """Names of the added lines, for people."""
    changed: tuple[LineSet, ...]
    """Lines to set."""
    removed: tuple[LineSet, ...]
    """Lines to remove; their count after is zero."""
    orders: tuple[OrderKey, ...]
    """The wholesale order it follows."""


Change = NewRecord | NewFamily | MoreMembers | ProductChange | NewPicture | NewOrder | OrderRevision
"""Every change there is."""


def change_key(change: Change) -> str:
    """Name of a change, unique in a plan."""
    match change:
        case NewRecord() | NewFamily() | NewOrder():
            return str(change.slot)
        case MoreMembers():
            return f"{Kind.FAMILY.value}:{change.family}+{change.members[0].slot.name}"
        case ProductChange():
            return f"{Kind.PRODUCT.value}:{change.product}~"
        case NewPicture():
            return str(change.image.slot)
        case OrderRevision():
            return f"{Kind.ORDER.value}:{change.order}~"
        case _:
            assert_never(change)
