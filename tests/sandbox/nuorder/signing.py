"""A caller that signs with oauthlib or by the vendor's sample, and a small brand to call."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from attrs import define, evolve
from oauthlib.oauth1 import Client

from po_bridge.sandbox.message import Dropped, Request, Response
from po_bridge.sandbox.nuorder import Credential, NuOrderSandbox, Portal, Side, Switches

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
NONCES = count(1)
HOST = "http://127.0.0.1:8080"

SHOP = Credential(
    consumer_key="SHOPKEY", consumer_secret="SHOPSECRET", token="SHOPTOKEN", token_secret="SHOPTOKENSECRET"
)
REP = Credential(
    consumer_key="REPKEY",
    consumer_secret="REPSECRET",
    side=Side.BRAND,
    token="REPTOKEN",
    token_secret="REPTOKENSECRET",
)
FRESH = Credential(consumer_key="FRESHKEY", consumer_secret="FRESHSECRET")
OTHER = Credential(
    consumer_key="OTHERKEY", consumer_secret="OTHERSECRET", token="OTHERTOKEN", token_secret="O"
)
PORTALS = (
    Portal(name="Alpha", credentials=(SHOP, REP, FRESH)),
    Portal(name="Beta", credentials=(OTHER,)),
)


@define
class Hands:
    """A clock whose hands are moved by the test."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now

    def wait(self, **span: float) -> None:
        """Move the hands."""
        self.now += timedelta(**span)


@define
class Caller:
    """Signs and sends as one credential."""

    sandbox: NuOrderSandbox
    credential: Credential = SHOP
    scheme: str = "standard"
    host: str = HOST
    verifier: str = ""
    callback: str = ""

    def signed(self, method: str, path: str, **request: Any) -> Request:
        """Make a signed request; `stamp` and `nonce` may be given."""
        stamp = request.pop("stamp", None) or str(int(self.sandbox.clock().timestamp()))
        nonce = request.pop("nonce", None) or f"{next(NONCES):016x}"
        address = path if path.startswith("http") else self.host + path
        sign = self._standard if self.scheme == "standard" else self._vendor
        headers = {"authorization": sign(method, address, stamp, nonce), **request.pop("headers", {})}
        return Request(method=method, address=address, headers=headers, **request)

    def send(self, method: str, path: str, body: object = None, **request: Any) -> Response:
        """Send a signed request and expect an answer."""
        content = b"" if body is None else json.dumps(body).encode()
        return answered(self.sandbox, self.signed(method, path, body=content, **request))

    def get(self, path: str, **request: Any) -> Response:
        """Read."""
        return self.send("GET", path, **request)

    def read(self, path: str) -> Any:
        """Read JSON that must be there."""
        response = self.get(path)
        assert response.status == 200, response
        return response.read_json()

    def _standard(self, method: str, address: str, stamp: str, nonce: str) -> str:
        client = Client(
            self.credential.consumer_key,
            client_secret=self.credential.consumer_secret,
            resource_owner_key=self.credential.token or None,
            resource_owner_secret=self.credential.token_secret or None,
            callback_uri=self.callback or None,
            verifier=self.verifier or None,
            nonce=nonce,
            timestamp=stamp,
        )
        _, headers, _ = client.sign(address, http_method=cast("Any", method))
        return str(headers["Authorization"])

    def _vendor(self, method: str, address: str, stamp: str, nonce: str) -> str:
        own = self.credential
        text = (
            f"{method}{address}?oauth_consumer_key={own.consumer_key}&oauth_token={own.token}"
            f"&oauth_timestamp={stamp}&oauth_nonce={nonce}&oauth_version=1.0"
            "&oauth_signature_method=HMAC-SHA1"
        )
        text += f"&oauth_verifier={self.verifier}" if self.verifier else ""
        text += f"&oauth_callback={self.callback}" if self.callback else ""
        key = f"{own.consumer_secret}&{own.token_secret}".encode()
        pairs = {
            "oauth_consumer_key": own.consumer_key,
            "oauth_timestamp": stamp,
            "oauth_nonce": nonce,
            "oauth_version": "1.0",
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_token": own.token,
            "oauth_signature": hmac.new(key, text.encode(), hashlib.sha1).hexdigest(),
        }
        if self.callback:
            pairs |= {"oauth_callback": self.callback, "application_name": "Corner Shop"}
        if self.verifier:
            pairs["oauth_verifier"] = self.verifier
        return "OAuth " + ",".join(f'{name}="{value}"' for name, value in pairs.items())


def answered(sandbox: NuOrderSandbox, request: Request) -> Response:
    """Send a request and expect an answer, not a lost connection."""
    answer = sandbox.handle(request)
    assert not isinstance(answer, Dropped)
    return answer


