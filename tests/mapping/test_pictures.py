"""Pictures of a style: all of them, or those on the portal's image host where the setup names one."""

from __future__ import annotations

import pytest

from po_bridge.mapping.pictures import pictures_of
from po_bridge.models.setup import PortalRules, Setup
from po_bridge.models.style_document import StyleDocument

OURS, OTHER = "https://cdn.acme.example/a.jpg", "https://elsewhere.example/b.jpg"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("", (OTHER, OURS)),
        ("cdn.acme.example", (OURS,)),
        (" CDN.acme.example ", (OURS,)),
        ("nowhere.example", ()),
    ],
    ids=["any", "one", "other case", "none"],
)
def test_host(host: str, expected: tuple[str, ...]) -> None:
    """Only pictures on the host that the portal's rules name are kept, in their order."""
    style = StyleDocument(portal="Acme", style_id="s", images=(OTHER, OURS))
    assert pictures_of(style, Setup(portals={"Acme": PortalRules(image_host=host)})) == expected
    assert pictures_of(style, Setup(portals={"Birch": PortalRules(image_host=host)})) == (OTHER, OURS)


def test_no_style_and_no_address() -> None:
    """Without a style document there is no picture; what is no address is on no host."""
    strict = Setup(portals={"Acme": PortalRules(image_host="cdn.acme.example")})
    assert pictures_of(None, strict) == ()
    assert pictures_of(StyleDocument(portal="Acme", style_id="s", images=("http://[x",)), strict) == ()
