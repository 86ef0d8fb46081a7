"""A furnished R-Series account with a token in hand; each answer is held against the contract unless told not to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.contract.validate import load

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import Account, Limit, Merchant, RSeriesSandbox, Switches

HOST = "https://api.lightspeedapp.com"
ROOT = "/API/V3/Account/123456"
PNG = b"\x89PNG\r\n\x1a\n0000"


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


class Store:
    """What most tests start from."""

    def __init__(
        self,
        switches: Switches | None = None,
        *,
        account: Account | None = None,
        limit: Limit | None = None,
        time_zone: str = "US/Pacific",
        checked: bool = True,
    ) -> None:
        self.checked = checked
        self.clock = Clock()
        self.sandbox = RSeriesSandbox(
            clock=self.clock, switches=switches, account=account, limit=limit or Limit(enforced=False)
        )
        self.shop = self.sandbox.add_shop("Main Shop", time_zone=time_zone)
        self.token = self.sandbox.add_token()
        self.vendor = self.sandbox.add_vendor("Northwind")

    @property
    def merchant(self) -> Merchant:
        """The person in front of the POS."""
        return self.sandbox.merchant

    def send(self, request: Request) -> Response:
        """Send a request as it is and hold the answer against the contract."""
        answer = self.sandbox.handle(request)
        assert isinstance(answer, Response)
        if not self.checked:
            return answer
        contract = load("rseries.yaml")
        assert contract.response_problems(request, answer) == []
        if answer.status < 300 and contract.find(request.method, request.address):
            assert contract.request_problems(request) == []
        return answer

    def request(self, method: str, path: str, body: object = None, *, token: str | None = None) -> Request:
        """Write a JSON request to a path below the account, without its suffix, or to an absolute path."""
        where, question, query = path.partition("?")
        full = where if where.startswith("/") else f"{ROOT}/{where}.json"
        kind = {} if body is None else {"content-type": "application/json"}
        return Request(
            method=method,
            address=f"{HOST}{full}{question}{query}",
            headers={"authorization": f"Bearer {token or self.token}", "accept": "application/json", **kind},
            body=b"" if body is None else json.dumps(body).encode(),
        )

    def ask(self, method: str, path: str, body: object = None, *, token: str | None = None) -> Response:
        """Send a JSON body, if any."""
        return self.send(self.request(method, path, body, token=token))

    def plain(self, method: str, path: str, body: object = None) -> Response:
        """Send what the contract does not admit, or what is answered with something that is no JSON."""
        answer = self.sandbox.handle(self.request(method, path, body))
        assert isinstance(answer, Response)
        return answer

    def take(self, method: str, path: str, body: object = None) -> Any:
        """Ask for something that must succeed and give its record."""
        answer = self.ask(method, path, body)
        assert answer.status == 200, answer.body
        return answer.read_json()[path.partition("?")[0].split("/")[0]]

    def refused(self, method: str, path: str, body: object = None, status: int = 400) -> str:
        """Ask for something that must be refused and give the message."""
        answer = self.ask(method, path, body)
        assert answer.status == status, answer.body
        message: str = answer.read_json()["message"]
        return message

    def rows(self, path: str, **query: object) -> list[Any]:
        """Read one page of a list as a list, whatever its form."""
        return rows_of(self.page(path, **query))

    def page(self, path: str, **query: object) -> Any:
        """Read one page of a list as it is."""
        answer = self.ask("GET", f"{path}?{urlencode(query)}" if query else path)
        assert answer.status == 200, answer.body
        return answer.read_json()

    def walk(self, path: str, **query: object) -> list[list[Any]]:
        """Read all pages of a list, resending the parameters."""
        pages: list[list[Any]] = []
        after: dict[str, object] = {}
        while True:
            page = self.page(path, **query, **after)
            pages.append(rows_of(page))
            if not page["@attributes"]["next"] or len(pages) > 50:
                return pages
            after = {"after": cursor(page["@attributes"]["next"])}

    def item(self, description: str = "Mug", **members: object) -> str:
        """Make an item over the API and give its number."""
        key: str = self.take("POST", "Item", {"description": description, **members})["itemID"]
        return key

    def matrix(self, description: str = "Crew Tee", **members: object) -> str:
        """Make a matrix of colour and size over the API and give its number."""
        body = {"description": description, "itemAttributeSetID": "1", **members}
        key: str = self.take("POST", "ItemMatrix", body)["itemMatrixID"]
        return key

    def variant(self, matrix: str, first: str, second: str, **members: object) -> Any:
        """Make an item of a matrix over the API."""
        attributes = {"itemAttributeSetID": "1", "attribute1": first, "attribute2": second}
        body = {"description": "x", "itemMatrixID": matrix, "ItemAttributes": attributes, **members}
        return self.take("POST", "Item", body)

    def order(self, **members: object) -> str:
        """Make a purchase order over the API and give its number."""
        body = {"vendorID": self.vendor, "shopID": self.shop, "refNum": "1001", **members}
        key: str = self.take("POST", "Order", body)["orderID"]
        return key

    def add(self, order: str, item: str, quantity: object = 6, **members: object) -> Any:
        """Put an item on an order over the API; it costs 10 unless stated."""
        cost = {} if {"price", "originalPrice", "vendorCost"} & set(members) else {"originalPrice": "10"}
        body = {"orderID": order, "itemID": item, "quantity": quantity, **cost, **members}
        return self.take("POST", "OrderLine", body)

    def read(self, order: str, *relations: str) -> Any:
        """Read an order."""
        return self.take("GET", f"Order/{order}{relations_of(relations)}")

    def upload(
        self,
        path: str,
        data: Mapping[str, object],
        content: bytes = PNG,
        filename: str = "front.png",
        part: str = "image",
    ) -> Response:
        """Send a picture as multipart."""
        head = f'--xx\r\nContent-Disposition: form-data; name="data"\r\n\r\n{json.dumps(data)}\r\n'
        file = (
            f'--xx\r\nContent-Disposition: form-data; name="{part}"; filename="{filename}"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        bare = self.request("POST", path)
        headers = {**bare.headers, "content-type": "multipart/form-data; boundary=xx"}
        body = head.encode() + file.encode() + content + b"\r\n--xx--\r\n"
        return self.send(Request(method="POST", address=bare.address, headers=headers, body=body))


def relations_of(names: Sequence[str]) -> str:
    """Write `load_relations` behind a path."""
    return f"?{urlencode({'load_relations': json.dumps(list(names))})}" if names else ""


def rows_of(page: Mapping[str, Any]) -> list[Any]:
    """Give the records of a page: none, one or many."""
    found = [value for name, value in page.items() if name != "@attributes"]
    if not found:
        return []
    return found[0] if isinstance(found[0], list) else [found[0]]


def cursor(address: str, name: str = "after") -> str:
    """Take the cursor out of a `next` or `previous` address."""
    return parse_qs(urlsplit(address).query)[name][0]
