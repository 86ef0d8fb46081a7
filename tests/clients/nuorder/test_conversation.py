"""One signed question: which scheme is used, tried and remembered."""

from __future__ import annotations

import pytest
from tests.clients.nuorder.scripted import Script, answer, portal, refusal

from po_bridge.clients.nuorder.conversation import ask, path, read
from po_bridge.clients.nuorder.habits import Habits
from po_bridge.clients.nuorder.scheme import Scheme
from po_bridge.clients.nuorder.signing import Standard, VendorSample
from po_bridge.errors import Broken, Busy, Forbidden, NotFound, PoBridgeError, Unauthorized, Unreachable
from po_bridge.ports.exchange import Response

BAD = refusal(401, "Signature is not correct")
WHERE = "/api/order/1"


def signers(script: Script) -> list[type]:
    """The kinds of signer that were used, in order."""
    return [type(request.auth) for request in script.requests]


def test_request_is_plain() -> None:
    """A question is a GET without query, addressed to the portal's host, labelled and signed per attempt."""
    script = Script(order_1=answer({}))
    script.run(read(portal(), WHERE, Habits()))
    (request,) = script.requests
    assert (request.method, request.address) == ("GET", "https://buyer.nuorder.com/api/order/1")
    assert request.system == "NuORDER portal 'Acme'"
    assert request.body == b""
    assert request.auth is not None
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (("order", "6601"), "/api/order/6601"),
        (("order", "number", "100 1/2?x#y"), "/api/order/number/100%201%2F2%3Fx%23y"),
        (("order", "number", "über"), "/api/order/number/%C3%BCber"),
        (("order", ".."), "/api/order/%2E%2E"),
        (("order", "."), "/api/order/%2E"),
    ],
    ids=["plain", "signs", "umlaut", "up", "here"],
)
def test_segments_are_encoded(segments: tuple[str, ...], expected: str) -> None:
    """What a document or person wrote stays one segment of a path."""
    assert path(*segments) == expected


def test_other_scheme_is_tried_once_and_remembered() -> None:
    """A refused signature leads to the other scheme, which is then used first."""
    script, habits = Script(order_1=[BAD, answer(1), answer(2)]), Habits()
    assert script.run(read(portal(), WHERE, habits)) == 1
    assert script.run(read(portal(), WHERE, habits)) == 2
    assert signers(script) == [Standard, VendorSample, VendorSample]


def test_configured_scheme_comes_first() -> None:
    """A portal may ask for the vendor's scheme."""
    script = Script(order_1=answer(1))
    script.run(read(portal(scheme=Scheme.VENDOR), WHERE, Habits()))
    assert signers(script) == [VendorSample]


def test_schemes_of_portals_are_apart() -> None:
    """What was learned of one portal says nothing of another."""
    script, habits = Script(order_1=[BAD, answer(1), answer(2)]), Habits()
    script.run(read(portal(), WHERE, habits))
    script.run(read(portal("Birch"), WHERE, habits))
    assert signers(script) == [Standard, VendorSample, Standard]


def test_accepted_scheme_is_not_doubted() -> None:
    """After an accepted signature a refused one is about the credentials and costs one call."""
    script, habits = Script(order_1=[answer(1), BAD]), Habits()
    script.run(read(portal(), WHERE, habits))
    with pytest.raises(Unauthorized):
        script.run(read(portal(), WHERE, habits))
    assert signers(script) == [Standard, Standard]


def test_both_refused_is_one_error() -> None:
    """Where no scheme fits the credentials are wrong: nothing is remembered, and both are tried again."""
    script, habits = Script(order_1=[BAD, BAD, BAD, answer(1)]), Habits()
    with pytest.raises(Unauthorized) as caught:
        script.run(read(portal(), WHERE, habits))
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert script.run(read(portal(), WHERE, habits)) == 1
    assert signers(script) == [Standard, VendorSample, Standard, VendorSample]


@pytest.mark.parametrize(
    ("refused", "error"),
    [(refusal(404, "order not found"), NotFound), (refusal(403, "no"), Forbidden)],
    ids=["404", "403"],
)
def test_a_refusal_proves_the_signature(refused: Response, error: type[PoBridgeError]) -> None:
    """A remote that says no knew who asked, so the scheme is remembered."""
    script, habits = Script(order_1=[BAD, refused, answer(1)]), Habits()
    with pytest.raises(error):
        script.run(read(portal(), WHERE, habits))
    script.run(read(portal(), WHERE, habits))
    assert signers(script)[-1] is VendorSample


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refusal(401, "token revoked"), Unauthorized),
        (refusal(429, "slow down"), Busy),
        (refusal(503, "later"), Broken),
        (Unreachable("buyer.nuorder.com", "no route", sent=False), Unreachable),
        (Response(status=304), Broken),
    ],
    ids=["other 401", "429", "503", "unreachable", "304"],
)
def test_other_trouble_proves_nothing(reply: Response | PoBridgeError, error: type[PoBridgeError]) -> None:
    """Trouble that is not about the signature is raised as it is, after one call."""
    script, habits = Script(order_1=reply), Habits()
    with pytest.raises(error):
        script.run(read(portal(), WHERE, habits))
    assert len(script.requests) == 1


def test_only_once_is_sent_as_a_write() -> None:
    """What must not be sent again by a driver is asked for as a write."""
    script = Script(token=answer({}), order_1=answer({}))
    script.run(ask(portal(), "/api/token", Habits(), once=True))
    script.run(ask(portal(), WHERE, Habits()))
    assert [request.address for request in script.written] == ["https://buyer.nuorder.com/api/token"]
