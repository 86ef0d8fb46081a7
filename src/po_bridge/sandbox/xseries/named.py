"""Suppliers, brands, tags and variant attributes: the lists of named things."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from operator import attrgetter
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from ..message import Response
from .body import Check, members, nullable, number, text, word
from .call import Call, data, stamp
from .product import Product
from .records import Attribute, Brand, Supplier, Tag
from .refusal import malformed, rejected
from .shelf import Shelf
from .state import State, folded

N = TypeVar("N", Supplier, Brand, Tag, Attribute)

NEEDS_CONTACT = "2026-07"
"""The version from which the schema of a supplier inherits `contact` as required."""
_CONTACT = members(
    optional=dict.fromkeys(
        [
            *[
                "first_name",
                "last_name",
                "company_name",
                "phone",
                "mobile",
                "fax",
                "email",
                "twitter",
                "website",
            ],
            *(
                f"{kind}_{part}"
                for kind in ("postal", "physical")
                for part in ["address1", "address2", "suburb", "city", "postcode", "state", "country_id"]
            ),
        ],
        nullable(text),
    )
)
SUPPLIER = members(
    {"name": word},
    {"description": nullable(text), "default_markup": number, "contact": nullable(_CONTACT)},
)
"""Body of a supplier."""
BRAND = members({"name": word}, {"description": text})
"""Body of a brand."""
NAME = members({"name": word})
"""Body of a tag or a variant attribute."""


def supplier_wire(supplier: Supplier) -> dict[str, Any]:
    """Write a supplier."""
    contact = {"company_name": supplier.name, **supplier.contact}
    return {
        "id": supplier.id,
        "name": supplier.name,
        "source": supplier.source,
        "description": supplier.description,
        "default_markup": supplier.default_markup,
        "contact": contact,
        "deleted_at": stamp(supplier.deleted_at),
        "version": supplier.version,
    }


def brand_wire(brand: Brand) -> dict[str, Any]:
    """Write a brand."""
    return {
        "id": brand.id,
        "name": brand.name,
        "description": brand.description,
        "deleted_at": stamp(brand.deleted_at),
        "version": brand.version,
    }


def tag_wire(tag: Tag) -> dict[str, Any]:
    """Write a tag."""
    return {"id": tag.id, "name": tag.name, "deleted_at": stamp(tag.deleted_at), "version": tag.version}


def attribute_wire(attribute: Attribute) -> dict[str, Any]:
    """Write a variant attribute."""
    return {
        "id": attribute.id,
        "name": attribute.name,
        "created_at": stamp(attribute.created_at),
        "updated_at": stamp(attribute.updated_at),
        "deleted_at": stamp(attribute.deleted_at),
        "version": attribute.version,
    }


@frozen(kw_only=True)
class Kind(Generic[N]):
    """One of the lists, and what sets it apart."""

    noun: str
    """For messages."""
    shelf: Callable[[State], Shelf[N]]
    """Where its records are."""
    wire: Callable[[N], dict[str, Any]]
    """Writes a record."""
    check: Check
    """Body of a create or update."""
    make: Callable[..., N]
    """Makes a record from id, version and the members of the body."""
    detach: Callable[[Product, str], Product]
    """Takes a deleted record off a product."""


def _without_supplier(product: Product, gone: str) -> Product:
    return evolve(product, sourcing=tuple(each for each in product.sourcing if each.supplier_id != gone))


def _without_brand(product: Product, gone: str) -> Product:
    return evolve(product, brand_id=None) if product.brand_id == gone else product


def _without_tag(product: Product, gone: str) -> Product:
    return evolve(product, tag_ids=tuple(tag for tag in product.tag_ids if tag != gone))


SUPPLIERS = Kind(
    noun="supplier",
    shelf=attrgetter("suppliers"),
    wire=supplier_wire,
    check=SUPPLIER,
    make=Supplier,
    detach=_without_supplier,
)
"""Suppliers."""
BRANDS = Kind(
    noun="brand", shelf=attrgetter("brands"), wire=brand_wire, check=BRAND, make=Brand, detach=_without_brand
)
"""Brands."""
TAGS = Kind(noun="tag", shelf=attrgetter("tags"), wire=tag_wire, check=NAME, make=Tag, detach=_without_tag)
"""Tags."""


def list_kind(kind: Kind[N], call: Call) -> Response:
    """Answer a page."""
    everything = call.flag("deleted")
    return call.page(
        kind.shelf(call.state), kind.wire, lambda record: everything or record.deleted_at is None
    )


def get_kind(kind: Kind[N], call: Call) -> Response:
    """Answer one record; deleted ones are 404."""
    return data(kind.wire(call.one(kind.shelf(call.state), kind.noun)))


def create_kind(kind: Kind[N], call: Call) -> Response:
    """Make a record and answer its id, nothing else."""
    body = _body(kind, call)
    if call.switches.names_unique:
        _free_name(kind.shelf(call.state), body["name"])
    record = kind.make(id=call.state.new_id(), version=call.state.new_version(), **body)
    return data(kind.shelf(call.state).put(record).id)


def update_kind(kind: Kind[N], call: Call) -> Response:
    """Change a record; suppliers answer their id without an envelope."""
    record = call.one(kind.shelf(call.state), kind.noun)
    body = _body(kind, call)
    if call.switches.names_unique:
        _free_name(kind.shelf(call.state), body["name"], record.id)
    kind.shelf(call.state).put(evolve(record, version=call.state.new_version(), **body))
    return Response.json({"id": record.id} if kind.noun == "supplier" else {"data": {"id": record.id}})


def delete_kind(kind: Kind[N], call: Call) -> Response:
    """Delete a record; a job, done at once, takes it off its products."""
    record = call.one(kind.shelf(call.state), kind.noun)
    state = call.state
    kind.shelf(state).put(evolve(record, version=state.new_version(), deleted_at=call.now))
    for product in state.products.all_live():
        if kind.detach(product, record.id) != product:
            state.touch(kind.detach(product, record.id), call.now)
    return data({"id": record.id, "job_id": state.new_id()})


def _body(kind: Kind[N], call: Call) -> dict[str, Any]:
    body: dict[str, Any] = dict(call.read(kind.check))
    if kind.noun != "supplier":
        return body
    dated = call.version >= NEEDS_CONTACT
    if call.switches.contact_required and dated and call.request.method == "POST" and "contact" not in body:
        raise malformed("body.contact is required")
    body["contact"] = body.get("contact") or {}
    return body


def _free_name(shelf: Shelf[N], name: str, own: str = "") -> None:
    if any(folded(each.name) == folded(name) and each.id != own for each in shelf.all_live()):
        raise rejected(f"the name {name!r} is taken")


def list_attributes(call: Call) -> Response:
    """Answer all variant attributes; this list has no pages."""
    shelf = call.state.attributes
    rows = shelf.by_id.values() if call.flag("deleted") else shelf.all_live()
    return data([attribute_wire(row) for row in rows])


def get_attribute(call: Call) -> Response:
    """Answer one variant attribute."""
    return data(attribute_wire(call.one(call.state.attributes, "variant attribute")))


def create_attribute(call: Call) -> Response:
    """Make a variant attribute; 422 when the name is taken, letter case aside."""
    name = call.read(NAME)["name"]
    _free_name(call.state.attributes, name)
    attribute = Attribute(
        id=call.state.new_id(),
        version=call.state.new_version(),
        name=name,
        created_at=call.now,
        updated_at=call.now,
    )
    return data(attribute_wire(call.state.attributes.put(attribute)), HTTPStatus.CREATED)


def update_attribute(call: Call) -> Response:
    """Rename a variant attribute."""
    attribute = call.one(call.state.attributes, "variant attribute")
    name = call.read(NAME)["name"]
    _free_name(call.state.attributes, name, attribute.id)
    changed = evolve(attribute, name=name, version=call.state.new_version(), updated_at=call.now)
    return data(attribute_wire(call.state.attributes.put(changed)))


def delete_attribute(call: Call) -> Response:
    """Delete a variant attribute; 422 while a product uses it."""
    attribute = call.one(call.state.attributes, "variant attribute")
    options = (option for product in call.state.products.all_live() for option in product.options)
    if any(option.attribute_id == attribute.id for option in options):
        raise rejected("the attribute is in use")
    gone = evolve(attribute, version=call.state.new_version(), deleted_at=call.now)
    call.state.attributes.put(gone)
    return Response(status=HTTPStatus.NO_CONTENT)
