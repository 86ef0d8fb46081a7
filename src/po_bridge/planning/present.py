"""What the POS holds now of what a plan wrote: what undoing decides from."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from .refs import Ids


@frozen(kw_only=True)
class Present:
    """What the POS holds now of what a plan wrote."""

    ids: Ids
    """Remote ids of what the plan made."""
    orders: Mapping[str, PurchaseOrder] = field(converter=frozen_mapping)
    """Purchase orders the plan touched, with lines; one that is gone is left out."""
    products: Mapping[str, PosProduct] = field(converter=frozen_mapping)
    """Products the plan made, by id."""
    users: Mapping[str, tuple[str, ...]] = field(converter=frozen_mapping)
    """Ids of live products that use a record the plan made, by the record's id."""
    delete_products: bool = False
    """A person said that products and records made by the plan are to be deleted."""
    cancel: bool = False
    """A person said that an order that cannot be deleted is to be cancelled."""
