"""What the store is: retailer, outlets, registers, taxes, users. Read only."""

from __future__ import annotations

from typing import Any

from ..message import Response
from .call import Call, data, stamp
from .records import Outlet, Register, Tax, User


def retailer(call: Call) -> Response:
    """Answer the store's settings."""
    store = call.state.retailer
    return data(
        {
            "id": store.id,
            "domain_prefix": store.domain_prefix,
            "name": store.name,
            "account_type": "plus",
            "sku_sequence": {"enabled": store.sku_sequence, "value": call.state.next_sku},
            "tax_exclusive": store.tax_exclusive,
            "country": store.country,
            "currency": {"code": store.currency, "symbol": "$"},
            "no_tax_group_id": "b1cecdf6-f019-11e3-a0f5-b8ca3a64f8f4",
        }
    )


def _outlet_attributes(outlet: Outlet) -> list[dict[str, str]]:
    if not outlet.reference_prefix:
        return []
    return [
        {"key": "order_reference", "value": str(outlet.reference_next)},
        {"key": "order_reference_prefix", "value": outlet.reference_prefix},
    ]


def outlet_wire(call: Call, outlet: Outlet) -> dict[str, Any]:
    """Write an outlet."""
    return {
        "id": outlet.id,
        "name": outlet.name,
        "default_tax_id": outlet.tax_id,
        "currency": outlet.currency,
        "currency_symbol": "$",
        "display_prices": "exclusive" if call.state.retailer.tax_exclusive else "inclusive",
        "time_zone": outlet.time_zone,
        "physical_address_1": "",
        "physical_address_2": "",
        "physical_suburb": "",
        "physical_city": outlet.city,
        "physical_postcode": "",
        "physical_state": "",
        "physical_country_id": outlet.country,
        "deleted_at": stamp(outlet.deleted_at),
        "version": outlet.version,
        "attributes": _outlet_attributes(outlet),
    }


def list_outlets(call: Call) -> Response:
    """Answer a page of outlets."""
    everything = call.flag("deleted")
    return call.page(
        call.state.outlets,
        lambda outlet: outlet_wire(call, outlet),
        lambda outlet: everything or outlet.deleted_at is None,
    )


def get_outlet(call: Call) -> Response:
    """Answer one outlet."""
    return data(outlet_wire(call, call.one(call.state.outlets, "outlet")))


def register_wire(register: Register) -> dict[str, Any]:
    """Write a register."""
    return {
        "id": register.id,
        "name": register.name,
        "outlet_id": register.outlet_id,
        "deleted_at": stamp(register.deleted_at),
        "version": register.version,
    }


def list_registers(call: Call) -> Response:
    """Answer a page of registers, deleted ones among them: whoever counts has to leave those out."""
    return call.page(call.state.registers, register_wire, lambda register: True)


def get_register(call: Call) -> Response:
    """Answer one register."""
    return data(register_wire(call.one(call.state.registers, "register")))


def tax_wire(tax: Tax) -> dict[str, Any]:
    """Write a tax."""
    rate = {"id": tax.id, "name": tax.name, "rate": tax.rate, "display_name": tax.name}
    return {
        "id": tax.id,
        "name": tax.name,
        "version": tax.version,
        "rates": [rate],
        "is_default": tax.is_default,
        "display_name": tax.name,
        "deleted_at": stamp(tax.deleted_at),
    }


def list_taxes(call: Call) -> Response:
    """Answer a page of taxes."""
    return call.page(call.state.taxes, tax_wire)


def user_wire(user: User) -> dict[str, Any]:
    """Write a user."""
    return {
        "id": user.id,
        "username": user.username,
        "display_name": user.display_name,
        "email": f"{user.username}@example.com",
        "account_type": "admin",
        "restricted_outlet_ids": [],
        "is_primary_user": True,
        "created_at": stamp(user.created_at),
        "updated_at": stamp(user.created_at),
        "deleted_at": stamp(user.deleted_at),
        "version": user.version,
    }


def list_users(call: Call) -> Response:
    """Answer a page of users."""
    return call.page(call.state.users, user_wire)


def current_user(call: Call) -> Response:
    """Answer the token's user, in a list, as the example has it."""
    return data([user_wire(user) for user in call.state.users.all_live()[:1]])
