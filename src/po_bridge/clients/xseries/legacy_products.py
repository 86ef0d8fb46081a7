"""Products up to version 2026-07, where a family is products of one name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import frozen

from ...models.pos_product import PosProduct
from ...planning.receipt import Probed, Receipt, Rest
from ...planning.refs import Ids, resolve
from ...planning.seen import PictureStatus
from ...planning.snapshot import Page
from ...planning.write import AddMembers, AttachImage, CreateFamily, Member, ProductFields, UpdateProduct
from ...ports.exchange import Exchange
from .._standing import is_plain, probe_update
from .families import add_members, create_family, probe_family
from .family_reads import products_until
from .generation import ProductWrite
from .images import attach_image, probe_image, read_picture
from .product_edit import update_product
from .products import find_product, product_page, products_where
from .reading_back import Enough, Products, ReadWrite, Sought, Uploaded
from .store import StoreMemory
from .wire import Wire


@frozen(kw_only=True)
class LegacyProducts:
    """The product part of version 2026-07."""

    wire: Wire
    """Sends."""
    memory: StoreMemory
    """What is known of the store."""
    image_host: str
    """The one host that pictures are fetched from."""

    def page(self, since: str) -> Exchange[Page]:
        """One page of products, deleted ones included."""
        return product_page(self.wire, since)

    def find(self, product_id: str) -> Exchange[PosProduct | None]:
        """One product, None where there is none."""
        return find_product(self.wire, product_id)

    def perform(self, write: ProductWrite, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one write."""
        match write:
            case CreateFamily():
                return (yield from create_family(self.wire, self.memory, write, ids))
            case AddMembers():
                return (yield from add_members(self.wire, self.memory, write, ids))
            case UpdateProduct():
                return (yield from update_product(self.wire, self.memory, write, ids))
            case AttachImage():
                return (yield from attach_image(self.wire, self.image_host, write, ids))
            case _:
                assert_never(write)

    def probe(self, write: ProductWrite, ids: Ids, since: str) -> Exchange[Probed]:
        """Ask whether a write happened."""
        match write:
            case CreateFamily() | AddMembers():
                return (yield from probe_family(self.wire, write, since))
            case UpdateProduct():
                return (yield from probe_update(self.find, write, ids))
            case AttachImage():
                return (yield from probe_image(self.find, write, ids))
            case _:
                assert_never(write)

    def family_of(self, write: ReadWrite, ids: Ids) -> Exchange[Products]:
        """Every product of the family's name, which one call tells; one that was set is read by its id."""
        match write:
            case CreateFamily() | AddMembers():
                name = write.name if isinstance(write, CreateFamily) else write.family_name
                return (yield from products_where(self.wire, (("name", name),)))
            case UpdateProduct():
                found = yield from find_product(self.wire, resolve(write.product, ids))
                return (found,) if found else ()
            case _:
                assert_never(write)

    def swept(self, since: str, enough: Enough) -> Exchange[Products]:
        """Products that changed after a version."""
        return products_until(self.page, since, enough)

    def alone(self, sought: Sought) -> Exchange[Products]:
        """By its code: how the store compares names is its own affair."""
        if not sought.codes:
            return ()
        return (yield from products_where(self.wire, (("sku", sought.codes[0]),)))

    def picture(self, uploaded: Uploaded) -> Exchange[PictureStatus | None]:
        """By its id."""
        return read_picture(self.wire, uploaded.image_id)

    def calls(self, write: ProductWrite) -> int:
        """What is made is read back later; a picture is fetched first."""
        match write:
            case CreateFamily() | AddMembers():
                return 1 + self._first_look(write.members)
            case AttachImage():
                return 2
            case UpdateProduct():
                return (1 if is_plain(write.after) else 2) + self._first_look((write.after,))
            case _:
                assert_never(write)

    def _first_look(self, priced: Sequence[Member | ProductFields]) -> int:
        """One more for the tax form, where a retail price is written before it is known."""
        known = self.memory.tax_form is not None
        return 0 if known or all(each.retail_price is None for each in priced) else 1
