"""Products from version 2026-10 on, with families as a resource of their own."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from attrs import frozen

from ...errors import NotFound
from ...models.pos_product import PosProduct
from ...planning.receipt import Probed, Receipt, Rest
from ...planning.refs import Ids, resolve
from ...planning.seen import PictureStatus
from ...planning.snapshot import Page
from ...planning.write import AddMembers, AttachImage, CreateFamily, UpdateProduct
from ...ports.exchange import Exchange
from .._standing import probe_update
from .families import codes_of_member, judged, probe_family
from .family_calls import add_members, create_family, parts_of, update_product
from .family_reads import family_products, find_member, products_until, row_page, whole_rows
from .generation import ProductWrite
from .images import LEGACY, OWN, attach_image, probe_image
from .legacy_products import LegacyProducts
from .products import holders
from .reading_back import Enough, Products, ReadWrite, Sought, Uploaded
from .settings import Settings
from .store import StoreMemory
from .versions import ApiVersion
from .wire import Wire


@frozen(kw_only=True)
class FamilyProducts:
    """The product part of version 2026-10; what is unproven in it goes by 2026-07 unless a setting assumes it."""

    wire: Wire
    """Sends."""
    memory: StoreMemory
    """What is known of the store."""
    image_host: str
    """The one host that pictures are fetched from."""
    settings: Settings
    """What is assumed."""

    @property
    def _old(self) -> Wire:
        return self.wire.at(ApiVersion.V2026_07.value)

    @property
    def _legacy(self) -> LegacyProducts:
        return LegacyProducts(wire=self._old, memory=self.memory, image_host=self.image_host)

    def page(self, since: str) -> Exchange[Page]:
        """One page of products, deleted ones included."""
        return row_page(self.wire, since) if self.settings.rows_assumed else self._legacy.page(since)

    def find(self, product_id: str) -> Exchange[PosProduct | None]:
        """One product, None where there is none."""
        return (
            find_member(self.wire, product_id)
            if self.settings.rows_assumed
            else self._legacy.find(product_id)
        )

    def perform(self, write: ProductWrite, ids: Ids) -> Exchange[Receipt | Rest]:
        """Do one write."""
        match write:
            case CreateFamily():
                return (yield from create_family(self.wire, self.memory, write, ids))
            case AddMembers():
                wrapped = self.settings.members_wrapped
                return (yield from add_members(self.wire, self.memory, write, ids, wrapped=wrapped))
            case UpdateProduct():
                return (yield from update_product(self.wire, self.memory, write, ids, self.find))
            case AttachImage():
                own = self.settings.images_assumed
                wire, where = (self.wire, OWN) if own else (self._old, LEGACY)
                return (yield from attach_image(wire, self.image_host, write, ids, where))
            case _:
                assert_never(write)

    def probe(self, write: ProductWrite, ids: Ids, since: str) -> Exchange[Probed]:
        """Ask whether a write happened."""
        match write:
            case CreateFamily() | AddMembers():
                return (yield from self._probe_family(write, since))
            case UpdateProduct():
                return (yield from probe_update(self.find, write, ids))
            case AttachImage():
                return (yield from probe_image(self.find, write, ids))
            case _:
                assert_never(write)

    def _probe_family(self, write: CreateFamily | AddMembers, since: str) -> Exchange[Probed]:
        if not self.settings.rows_assumed:
            return (yield from probe_family(self._old, write, since))
        found = yield from products_until(partial(row_page, self.wire), since, partial(_all_there, write))
        return judged(write, found)

    def family_of(self, write: ReadWrite, ids: Ids) -> Exchange[Products]:
        """Every product of the family by its id; one that was set is read as any product is."""
        if isinstance(write, UpdateProduct):
            found = yield from self.find(resolve(write.product, ids))
            return (found,) if found else ()
        family = write.slot if isinstance(write, CreateFamily) else write.family
        try:
            return (yield from family_products(self.wire, resolve(family, ids)))
        except NotFound:
            return ()

    def swept(self, since: str, enough: Enough) -> Exchange[Products]:
        """Products that changed after a version; where its own rows tell only ids, none."""
        own = self.settings.rows_assumed
        return products_until(partial(whole_rows, self.wire) if own else self._legacy.page, since, enough)

    def alone(self, sought: Sought) -> Exchange[Products]:  # noqa: ARG002  # the port's signature
        """Nothing: a family tells every product it has."""
        yield from ()
        return ()

    def picture(self, uploaded: Uploaded) -> Exchange[PictureStatus | None]:
        """As before 2026-10; of one that went to its own address only the product tells, by showing it."""
        if not self.settings.images_assumed:
            return (yield from self._legacy.picture(uploaded))
        product = yield from self.find(uploaded.product_id)
        return PictureStatus.SHOWN if product and uploaded.is_shown(product) else None

    def calls(self, write: ProductWrite) -> int:
        """As before 2026-10; numbers of the store are asked for first."""
        match write:
            case CreateFamily() | AddMembers():
                return self._legacy.calls(write) + any(member.sku_from_store for member in write.members)
            case UpdateProduct():
                return self._update_calls(write)
            case AttachImage():
                return self._legacy.calls(write)
            case _:
                assert_never(write)

    def _update_calls(self, write: UpdateProduct) -> int:
        """The family is asked for before what it shares is set, by a step of its own."""
        own, shared = parts_of(write)
        return (self._legacy.calls(own) if own else 0) + (self._legacy.calls(shared) + 1 if shared else 0)


def _all_there(write: CreateFamily | AddMembers, products: tuple[PosProduct, ...]) -> bool:
    return all(holders(products, codes_of_member(member)) for member in write.members)
