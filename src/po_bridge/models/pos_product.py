"""A product as the POS holds it."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from .checks import filled, finite
from .origin import Origin


class CodeKind(Enum):
    """How a code was typed into the POS; the POS does not check that it is one."""

    UPC = "UPC"
    EAN = "EAN"
    ITF = "ITF"
    JAN = "JAN"
    ISBN = "ISBN"
    CUSTOM = "CUSTOM"


@frozen(kw_only=True)
class ProductCode:
    """One code of a product."""

    kind: CodeKind
    """As typed, not as judged."""
    text: str
    """As written."""


@frozen(kw_only=True)
class ProductSupplier:
    """What one supplier calls a product and asks for it."""

    supplier_id: str
    """Id of the supplier in the POS."""
    code: str = ""
    """Supplier code."""
    price: Decimal | None = field(default=None, validator=finite)
    """Supplier price of one unit; None is unknown."""


@frozen(kw_only=True)
class OptionValue:
    """One variant option with its value."""

    name: str
    """Name of the option, as ``Size``."""
    value: str
    """As written."""
    option_id: str = ""
    """Id of the option in the POS."""


@frozen(kw_only=True)
class PosImage:
    """A picture of a product."""

    image_id: str
    """Id in the POS."""
    address: str = ""
    """Where it can be seen."""


@frozen(kw_only=True)
class PosProduct:
    """A standard product or one variant of a family."""

    id: str = field(validator=filled)
    """Id in the POS."""
    family_id: str | None = None
    """Id of the product family; None for a product that stands alone."""
    name: str = ""
    """Name; shared by the variants of a family."""
    variant_name: str = ""
    """Name with option values, as shown to people."""
    description: str = ""
    """May hold HTML; hostile text."""
    active: bool = True
    """Inactive products are drafts or retired ones; both are alive."""
    deleted: bool = False
    """Deleted (or archived) products are dead: never matched, but their codes may stay taken."""
    composite: bool = False
    """Made of other products; cannot be ordered."""
    sku: str = ""
    """First code."""
    codes: tuple[ProductCode, ...] = ()
    """Every code."""
    suppliers: tuple[ProductSupplier, ...] = ()
    """Default supplier first."""
    brand_id: str | None = None
    """Id of the brand."""
    tag_ids: tuple[str, ...] = ()
    """Ids of tags."""
    options: tuple[OptionValue, ...] = ()
    """Variant options in the family's order."""
    supply_price: Decimal | None = field(default=None, validator=finite)
    """Supplier price; None is unknown."""
    retail_price: Decimal | None = field(default=None, validator=finite)
    """Retail price in the store's tax form; None is unknown."""
    images: tuple[PosImage, ...] = ()
    """Pictures of this product."""
    source_id: str = ""
    """Id of the record in another system that it was made from."""
    origin: Origin | None = field(default=None, eq=False)
    """System, id and version."""

    @property
    def alive(self) -> bool:
        """Whether it may be matched."""
        return not self.deleted

    @property
    def uses(self) -> frozenset[str]:
        """Ids of the supplier, brand, tag and option records it refers to."""
        ids = {*self.tag_ids, *(link.supplier_id for link in self.suppliers)}
        ids |= {option.option_id for option in self.options} | {self.brand_id or ""}
        return frozenset(ids - {""})
