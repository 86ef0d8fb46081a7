"""Who is let in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.sandbox.nuorder.signing import (
    FRESH,
    OTHER,
    REP,
    SHOP,
    Caller,
    Hands,
    answered,
    brand,
    message,
    with_token,
)

from po_bridge.sandbox.message import Request
from po_bridge.sandbox.nuorder import Refusal, Schemes

ORDER = "/api/order/a1"
NOT_CORRECT = (401, "Signature is not correct")


@pytest.mark.parametrize("scheme", ["standard", "vendor"])
@pytest.mark.parametrize("credential", [SHOP, REP], ids=["retailer", "brand"])
def test_both_schemes_open(scheme: str, credential: object) -> None:
    """Either scheme opens an order to either side."""
    assert isinstance(credential, type(SHOP))
    assert Caller(brand(), credential, scheme).read(ORDER)["order_number"] == "100"


@pytest.mark.parametrize(
    ("accepted", "scheme", "status"),
    [
        pytest.param(Schemes.STANDARD, "standard", 200, id="standard fits"),
        pytest.param(Schemes.STANDARD, "vendor", 401, id="vendor's where standard is wanted"),
        pytest.param(Schemes.VENDOR, "vendor", 200, id="vendor's fits"),
        pytest.param(Schemes.VENDOR, "standard", 401, id="standard where vendor's is wanted"),
    ],
)
def test_schemes_are_a_switch(accepted: Schemes, scheme: str, status: int) -> None:
    """The switch says which scheme is accepted."""
    assert Caller(brand(schemes=accepted), SHOP, scheme).get(ORDER).status == status


@pytest.mark.parametrize(("scheme", "status"), [("standard", 200), ("vendor", 401)])
def test_query(scheme: str, status: int) -> None:
    """A query string is signed by the standard and breaks the vendor's scheme."""
    path = f"{ORDER}?__populate=__payments&odd=a%20b%2B"
    assert Caller(brand(), SHOP, scheme).get(path).status == status


def test_query_is_part_of_the_signature() -> None:
    """Changing the query after signing spoils the standard signature."""
    sandbox = brand()
    signed = Caller(sandbox).signed("GET", f"{ORDER}?a=1")
    forged = Request(method="GET", address=signed.address.replace("a=1", "a=2"), headers=signed.headers)
    assert message(answered(sandbox, forged)) == NOT_CORRECT
    assert sandbox.refusals == [Refusal.SIGNATURE]


@pytest.mark.parametrize("scheme", ["standard", "vendor"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("GET", ORDER.replace("a1", "a2")), id="path"),
        pytest.param(("POST", ORDER), id="method"),
        pytest.param(("GET", f"http://localhost:8080{ORDER}"), id="host"),
        pytest.param(("GET", f"https://127.0.0.1:8080{ORDER}"), id="scheme word"),
    ],
)
def test_forged_request(scheme: str, change: tuple[str, str]) -> None:
    """A signature is good for its method and address only."""
    sandbox = brand()
    caller = Caller(sandbox, SHOP, scheme)
    headers = caller.signed("GET", ORDER).headers
    method, place = change
    address = place if place.startswith("http") else caller.host + place
    forged = Request(method=method, address=address, headers=headers)
    assert message(answered(sandbox, forged)) == NOT_CORRECT


@pytest.mark.parametrize("scheme", ["standard", "vendor"])
def test_replayed_nonce(scheme: str) -> None:
    """The same signed request is answered once."""
    sandbox = brand()
    request = Caller(sandbox, SHOP, scheme).signed("GET", ORDER)
    assert answered(sandbox, request).status == 200
    assert message(answered(sandbox, request)) == NOT_CORRECT
    assert sandbox.refusals == [Refusal.REPLAYED]


def test_nonce_of_another_key_or_time() -> None:
    """A nonce may come again with another time stamp or from another key."""
    hands = Hands()
    sandbox = brand(hands)
    shop, rep = Caller(sandbox), Caller(sandbox, REP)
    assert shop.get(ORDER, nonce="once").status == 200
    assert rep.get(ORDER, nonce="once").status == 200
    hands.wait(seconds=1)
    assert shop.get(ORDER, nonce="once").status == 200


def test_refused_request_keeps_its_nonce() -> None:
    """A bad signature does not use a nonce up."""
    sandbox = brand()
    thief = Caller(sandbox, with_token(SHOP, SHOP.token, "wrong"))
    assert thief.get(ORDER, nonce="n").status == 401
    assert Caller(sandbox).get(ORDER, nonce="n").status == 200


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 200), (0, 200), (300, 200), (301, 401)])
def test_time_stamp(seconds: int, status: int) -> None:
    """A time stamp may be 300 seconds off, either way."""
    sandbox = brand()
    stamp = str(int(sandbox.clock().timestamp()) + seconds)
    assert Caller(sandbox).get(ORDER, stamp=stamp).status == status
    assert sandbox.refusals == ([] if status == 200 else [Refusal.STALE])


