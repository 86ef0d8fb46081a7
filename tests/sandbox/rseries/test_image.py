from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import PNG, Store

from po_bridge.sandbox.rseries import Switches


@pytest.mark.parametrize("path", ["Image", "Item/{item}/Image"])
def test_picture_of_an_item(store: Store, path: str) -> None:
    """A picture goes to an item that the data or the path names."""
    item = store.item()
    data: dict[str, object] = {"description": "Front", "ordering": 1}
    if path == "Image":
        data["itemID"] = item
    answer = store.upload(path.format(item=item), data)
    image = answer.read_json()["Image"]
    assert (image["itemID"], image["itemMatrixID"]) == (item, "0")
    assert (image["filename"], image["ordering"], image["size"]) == ("front.png", "1", str(len(PNG)))
    assert store.rows("Image", itemID=item) == [image]
    assert store.rows(f"Item/{item}/Image") == [image]
    assert store.take("GET", f"Item/{item}?load_relations=all")["Images"]["Image"] == image


def test_picture_of_a_matrix_is_not_its_items(store: Store) -> None:
    """A picture of a matrix does not show on its items."""
    matrix = store.matrix()
    item = store.variant(matrix, "White", "S")["itemID"]
    store.upload(f"ItemMatrix/{matrix}/Image", {})
    assert len(store.rows(f"ItemMatrix/{matrix}/Image")) == 1
    assert "Images" in store.take("GET", f"ItemMatrix/{matrix}?load_relations=all")
    assert "Images" not in store.take("GET", f"Item/{item}?load_relations=all")


def test_equal_pictures_add_up(store: Store) -> None:
    """The same bytes again are a picture more: nothing recognises them."""
    item = store.item()
    for _ in range(2):
        store.upload(f"Item/{item}/Image", {})
    images = store.rows("Image")
    assert [image["imageID"] for image in images] == ["1", "2"]
    assert images[0]["publicID"] == images[1]["publicID"]


@pytest.mark.parametrize(
    ("data", "content", "filename", "part"),
    [
        ({}, PNG, "a.png", "image"),
        ({"itemID": 1, "itemMatrixID": 1}, PNG, "a.png", "image"),
        ({"itemID": 99}, PNG, "a.png", "image"),
        ({"itemID": 1}, b"text", "a.png", "image"),
        ({"itemID": 1}, PNG, "a.gif", "image"),
        ({"itemID": 1}, PNG, "a.b.png", "image"),
        ({"itemID": 1}, PNG, "a" * 246 + ".png", "image"),
        ({"itemID": 1}, PNG, "a.png", "picture"),
        ({"itemID": 1}, PNG + b"0" * 100, "a.png", "image"),
    ],
    ids=["no owner", "two owners", "unknown", "no picture", "kind", "dots", "long name", "part", "large"],
)
def test_bad_uploads_are_refused(data: dict[str, object], content: bytes, filename: str, part: str) -> None:
    """An upload needs one owner, both parts, a JPG or PNG of bearable size and a plain file name."""
    store = Store(Switches(max_picture=50))
    store.item()
    store.matrix()
    assert store.upload("Image", data, content, filename, part).status == 400
    assert store.rows("Image") == []


def test_number_of_pictures_is_limited() -> None:
    """An item takes so many pictures and no more."""
    store = Store(Switches(max_pictures=2))
    item = store.item()
    assert [store.upload(f"Item/{item}/Image", {}).status for _ in range(3)] == [200, 200, 400]


def test_picture_can_be_moved_and_removed(store: Store) -> None:
    """PUT changes the place of a picture, DELETE removes it for good; another owner's path does not find it."""
    item, other = store.item(), store.item("Cup")
    key = store.upload(f"Item/{item}/Image", {}).read_json()["Image"]["imageID"]
    assert store.take("PUT", f"Image/{key}", {"ordering": 3})["ordering"] == "3"
    assert store.ask("GET", f"Item/{other}/Image/{key}").status == 404
    assert store.ask("GET", f"Item/{item}/Image/{key}").status == 200
    assert store.ask("DELETE", f"Image/{key}").status == 200
    assert store.rows("Image") == []


def test_pictures_come_in_their_places(store: Store) -> None:
    """The pictures of an item come by their place."""
    item = store.item()
    for place in (2, 0, 1):
        store.upload(f"Item/{item}/Image", {"ordering": place})
    images = store.take("GET", f"Item/{item}?load_relations=all")["Images"]["Image"]
    assert [image["ordering"] for image in images] == ["0", "1", "2"]
