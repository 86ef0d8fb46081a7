"""Vendors, brands and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from ..message import Response
from .body import Body
from .call import Call, single
from .kind import Kind, Relation, Wire
from .records import Manufacturer, Tag, Vendor
from .refusal import malformed
from .state import State
from .text import one_or_many, stamp, truth

_CONTACTS = {
    "Addresses": "ContactAddress",
    "Phones": "ContactPhone",
    "Emails": "ContactEmail",
    "Websites": "ContactWebsite",
}
_CONTACT_FLAGS = ("noEmail", "noPhone", "noMail")


def vendor_wire(call: Call, vendor: Vendor) -> Wire:
    """Write a vendor."""
    wire: Wire = {
        "vendorID": str(vendor.id),
        "name": vendor.name,
        "archived": truth(vendor.archived),
        "accountNumber": vendor.account_number,
        "priceLevel": vendor.price_level,
        "updatePrice": truth(vendor.update_price),
        "updateCost": truth(vendor.update_cost),
        "updateDescription": truth(vendor.update_description),
        "shareSellThrough": truth(vendor.share_sell_through),
        "timeStamp": stamp(vendor.time_stamp),
        "b2bSellerUID": vendor.b2b_seller_uid,
    }
    if vendor.currency:
        rate = call.state.account.rates.get(vendor.currency, "1")
        wire["purchasingCurrency"] = {"code": vendor.currency, "symbol": "$", "rate": rate}
    return wire


def contact_wire(contact: Mapping[str, Any], moment: str) -> Wire:
    """Write what is known of a contact; empty collections are empty texts."""
    flags = {name: contact.get(name, "false") for name in _CONTACT_FLAGS}
    lists = {name: contact.get(name, "") for name in _CONTACTS}
    return {"custom": contact.get("custom", ""), **flags, **lists, "timeStamp": moment}


VENDOR: Kind[Vendor] = Kind(
    entity="Vendor",
    key="vendorID",
    shelf=lambda state: state.vendors,
    wire=vendor_wire,
    relations={
        "Contact": Relation[Vendor](
            load=lambda call, vendor, below: contact_wire(vendor.contact, stamp(vendor.time_stamp))
        ),
        "Reps": Relation[Vendor](load=lambda call, vendor, below: vendor.reps or None),
    },
    sortable=("timeStamp", "name"),
    fields=frozenset(
        [
            "vendorID",
            "name",
            "archived",
            "accountNumber",
            "priceLevel",
            "updatePrice",
            "updateCost",
            "updateDescription",
            "shareSellThrough",
            "timeStamp",
            "b2bSellerUID",
        ]
    ),
)
"""Vendors."""


def create_vendor(call: Call) -> Response:
    """Make a vendor; it needs a name."""
    body = call.body()
    vendor = Vendor(id=0, name="", time_stamp=call.now)
    made = evolve(_vendor(call, body, vendor), id=call.state.vendors.new_id())
    call.note_ignored(body)
    return single("Vendor", vendor_wire(call, call.state.vendors.put(made)))


def update_vendor(call: Call) -> Response:
    """Change the named fields of a vendor."""
    body, vendor = call.body(), call.one(call.state.vendors)
    changed = call.state.vendors.put(_vendor(call, body, vendor))
    call.note_ignored(body)
    wire = vendor_wire(call, changed)
    if call.switches.vendor_name_hidden and "name" not in body:
        del wire["name"]
    return single("Vendor", wire)


def archive_vendor(call: Call) -> Response:
    """Put a vendor away."""
    vendor = evolve(call.one(call.state.vendors), archived=True, time_stamp=call.now)
    return single("Vendor", vendor_wire(call, call.state.vendors.put(vendor)))


def _vendor(call: Call, body: Body, old: Vendor) -> Vendor:
    name = call.line(body, "name", old.name)
    _check_name(call, name, (each for each in call.state.vendors if not each.archived), old.id)
    contact = body.part("Contact")
    return evolve(
        old,
        name=name,
        account_number=call.line(body, "accountNumber", old.account_number),
        price_level=body.text("priceLevel", old.price_level),
        update_price=body.flag("updatePrice", old.update_price),
        update_cost=body.flag("updateCost", old.update_cost),
        update_description=body.flag("updateDescription", old.update_description),
        share_sell_through=body.flag("shareSellThrough", old.share_sell_through),
        b2b_seller_uid=body.text("b2bSellerUID", old.b2b_seller_uid),
        contact=_contact(contact, old.contact) if contact is not None else old.contact,
        reps=body.raw("Reps") if "Reps" in body else old.reps,
        time_stamp=call.now,
    )


def _contact(body: Body, old: Mapping[str, Any]) -> Mapping[str, Any]:
    changed = dict(old)
    if "custom" in body:
        changed["custom"] = body.text("custom")
    for name in _CONTACT_FLAGS:
        if name in body:
            changed[name] = truth(body.flag(name))
    for wrapper, entity in _CONTACTS.items():
        rows = body.parts(wrapper, entity)
        if rows is not None:
            written = [{name: row.text(name) for name in row.members} for row in rows]
            changed[wrapper] = {entity: one_or_many(written)} if written else ""
    return changed


def _check_name(call: Call, name: str, others: Iterable[Vendor | Manufacturer], own: int) -> None:
    if not name.strip():
        raise malformed("name cannot be blank.")
    if call.switches.names_unique and any(
        each.name.casefold() == name.casefold() and each.id != own for each in others
    ):
        raise malformed(f"name {name!r} already exists.")


def manufacturer_wire(call: Call, maker: Manufacturer) -> Wire:
    """Write a brand."""
    return {
        "manufacturerID": str(maker.id),
        "name": maker.name,
        "createTime": stamp(maker.create_time),
        "timeStamp": stamp(maker.time_stamp),
    }


MANUFACTURER: Kind[Manufacturer] = Kind(
    entity="Manufacturer",
    key="manufacturerID",
    shelf=lambda state: state.manufacturers,
    wire=manufacturer_wire,
    sortable=("timeStamp", "name"),
    fields=frozenset({"manufacturerID", "name", "createTime", "timeStamp"}),
)
"""Brands."""


def create_manufacturer(call: Call) -> Response:
    """Make a brand."""
    fresh = Manufacturer(id=0, name="", create_time=call.now, time_stamp=call.now)
    return _put_manufacturer(call, fresh)


def update_manufacturer(call: Call) -> Response:
    """Rename a brand."""
    return _put_manufacturer(call, call.one(call.state.manufacturers))


def _put_manufacturer(call: Call, old: Manufacturer) -> Response:
    body, shelf = call.body(), call.state.manufacturers
    name = call.line(body, "name", old.name)
    _check_name(call, name, shelf, old.id)
    maker = evolve(old, id=old.id or shelf.new_id(), name=name, time_stamp=call.now)
    call.note_ignored(body)
    return single("Manufacturer", manufacturer_wire(call, shelf.put(maker)))


def normal_tag(name: str) -> str:
    """Give a tag as it is stored: lower case, no blanks."""
    return "".join(name.lower().split())


def tag_wire(call: Call, tag: Tag) -> Wire:
    """Write a tag."""
    return {"tagID": str(tag.id), "name": tag.name}


TAG: Kind[Tag] = Kind(
    entity="Tag",
    key="tagID",
    shelf=lambda state: state.tags,
    wire=tag_wire,
    sortable=("name",),
    fields=frozenset({"tagID", "name"}),
)
"""Tags."""


def known_tag(state: State, name: str) -> Tag:
    """Give the tag of that name, made when it is new."""
    normal = normal_tag(name)
    known = next((tag for tag in state.tags if tag.name == normal), None)
    return known or state.tags.put(Tag(id=state.tags.new_id(), name=normal))


def create_tag(call: Call) -> Response:
    """Make a tag, or give the one that bears the name."""
    body = call.body()
    name = body.text("name")
    if not normal_tag(name):
        raise malformed("name cannot be blank.")
    return single("Tag", tag_wire(call, known_tag(call.state, name)))


def update_tag(call: Call) -> Response:
    """Rename a tag, on everything that bears it."""
    tag = call.one(call.state.tags)
    renamed = evolve(tag, name=normal_tag(call.body().text("name", tag.name)))
    if not renamed.name:
        raise malformed("name cannot be blank.")
    _retag(call.state, tag.name, (renamed.name,))
    return single("Tag", tag_wire(call, call.state.tags.put(renamed)))


def delete_tag(call: Call) -> Response:
    """Remove a tag for good, from everything that bears it."""
    tag = call.one(call.state.tags)
    _retag(call.state, tag.name, ())
    call.state.tags.drop(tag.id)
    return single("Tag", tag_wire(call, tag))


def _retag(state: State, old: str, new: tuple[str, ...]) -> None:
    for item in [each for each in state.items if old in each.tags]:
        state.put_item(evolve(item, tags=(*(tag for tag in item.tags if tag != old), *new)))
    for matrix in [each for each in state.matrices if old in each.tags]:
        state.matrices.put(evolve(matrix, tags=(*(tag for tag in matrix.tags if tag != old), *new)))
