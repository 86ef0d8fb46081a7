from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.sandbox.xseries.shop import HOST, Shop

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import Switches

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


def upload(
    shop: Shop, product: str, content: bytes = PNG, name: str = "a.png", field: str = "image"
) -> Response:
    """Upload a file the way httpx writes multipart."""
    path = f"{HOST}/api/2026-07/products/{product}/actions/image_upload"
    made = httpx.Request("POST", path, files={field: (name, content, "image/png")})
    headers = {**made.headers, "authorization": f"Bearer {shop.token}"}
    return shop.send(Request(method="POST", address=path, headers=headers, body=made.read()))


def uploaded(shop: Shop, product: str, content: bytes = PNG) -> Any:
    """Upload a file that must be taken and give its record."""
    answer = upload(shop, product, content)
    assert answer.status == 201, answer.body
    return answer.read_json()["data"]


@pytest.fixture
def product(shop: Shop) -> str:
    """Give the id of a product."""
    return shop.family("Tee", "S")[0]


def test_upload_is_processed_in_the_background(shop: Shop, product: str) -> None:
    """An upload is `processing` at first; later it is `uploaded`, shows on the product and moves it."""
    image = uploaded(shop, product)
    assert (image["status"], image["product_id"], image["position"]) == ("processing", product, 1)
    before = shop.take("GET", f"products/{product}")
    assert before["images"] == []
    assert "placeholder" in before["image_url"]
    shop.clock.tick(2)
    assert shop.take("GET", f"product_images/{image['id']}")["status"] == "uploaded"
    after = shop.take("GET", f"products/{product}")
    assert [each["id"] for each in after["images"]] == [image["id"]]
    assert after["image_url"] == after["images"][0]["url"]
    assert after["version"] > before["version"]


def test_time_of_processing_is_a_setting() -> None:
    """How long a picture is processed can be set."""
    shop = Shop(Switches(image_time=timedelta(minutes=5)))
    image = uploaded(shop, shop.family("Tee", "S")[0])
    shop.clock.tick(299)
    assert shop.take("GET", f"product_images/{image['id']}")["status"] == "processing"
    shop.clock.tick(1)
    assert shop.take("GET", f"product_images/{image['id']}")["status"] == "uploaded"


def test_same_file_is_reused(shop: Shop, product: str) -> None:
    """The same bytes again are the same picture; other bytes are another one."""
    first = uploaded(shop, product)
    assert uploaded(shop, product)["id"] == first["id"]
    second = uploaded(shop, product, PNG + b"more")
    assert (second["id"] != first["id"], second["position"]) == (True, 2)
    shop.clock.tick(5)
    assert len(shop.take("GET", f"products/{product}")["images"]) == 2


def test_bytes_that_are_no_picture_end_in_error(shop: Shop, product: str) -> None:
    """A file with a picture's name and no picture inside is taken, and turns out bad later."""
    image = uploaded(shop, product, b"not a picture")
    shop.clock.tick(2)
    assert shop.take("GET", f"product_images/{image['id']}")["status"] == "error"
    assert shop.take("GET", f"products/{product}")["images"] == []


@pytest.mark.parametrize(
    ("content", "name", "field"),
    [
        (PNG, "a.svg", "image"),
        (PNG, "a", "image"),
        (b"", "a.png", "image"),
        (PNG + b"x" * 10_000_000, "a.png", "image"),
        (PNG, "a.png", "file"),
    ],
    ids=["kind", "no suffix", "empty", "too large", "field"],
)
def test_bad_file_is_400(shop: Shop, product: str, content: bytes, name: str, field: str) -> None:
    """Another kind of file, an empty or a too large one, and another field are refused."""
    assert upload(shop, product, content, name, field).status == 400


def test_json_instead_of_multipart_is_400(shop: Shop, product: str) -> None:
    """Neither addresses nor base64 are taken."""
    body = {"image": "http://img.test/a.png"}
    assert shop.ask("POST", f"products/{product}/actions/image_upload", body).status == 400


def test_250_images_at_most(shop: Shop, product: str) -> None:
    """A product has at most 250 pictures."""
    for place in range(250):
        uploaded(shop, product, PNG + str(place).encode())
    assert upload(shop, product, PNG).status == 422


def test_unknown_product_is_404(shop: Shop) -> None:
    """A picture needs a live product."""
    assert upload(shop, "nobody").status == 404


def test_position_is_set(shop: Shop, product: str) -> None:
    """PUT gives a picture another place, and the product shows them in order."""
    first, second = uploaded(shop, product), uploaded(shop, product, PNG + b"2")
    assert shop.take("PUT", f"product_images/{first['id']}", {"position": 3})["position"] == 3
    shop.clock.tick(2)
    images = shop.take("GET", f"products/{product}")["images"]
    assert [each["id"] for each in images] == [second["id"], first["id"]]


def test_delete_removes_it_from_the_product(shop: Shop, product: str) -> None:
    """A deleted picture is gone for good, and its bytes may come again as a new one."""
    image = uploaded(shop, product)
    shop.clock.tick(2)
    assert shop.ask("DELETE", f"product_images/{image['id']}").status == 204
    assert shop.take("GET", f"products/{product}")["images"] == []
    assert shop.ask("GET", f"product_images/{image['id']}").status == 404
    assert uploaded(shop, product)["id"] != image["id"]


def test_image_deleted_while_processed_never_shows(shop: Shop, product: str) -> None:
    """Deleting does not wait for the processing."""
    image = uploaded(shop, product)
    shop.ask("DELETE", f"product_images/{image['id']}")
    shop.clock.tick(2)
    assert shop.take("GET", f"products/{product}")["images"] == []
    assert shop.sandbox.state.processing == ()


def test_image_of_a_deleted_product(shop: Shop, product: str) -> None:
    """A picture outlives its product: it is processed and can be deleted, and the product stays as it is."""
    image = uploaded(shop, product)
    shop.merchant.delete_product(product)
    version = shop.take("GET", f"products/{product}")["version"]
    shop.clock.tick(2)
    assert shop.take("GET", f"product_images/{image['id']}")["status"] == "uploaded"
    assert shop.ask("DELETE", f"product_images/{image['id']}").status == 204
    assert shop.take("GET", f"products/{product}")["version"] == version