def message(response: Response) -> tuple[int, str]:
    """Give the status of an error and the text in its body, which must repeat the status."""
    body = response.read_json()
    assert body["code"] == response.status
    return response.status, body["message"]


def brand(hands: Hands | None = None, **switches: Any) -> NuOrderSandbox:
    """Make two portals; the first has three styles, a company and two orders."""
    sandbox = NuOrderSandbox(clock=hands or Hands(), portals=PORTALS, switches=Switches(**switches))
    for style in STYLES:
        sandbox.add_style(style)
    sandbox.add_company(COMPANY)
    sandbox.add_order(order())
    sandbox.add_order(order("a2", order_number="101-2", status="processed", created_on=at("2027-01-20")))
    return sandbox


def at(day: str) -> str:
    """Write midnight of a day as the vendor does."""
    return f"{day}T00:00:00.000Z"


def _size(size: str, quantity: int, price: float, **more: Any) -> dict[str, Any]:
    return {
        "size": size,
        "quantity": quantity,
        "price": price,
        "price_precise": str(price),
        "original_price": price,
        "retail": price * 2,
        "units_per_pack": 1,
        "discounts": {"total_discount": 0, "_id": f"d{size}", "applied": []},
        **more,
    }


def _line(key: str, product: Mapping[str, Any], sizes: list[dict[str, Any]]) -> dict[str, Any]:
    total = sum(size["quantity"] * size["price"] for size in sizes)
    return {
        "id": key,
        "product": dict(product),
        "ship_start": at("2027-03-01"),
        "ship_end": at("2027-03-31"),
        "original_total": f"{total:g}",
        "effective_subtotal": f"{total:g}",
        "discounted_total": f"{total:g}",
        "sizes": sizes,
        "warehouse": "default",
        "prebook": False,
    }


TEE = {
    "_id": "e1",
    "style_number": "TEE-1",
    "color": "Navy",
    "color_code": "410",
    "brand_id": "tee-1_nvy",
    "season": "SS27",
    "department": "Mens",
    "division": "Core",
}
CAP = {"_id": "e2", "style_number": "CAP-1", "color": "Red", "color_code": "", "season": "SS27"}
SOCK = {"_id": "e3", "style_number": "SOCK-1", "color": "Grey", "color_code": "", "season": "FW27"}


def _style(
    product: Mapping[str, Any], wholesale: float, sizes: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    return {
        **product,
        "name": f"style {product['style_number']}".lower(),
        "pricing": {"USD": {"wholesale": wholesale, "retail": wholesale * 2, "disabled": False}},
        "sizes": sizes,
        "images": [],
        "created_on": at("2026-11-02"),
        "modified_on": at("2026-12-01"),
        **more,
    }


STYLES = (
    _style(
        TEE, 12.5, [{"size": "S", "upc": "614141000012"}, {"size": "M", "upc": "614141000029"}, {"size": "L"}]
    ),
    _style(CAP, 9, [{"size": "OS", "upc": "614141000036"}], modified_on=at("2027-01-15")),
    _style(SOCK, 4, [{"size": "default", "units_per_pack": 6}]),
)
COMPANY = {
    "_id": "c1",
    "name": "Corner Shop",
    "code": "CS-1",
    "currency_code": "USD",
    "addresses": [
        {
            "_id": "ad1",
            "line_1": "1 Main St",
            "city": "Springfield",
            "shipping_code": "ST-1",
            "billing_code": "BT-1",
        }
    ],
    "buyers": [{"name": "Dana Reyes", "email": "dana@example.com"}],
}


def order(key: str = "a1", **more: Any) -> dict[str, Any]:
    """Make an order of the current generation: 3 + 2 tees and 4 caps, 98.5 dollars."""
    return {
        "_id": key,
        "order_number": "100",
        "status": "pending",
        "currency_code": "USD",
        "created_on": at("2027-01-10"),
        "modified_on": at("2027-01-11"),
        "edited": False,
        "start_ship": at("2027-03-01"),
        "end_ship": at("2027-03-31"),
        "retailer": {"_id": "c1", "retailer_name": "Corner Shop", "buyer_email": "dana@example.com"},
        "discount": 0,
        "additional_percentage": 0,
        "total": 98.5,
        "total_quantity": 9,
        "order_group_id": "f1",
        "order_discounts": {"original_total": "98.5", "discounted_total": "98.5", "applied": []},
        "custom_dock": "B4",
        "line_items": [
            _line(
                "l1",
                TEE,
                [_size("S", 3, 12.5, upc="614141000012"), _size("M", 2, 12.5, upc="614141000029")],
            ),
            _line("l2", CAP, [_size("OS", 4, 9, upc="614141000036")]),
        ],
        **more,
    }


def with_token(credential: Credential, token: str, secret: str) -> Credential:
    """Give a credential another token pair."""
    return evolve(credential, token=token, token_secret=secret)
