"""The closed set of remote writes, in no vendor's words."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from ..models.charges import NO_CHARGES, Charges
from ..models.order_draft import OrderDraft
from ..models.pos_product import ProductCode
from ..models.purchase_order import PurchaseStatus
from .refs import Kind, Ref, Slot


@frozen(kw_only=True)
class CreateSupplier:
    """Make a supplier."""

    slot: Slot
    """What it is called in this plan."""
    name: str
    """Its name in the POS."""


@frozen(kw_only=True)
class CreateBrand:
    """Make a brand."""

    slot: Slot
    """What it is called in this plan."""
    name: str
    """Its name in the POS."""


@frozen(kw_only=True)
class CreateTag:
    """Make a tag."""

    slot: Slot
    """What it is called in this plan."""
    name: str
    """Its name in the POS."""


@frozen(kw_only=True)
class OptionDraft:
    """A variant option to be made."""

    slot: Slot
    """What it is called in this plan."""
    name: str
    """Its name, as ``Size``."""


@frozen(kw_only=True)
class CreateOptions:
    """Make variant options; as many at once as the target takes."""

    options: tuple[OptionDraft, ...]
    """In order."""


@frozen(kw_only=True)
class FamilyOption:
    """An option a family has."""

    ref: Ref
    """The option."""
    name: str
    """Its name."""


@frozen(kw_only=True)
class Member:
    """One variant of a family, or the only product of a standard one."""

    slot: Slot
    """What the product is called in this plan."""
    codes: tuple[ProductCode, ...]
    """At least one code known before the call; a probe finds the product by it."""
    supplier_code: str = ""
    """Supplier code."""
    supply_price: Decimal | None = None
    """Supplier price of one unit; None is unknown."""
    retail_price: Decimal | None = None
    """Retail price in the store's tax form; None is unknown."""
    values: tuple[str, ...] = ()
    """Option values in the order of the family's options."""
    sku_from_store: bool = False
    """Whether the store's own next number goes before the codes; they are known all the same."""


@frozen(kw_only=True)
class CreateFamily:
    """Make a product family with its first members, or a standard product (no options, one member)."""

    slot: Slot
    """What the family is called in this plan."""
    name: str
    """Free in the whole store."""
    description: str
    """Allow-listed HTML."""
    supplier: Ref
    """The supplier of every member."""
    brand: Ref | None
    """The brand, None where the source names none."""
    tags: tuple[Ref, ...]
    """Tags of the family."""
    options: tuple[FamilyOption, ...]
    """Variant options; none for a standard product."""
    members: tuple[Member, ...]
    """Empty where the family is made as a shell."""
    active: bool
    """False for drafts."""
    source_id: str = ""
    """Id of the style at the source, where the family is one source product."""


@frozen(kw_only=True)
class AddMembers:
    """Add variants to a family."""

    family: Ref
    """The family."""
    family_name: str
    """Its name."""
    supplier: Ref
    """The supplier of every member."""
    brand: Ref | None
    """The brand, None where the source names none."""
    options: tuple[FamilyOption, ...]
    """The family's options."""
    members: tuple[Member, ...]
    """In order."""
    active: bool
    """False for drafts."""


@frozen(kw_only=True)
class ProductFields:
    """Fields of a product that may be updated; None leaves a field alone."""

    active: bool | None = None
    """Whether it is sold."""
    name: str | None = None
    """Name of the family."""
    description: str | None = None
    """Description of the family."""
    codes: tuple[ProductCode, ...] | None = None
    """Every code."""
    supplier_id: str | None = None
    """The supplier that the next two belong to."""
    supplier_code: str | None = None
    """Supplier code."""
    supply_price: Decimal | None = None
    """Supplier price."""
    retail_price: Decimal | None = None
    """Retail price."""


@frozen(kw_only=True)
class UpdateProduct:
    """Set fields of a product."""

    product: Ref
    """The product."""
    before: ProductFields
    """What they were when the plan was made."""
    after: ProductFields
    """What they are to be."""


@frozen(kw_only=True)
class AttachImage:
    """Upload a picture to a product."""

    product: Ref
    """The product that shows it."""
    address: str
    """Where the picture is fetched from."""
    slot: Slot
    """What the picture is called in this plan."""


@frozen(kw_only=True)
class CreateOrder:
    """Make a purchase order without lines."""

    slot: Slot
    """What it is called in this plan."""
    draft: OrderDraft
    """Business fields."""
    supplier: Ref
    """The supplier."""
    outlet_id: str
    """Where goods arrive."""
    due_at: datetime | None
    """Delivery moment, noon of the day in the outlet's zone."""
    known: tuple[str, ...] = ()
    """Orders of the same number that existed before; never taken for ours."""
    others: tuple[Ref, ...] = ()
    """Orders of the same number that the plan makes before this one; never taken for it."""
    charges: Charges = NO_CHARGES
    """Money beside the goods, in the store's currency."""


@frozen(kw_only=True)
class LineAdd:
    """Units of one product to add to an order."""

    product: Ref
    """The product."""
    before: Decimal
    """Units on the order before."""
    count: Decimal
    """Units on the order after."""
    cost: Decimal | None
    """Cost of one unit; None is unknown."""


@frozen(kw_only=True)
class AddLines:
    """Add lines to an order; the remote adds the difference between before and count."""

    order: Ref
    """The order."""
    lines: tuple[LineAdd, ...]
    """In order; a product at most once."""


@frozen(kw_only=True)
class SetLine:
    """Set count and cost of one line."""

    order: Ref
    """The order."""
    product: Ref
    """The product, which is the line's identity."""
    before: Decimal
    """Count before."""
    count: Decimal
    """Count after."""
    cost_before: Decimal | None = None
    """Cost before."""
    cost: Decimal | None = None
    """Cost after."""


@frozen(kw_only=True)
class SetStatus:
    """Move an order to a status."""

    order: Ref
    """The order."""
    before: PurchaseStatus
    """Status before."""
    after: PurchaseStatus
    """Status after."""
    on: datetime | None = None
    """Date of the order, for a store in which a status is a date; None: the day on which it is set."""


@frozen(kw_only=True)
class Remove:
    """Delete a record that a step of ours made, or a line of an order of ours."""

    kind: Kind
    """What is removed; PRODUCT with ``within`` is an order line."""
    target: Ref
    """The record, or the line's product."""
    within: Ref | None = field(default=None)
    """The order a line is removed from."""
    before: Decimal | None = None
    """Count of the line before."""


Write = (
    CreateSupplier
    | CreateBrand
    | CreateTag
    | CreateOptions
    | CreateFamily
    | AddMembers
    | UpdateProduct
    | AttachImage
    | CreateOrder
    | AddLines
    | SetLine
    | SetStatus
    | Remove
)
"""Every remote write there is."""
