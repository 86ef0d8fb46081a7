"""What the account is: settings, session, shops, price levels, attribute sets."""

from __future__ import annotations

from attrs import evolve

from ..message import Response
from .auth import rights_of
from .body import Body
from .call import Call, single
from .kind import Kind, Wire
from .records import AttributeSet, PriceLevel, Shop
from .refusal import malformed
from .text import one_or_many, stamp, truth
from .token import RIGHTS


def list_accounts(call: Call) -> Response:
    """Answer the account of the token, always a single one."""
    account = call.state.account
    link = {"@attributes": {"href": f"/API/V3/Account/{account.id}"}}
    return single("Account", {"accountID": account.id, "name": account.name, "link": link})


def get_account(call: Call) -> Response:
    """Answer the settings of the account, without the usual wrapping."""
    account = call.state.account
    own = {"code": account.currency, "symbol": account.symbol}
    rates = {account.currency: "1", **account.rates}
    others = [{"code": code, "symbol": "$", "rate": rate} for code, rate in rates.items()]
    return Response.json(
        {
            "@attributes": {"systemCustomerID": account.id},
            "status": "customer",
            "name": account.name,
            "employeeCount": "1",
            "employeeLimit": "30",
            "uniqueSubscriptionIdentifier": "SANDBOX",
            "defaultCurrency": own,
            "purchasingCurrencies": {"purchasingCurrency": one_or_many(others)},
        }
    )


def session(call: Call) -> Response:
    """Answer who the token acts for and what that person may do."""
    state = call.state
    held = rights_of(state, call.token) if call.switches.session_cut else state.rights
    return Response.json(
        {
            "sessionID": "",
            "sessionCookie": "PHPSESSID=; path=/",
            "employeeID": "1",
            "systemCustomerID": state.account.id,
            "systemUserID": "1",
            "systemAPIClientID": "1",
            "systemAPIKeyID": "1",
            "ecomUrl": "",
            "shopCount": str(sum(not shop.archived for shop in state.shops)),
            "Employee": {"employeeID": "1", "firstName": "Sample", "lastName": "Owner"},
            "Rights": {right: truth(right in held) for right in RIGHTS},
        }
    )


def shop_wire(call: Call, shop: Shop) -> Wire:
    """Write a shop."""
    return {
        "shopID": str(shop.id),
        "name": shop.name,
        "serviceRate": "0",
        "timeZone": shop.time_zone,
        "taxLabor": "false",
        "labelTitle": "Shop Name",
        "labelMsrp": "false",
        "archived": truth(shop.archived),
        "timeStamp": stamp(shop.time_stamp),
        "companyRegistrationNumber": "",
        "vatNumber": "",
        "zebraBrowserPrint": "false",
        "contactID": str(shop.id),
        "taxCategoryID": "0",
        "receiptSetupID": str(shop.id),
        "ccGatewayID": "0",
        "gatewayConfigID": "",
        "priceLevelID": "1",
    }


SHOP: Kind[Shop] = Kind(
    entity="Shop",
    key="shopID",
    shelf=lambda state: state.shops,
    wire=shop_wire,
    sortable=("timeStamp",),
    fields=frozenset({"shopID", "name", "timeZone", "archived", "timeStamp", "priceLevelID"}),
)
"""Shops."""


def price_level_wire(call: Call, level: PriceLevel) -> Wire:
    """Write a price level."""
    return {
        "priceLevelID": str(level.id),
        "name": level.name,
        "archived": truth(level.archived),
        "canBeArchived": truth(not level.fixed),
        "type": "fixed",
        "Calculation": "",
    }


PRICE_LEVEL: Kind[PriceLevel] = Kind(
    entity="PriceLevel",
    key="priceLevelID",
    shelf=lambda state: state.price_levels,
    wire=price_level_wire,
    fields=frozenset({"priceLevelID", "name", "archived", "canBeArchived", "type"}),
)
"""Price levels."""


def set_wire(call: Call, made: AttributeSet) -> Wire:
    """Write an attribute set."""
    first, second, third = made.names
    return {
        "itemAttributeSetID": str(made.id),
        "name": made.name,
        "attributeName1": first,
        "attributeName2": second,
        "attributeName3": third,
        "system": truth(made.system),
        "archived": truth(made.archived),
    }


ATTRIBUTE_SET: Kind[AttributeSet] = Kind(
    entity="ItemAttributeSet",
    key="itemAttributeSetID",
    shelf=lambda state: state.sets,
    wire=set_wire,
    fields=frozenset(
        [
            "itemAttributeSetID",
            "name",
            "attributeName1",
            "attributeName2",
            "attributeName3",
            "system",
            "archived",
        ]
    ),
)
"""Attribute sets."""


def create_set(call: Call) -> Response:
    """Make an attribute set, where the account allows it."""
    return _put_set(call, AttributeSet(id=0, name="", names=("", "", "")))


def update_set(call: Call) -> Response:
    """Change an own attribute set; built-in ones stay as they are."""
    old = call.one(call.state.sets)
    if old.system:
        raise malformed("A system ItemAttributeSet can not be changed.")
    return _put_set(call, old)


def _put_set(call: Call, old: AttributeSet) -> Response:
    if not call.switches.sets_writable:
        raise malformed("ItemAttributeSet can not be written.")
    body = call.body()
    made = evolve(
        old,
        name=call.line(body, "name", old.name),
        names=_names(body, old.names),
        archived=body.flag("archived", old.archived),
    )
    if not made.name.strip():
        raise malformed("name cannot be blank.")
    call.note_ignored(body)
    shelf = call.state.sets
    return single("ItemAttributeSet", set_wire(call, shelf.put(evolve(made, id=old.id or shelf.new_id()))))


def _names(body: Body, old: tuple[str, str, str]) -> tuple[str, str, str]:
    return (
        body.text("attributeName1", old[0]),
        body.text("attributeName2", old[1]),
        body.text("attributeName3", old[2]),
    )