def test_window_is_a_switch() -> None:
    """A wider window takes an older stamp, and a request inside it still only once."""
    hands = Hands()
    sandbox = brand(hands, window=timedelta(hours=1))
    request = Caller(sandbox).signed("GET", ORDER)
    hands.wait(minutes=50)
    assert answered(sandbox, request).status == 200
    hands.wait(minutes=9)
    assert answered(sandbox, request).status == 401
    assert sandbox.refusals == [Refusal.REPLAYED]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        pytest.param("", Refusal.NO_HEADER, id="no header"),
        pytest.param("Bearer SHOPTOKEN", Refusal.NO_HEADER, id="bearer"),
        pytest.param('OAuth oauth_consumer_key="SHOPKEY"', Refusal.INCOMPLETE, id="half a header"),
    ],
)
def test_no_oauth(header: str, reason: Refusal) -> None:
    """A call without a whole OAuth header gets the same answer as a wrong signature."""
    sandbox = brand()
    request = Request(method="GET", address=f"http://h{ORDER}", headers={"authorization": header})
    assert message(answered(sandbox, request)) == NOT_CORRECT
    assert sandbox.refusals == [reason]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param(("HMAC-SHA1", "PLAINTEXT"), Refusal.INCOMPLETE, id="other method"),
        pytest.param(('oauth_version="1.0"', 'oauth_version="2.0"'), Refusal.INCOMPLETE, id="other version"),
        pytest.param(('oauth_timestamp="1', 'oauth_timestamp="x'), Refusal.INCOMPLETE, id="no number"),
        pytest.param(("SHOPKEY", "NOKEY"), Refusal.STRANGER, id="unknown key"),
        pytest.param(("SHOPTOKEN", "NOTOKEN"), Refusal.UNKNOWN_TOKEN, id="unknown token"),
        pytest.param(("SHOPTOKEN", "REPTOKEN"), Refusal.UNKNOWN_TOKEN, id="token of another key"),
    ],
)
def test_bad_header(changed: tuple[str, str], reason: Refusal) -> None:
    """Each bad parameter is refused, and the caller never learns which."""
    sandbox = brand()
    header = Caller(sandbox).signed("GET", ORDER).headers["authorization"].replace(*changed)
    request = Request(
        method="GET", address=f"http://127.0.0.1:8080{ORDER}", headers={"authorization": header}
    )
    assert message(answered(sandbox, request)) == NOT_CORRECT
    assert sandbox.refusals == [reason]


@pytest.mark.parametrize(
    ("host", "opens"),
    [
        ("https://buyer.nuorder.com", SHOP),
        ("https://buyer.sandbox1.nuorder.com", SHOP),
        ("https://wholesale.nuorder.com", REP),
        ("https://next.nuorder.com", REP),
        ("http://sandbox1.nuorder.com", REP),
    ],
)
def test_host_has_a_side(host: str, opens: object) -> None:
    """A host of the vendor takes the credentials of its own side only."""
    for credential in (SHOP, REP):
        status = 200 if credential is opens else 401
        assert Caller(brand(), credential, host=host).get(ORDER).status == status


def test_credential_opens_one_portal() -> None:
    """The order of one brand is unknown in the portal of another."""
    assert message(Caller(brand(), OTHER).get(ORDER)) == (404, "order not found")


def test_key_without_token() -> None:
    """A key pair alone reads nothing before the hand-shake."""
    sandbox = brand()
    assert Caller(sandbox, FRESH).get(ORDER).status == 401
    assert sandbox.refusals == [Refusal.UNKNOWN_TOKEN]


def test_revoked_token() -> None:
    """A token that was taken back opens nothing any more."""
    sandbox = brand()
    sandbox.revoke(SHOP.token)
    assert message(Caller(sandbox).get(ORDER)) == NOT_CORRECT
    assert Caller(sandbox, REP).get(ORDER).status == 200


def test_secrets_show_in_no_repr() -> None:
    """Neither a credential nor the emulator's state shows a secret."""
    sandbox = brand()
    assert "SECRET" not in repr(SHOP) + repr(sandbox.state)


def test_old_nonces_are_forgotten() -> None:
    """Nonces are kept as long as their time stamps are good, and not much longer."""
    hands = Hands()
    sandbox = brand(hands)
    caller = Caller(sandbox)
    for _ in range(20):
        caller.get(ORDER)
        hands.wait(seconds=100)
    assert len(sandbox._gate._nonces) <= 7
