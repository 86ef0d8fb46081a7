from __future__ import annotations

import pytest

from po_bridge.sandbox.app import Found, NoMethod, NoPath, Route, Router

ROUTER = Router(
    (
        Route(method="GET", pattern="/things", to="list"),
        Route(method="POST", pattern="/things", to="create"),
        Route(method="GET", pattern="/things/special", to="special"),
        Route(method="GET", pattern="/things/{id}", to="get"),
        Route(method="DELETE", pattern="/things/{id}/parts/{part}", to="drop"),
    )
)


@pytest.mark.parametrize(
    ("method", "path", "to", "params"),
    [
        ("GET", "/things", "list", {}),
        ("POST", "/things", "create", {}),
        ("GET", "/things/special", "special", {}),
        ("GET", "/things/7", "get", {"id": "7"}),
        ("GET", "/things/a%2Fb", "get", {"id": "a/b"}),
        ("DELETE", "/things/7/parts/8", "drop", {"id": "7", "part": "8"}),
    ],
)
def test_route_is_found(method: str, path: str, to: str, params: dict[str, str]) -> None:
    """The first fitting route answers, with its named segments decoded."""
    found = ROUTER.find(method, path)
    assert isinstance(found, Found)
    assert (found.to, found.params) == (to, params)


@pytest.mark.parametrize("path", ["/", "/thing", "/things/", "/things/7/parts", "/things/7/parts/8/9"])
def test_unknown_path(path: str) -> None:
    """A path that no route has is told apart from a method that the path lacks."""
    assert ROUTER.find("GET", path) == NoPath()


def test_unknown_method() -> None:
    """A path with another method tells which methods it has."""
    assert ROUTER.find("PUT", "/things") == NoMethod(allowed=("GET", "POST"))
