"""Records as the cache keeps them: canonical bytes, packed against a sample of their kind.

Records of one kind share nearly all their keys, so a packed one takes a quarter of its bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, Final, TypeVar

from ..matching.keys_of import product_keys
from ..models.named_record import NamedRecord
from ..models.origin import Origin
from ..models.pos_product import CodeKind, OptionValue, PosImage, PosProduct, ProductCode, ProductSupplier
from ..models.purchase_order import PurchaseLine, PurchaseOrder
from ..models.store import Outlet, StoreFacts, TaxForm
from ..models.style_document import StyleDocument, StyleSize
from ..planning.canonical import read_value, write_value
from ..ports.allowance import Allowance
from ..ports.level import Level

T = TypeVar("T")

_RAW: Final = -zlib.MAX_WBITS
"""Without header and check sum: SQLite tells a damaged page, and half of the header would be the same everywhere."""
_QUICK: Final = 1
_PARSED: Final = 8192
"""Products kept parsed: a review and its plan ask for the same ones several times."""

_PRICE: Final = Decimal("19.95000")
_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ORIGIN: Final = Origin(system="system", record="record", revision="27561000000")

_SAMPLES: Final = (
    PosProduct(
        id="0f3c1a52-77aa-11ee-f2d1-00000000a001",
        family_id="0f3c1a52-77aa-11ee-f2d1-00000000a002",
        name="Harbour Tee",
        variant_name="Harbour Tee / Navy / M",
        description="<p>Organic cotton.</p>",
        sku="072314100158",
        codes=(
            ProductCode(kind=CodeKind.UPC, text="072314100158"),
            ProductCode(kind=CodeKind.EAN, text="4006381333931"),
            ProductCode(kind=CodeKind.CUSTOM, text="HT100-NAVY-M"),
        ),
        suppliers=(ProductSupplier(supplier_id="supplier", code="HT100-NAVY-M", price=_PRICE),),
        brand_id="brand",
        tag_ids=("tag",),
        options=(
            OptionValue(name="Colour", value="Navy", option_id="colour"),
            OptionValue(name="Size", value="M", option_id="size"),
        ),
        supply_price=_PRICE,
        retail_price=_PRICE,
        images=(PosImage(image_id="image", address="https://example.com/images/product/original/.jpg"),),
        origin=_ORIGIN,
    ),
    NamedRecord(id="id", name="name", origin=_ORIGIN),
    PurchaseOrder(
        id="id",
        number="131803493",
        note="Synced",
        supplier_id="supplier",
        outlet_id="outlet",
        created_at=_AT,
        due_at=_AT,
        lines=(PurchaseLine(product_id="id", count=_PRICE, received=_PRICE, cost=_PRICE, line_id="line"),),
        origin=_ORIGIN,
    ),
    StoreFacts(
        store="store",
        tax_form=TaxForm.EXCLUSIVE,
        currency="USD",
        outlets=(Outlet(id="id", name="Main", zone="America/New_York", currency="USD"),),
    ),
    StyleDocument(
        portal="portal",
        style_id="id",
        sizes=(StyleSize(size="M", upc="072314100158", units_per_pack=Decimal(1), retail={"USD": _PRICE}),),
        retail={"USD": _PRICE},
        wholesale={"USD": _PRICE},
        images=("https://example.com/.jpg",),
        origin=_ORIGIN,
    ),
    Allowance(limit=350),
    Level(size=90.0, drip=1.0, burst=20),
)


@cache
def _sample(kind: type) -> bytes:
    return write_value(next(sample for sample in _SAMPLES if type(sample) is kind))


def form(statements: Iterable[str]) -> str:
    """Name the way records and keys are written into tables; another name means that a file is made anew."""
    parts = [*statements, *(str(write_value(sample)) for sample in _SAMPLES), str(product_keys(_SAMPLES[0]))]
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def pack(record: Any) -> bytes:
    """Write a record; equal records give equal bytes."""
    return pack_bytes(write_value(record), type(record))


def pack_bytes(data: bytes, kind: type) -> bytes:
    """Pack bytes against the sample of a kind."""
    packer = zlib.compressobj(
        _QUICK, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, _sample(kind)
    )
    return packer.compress(data) + packer.flush()


def unpack(data: bytes, kind: type[T]) -> T:
    """Read what ``pack`` wrote; raises zlib.error or BadDocument where it did not."""
    return read_value(unpack_bytes(data, kind), kind)


def unpack_bytes(data: bytes, kind: type) -> bytes:
    """Unpack what ``pack_bytes`` packed; raises zlib.error."""
    unpacker = zlib.decompressobj(_RAW, _sample(kind))
    return unpacker.decompress(data) + unpacker.flush()


@lru_cache(_PARSED)
def unpack_product(data: bytes) -> PosProduct:
    """Read a product, once for equal bytes."""
    return unpack(data, PosProduct)
