from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from tests.sandbox.rseries.store import HOST, ROOT, Store

from po_bridge.sandbox import Request, Response


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("Shop.json", "*/*", "application/json"),
        ("Shop", "application/json", "application/json"),
        ("Shop.json", "application/xml", "text/xml; charset=UTF-8"),
        ("Shop", "*/*", "text/xml; charset=UTF-8"),
    ],
    ids=["suffix", "header", "header wins", "neither"],
)
def test_json_must_be_asked_for(store: Store, path: str, accept: str, kind: str) -> None:
    """XML is the vendor's first choice: JSON comes for the suffix or the header, and the header wins."""
    headers = {"authorization": f"Bearer {store.token}", "accept": accept}
    answer = store.sandbox.handle(Request(method="GET", address=f"{HOST}{ROOT}/{path}", headers=headers))
    assert isinstance(answer, Response)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert "x-ls-api-bucket-level" in answer.headers


def test_form_of_xml(store: Store) -> None:
    """An answer in XML holds the records as elements, with reserved characters escaped."""
    for name in ("A & B", "C"):
        store.item(name)
    headers = {"authorization": f"Bearer {store.token}"}
    answer = store.sandbox.handle(
        Request(method="GET", address=f"{HOST}{ROOT}/Item?sort=-itemID", headers=headers)
    )
    assert isinstance(answer, Response)
    text = answer.body.decode()
    root = ET.fromstring(text)  # noqa: S314 - the emulator's own text
    assert (root.tag, root.attrib) == ("Items", {"next": "", "previous": ""})
    assert [item.findtext("itemID") for item in root] == ["2", "1"]
    assert "<description>A &amp; B</description>" in text
    missing = store.sandbox.handle(Request(method="GET", address=f"{HOST}{ROOT}/Item/9", headers=headers))
    assert isinstance(missing, Response)
    assert missing.status == 404
