"""A furnished X-Series store with a token in hand; each answer is held against the contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.validate import load

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import Furniture, Limit, Retailer, Switches, XSeriesSandbox

HOST = "https://example.retail.lightspeed.app"
VERSION = "2026-07"


class Clock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now

    def tick(self, seconds: float) -> None:
        """Move on."""
        self.now += timedelta(seconds=seconds)


class Shop:
    """What most tests start from."""

    def __init__(
        self,
        switches: Switches | None = None,
        *,
        retailer: Retailer | None = None,
        limit: Limit | None = None,
    ) -> None:
        self.clock = Clock()
        self.sandbox = XSeriesSandbox(
            clock=self.clock,
            switches=switches,
            retailer=retailer,
            limit=limit or Limit(enforced=False),
        )
        self.furniture: Furniture = self.sandbox.furnish()
        self.outlet = self.furniture.outlet_id
        self.token = self.furniture.token
        self.supplier = self.sandbox.add_supplier("Northwind")
        self.brand = self.sandbox.add_brand("Northwind")
        self.colour = self.sandbox.add_attribute("Colour")
        self.size = self.sandbox.add_attribute("Size")

    @property
    def merchant(self) -> Any:
        """The person in front of the POS."""
        return self.sandbox.merchant

    def send(self, request: Request) -> Response:
        """Send a request as it is and hold the answer against the contract."""
        answer = self.sandbox.handle(request)
        assert isinstance(answer, Response)
        contract = load("xseries.yaml")
        assert contract.response_problems(request, answer) == []
        if answer.status < 300 and contract.find(request.method, request.address):
            assert contract.request_problems(request) == []
        return answer

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a JSON body, if any, to a path below the pinned version, or to an absolute path."""
        full = path if path.startswith("/") else f"/api/{VERSION}/{path}"
        kind = {} if body is None else {"content-type": "application/json"}
        return self.send(
            Request(
                method=method,
                address=HOST + full,
                headers={"authorization": f"Bearer {token or self.token}", **kind, **(headers or {})},
                body=b"" if body is None else json.dumps(body).encode(),
            )
        )

    def take(self, method: str, path: str, body: object = None) -> Any:
        """Ask for something that must succeed and give its data."""
        answer = self.ask(method, path, body)
        assert answer.status < 300, answer.body
        return answer.read_json()["data"]

    def refused(self, method: str, path: str, body: object = None) -> str:
        """Ask for something that must be refused with 422 and give the message."""
        answer = self.ask(method, path, body)
        assert answer.status == 422, answer.body
        message: str = answer.read_json()["message"]
        return message

    def variant(self, colour: str, size: str, **members: object) -> dict[str, object]:
        """Write one entry of `variants`."""
        definitions = [
            {"attribute_id": self.colour, "value": colour},
            {"attribute_id": self.size, "value": size},
        ]
        return {"variant_definitions": definitions, **members}

    def family(self, name: str = "Tee", sizes: str = "SML", **members: object) -> list[str]:
        """Make a family over the API, a variant per letter, with SKUs such as TEE-S; gives the ids."""
        variants = [
            self.variant("Red", size, sku=f"{name.upper()}-{size}", price_including_tax=40) for size in sizes
        ]
        ids: list[str] = self.take("POST", "products", {"name": name, "variants": variants, **members})
        return ids

    def order(self, **members: object) -> str:
        """Make a purchase order over the API and give its id."""
        body = {
            "name": "Note",
            "outlet_id": self.outlet,
            "type": "SUPPLIER",
            "supplier_id": self.supplier,
            "reference": "1001",
            **members,
        }
        key: str = self.take("POST", "consignments", body)["id"]
        return key

    def put_order(self, order: str, **members: object) -> Response:
        """Update an order the way its schema wants it: name, outlet and type come along."""
        body = {"name": "Note", "outlet_id": self.outlet, "type": "SUPPLIER", **members}
        return self.ask("PUT", f"consignments/{order}", body)

    def add(self, order: str, product: str, count: object = 5, cost: object = 10) -> Any:
        """Add a line over the API."""
        body = {"product_id": product, "count": count, "cost": cost}
        return self.take("POST", f"consignments/{order}/products", body)

    def lines(self, order: str) -> dict[str, Any]:
        """Read the lines of an order by product id."""
        return {line["product_id"]: line for line in self.take("GET", f"consignments/{order}/products")}

    def read(self, order: str) -> Any:
        """Read an order."""
        return self.take("GET", f"consignments/{order}")
