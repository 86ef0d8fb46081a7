"""Signatures by RFC 5849 and by the vendor's sample."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given, strategies as st

from po_bridge.clients.nuorder.portal import Credentials
from po_bridge.clients.nuorder.scheme import Scheme
from po_bridge.clients.nuorder.signing import Pairs, auth, standard_signature, vendor_signature
from po_bridge.ports.exchange import Request
from po_bridge.sandbox.nuorder import standard_signature as sandbox_signature, standard_text

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
WEB = st.text(st.characters(codec="utf-8"), max_size=12)


PRINTER = "kd94hf93k423kf44"


def credentials(secret: str = PRINTER, token_secret: str = "", token: str = "") -> Credentials:
    """Credentials of the RFC's printer."""
    return Credentials(
        consumer_key="dpf43f3p2l4k3l03", consumer_secret=secret, token=token, token_secret=token_secret
    )


def oauth(timestamp: str, nonce: str, **more: str) -> Pairs:
    """The header's parameters in the RFC's examples, which leave the version out."""
    return (
        ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", timestamp),
        ("oauth_nonce", nonce),
        *more.items(),
    )


@pytest.mark.parametrize(
    ("method", "address", "pairs", "token_secret", "expected"),
    [
        (
            "POST",
            "https://photos.example.net/initiate",
            oauth("137131200", "wIjqoS", oauth_callback="http://printer.example.com/ready"),
            "",
            "74KNZJeDHnMBp0EMJ9ZHt/XKycU=",
        ),
        (
            "POST",
            "https://photos.example.net/token",
            oauth("137131201", "walatlh", oauth_token="hh5s93j4hdidpola", oauth_verifier="hfdp7dh39dks9884"),
            "hdhd0244k9j7ao03",
            "gKgrFCywp7rO0OXSjdot/IHF7IU=",
        ),
        (
            "GET",
            "http://photos.example.net/photos?file=vacation.jpg&size=original",
            oauth("137131202", "chapoH", oauth_token="nnch734d00sl2jdk"),
            "pfkkdhi9sl3r4s00",
            "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
        ),
    ],
    ids=["initiate", "token", "photos"],
)
def test_rfc_section_1_2(method: str, address: str, pairs: Pairs, token_secret: str, expected: str) -> None:
    """The three signatures printed in RFC 5849 section 1.2 come out."""
    request = Request(method=method, address=address)
    assert standard_signature(request, pairs, credentials(token_secret=token_secret)) == expected


def test_rfc_section_3_4_1_3_1() -> None:
    """A form body and a query with encoded, doubled and empty parameters count (RFC 5849 erratum 2550)."""
    request = Request(
        method="POST",
        address="http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
        headers={"content-type": "application/x-www-form-urlencoded; charset=utf-8"},
        body=b"c2&a3=2+q",
    )
    pairs = (
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    )
    keys = credentials("j49sk3j29djd", "dh893hdasih9")
    assert standard_signature(request, pairs, keys) == "r6/TJjbCOr97/+UU0NsvSne7s5g="


def test_json_body_is_not_signed() -> None:
    """A body that is no form changes nothing."""
    bare = Request(method="POST", address="https://buyer.nuorder.com/api/order/1")
    full = Request(
        method="POST", address=bare.address, headers={"content-type": "application/json"}, body=b"a=1&b=2"
    )
    pairs = oauth("1", "n")
    assert standard_signature(full, pairs, credentials()) == standard_signature(bare, pairs, credentials())


@given(path=WEB, name=WEB, value=WEB, secret=WEB, token_secret=WEB)
def test_agrees_with_the_sandbox(path: str, name: str, value: str, secret: str, token_secret: str) -> None:
    """The sandbox, which shares no code, computes the same signature for any parameter and secret."""
    query = f"{quote(name or 'n', safe='')}={quote(value, safe='')}"
    address = f"https://buyer.nuorder.com/api/{quote(path, safe='')}?{query}"
    pairs = oauth("1740821400", "0123456789abcdef", application_name=name)
    ours = standard_signature(
        Request(method="GET", address=address), pairs, credentials(secret, token_secret)
    )
    wire = standard_text("GET", address, [*pairs, (name or "n", value)])
    assert ours == sandbox_signature(wire, secret, token_secret)


def test_vendor_sample() -> None:
    """The vendor's form has a fixed order, raw values and a hexadecimal signature."""
    keys = Credentials(consumer_key="ck", consumer_secret="cs", token="tk", token_secret="ts")
    request = Request(method="GET", address="https://buyer.nuorder.com/api/order/1")
    signed = auth(Scheme.VENDOR, keys).sign(request, AT, "0123456789abcdef")
    assert signed.headers["authorization"] == (
        'OAuth oauth_consumer_key="ck", oauth_timestamp="1740821400", oauth_nonce="0123456789abcdef", '
        'oauth_version="1.0", oauth_signature_method="HMAC-SHA1", oauth_token="tk", '
        'oauth_signature="7feff8abbebeee639c139032815132018d5478ab"'
    )


def test_vendor_callback_is_signed_and_name_is_not() -> None:
    """Callback and verifier enter the vendor's base string, the application's name only the header."""
    keys = credentials()
    request = Request(method="GET", address="https://buyer.nuorder.com/api/initiate")
    plain, called, named = (
        vendor_signature(request, (*oauth("1", "n"), *extra), keys)
        for extra in (
            (),
            (("oauth_callback", "oob"),),
            (("oauth_callback", "oob"), ("application_name", "a")),
        )
    )
    assert plain != called == named


@pytest.mark.parametrize("scheme", list(Scheme), ids=lambda scheme: scheme.name)
def test_fresh_nonce_and_time_are_used(scheme: Scheme) -> None:
    """Each attempt carries the time and nonce it was given, so that a repeated request is no replay."""
    signer = auth(scheme, credentials(token="t", token_secret="s"))
    request = Request(method="GET", address="https://buyer.nuorder.com/api/order/1", headers={"accept": "x"})
    first = signer.sign(request, AT, "nonce-1").headers["authorization"]
    second = signer.sign(request, AT, "nonce-2").headers["authorization"]
    assert 'oauth_nonce="nonce-1"' in first
    assert 'oauth_nonce="nonce-2"' in second
    assert re.sub("nonce-.", "", first) != re.sub("nonce-.", "", second)
    assert signer.sign(request, AT, "nonce-1").headers["accept"] == "x"


@pytest.mark.parametrize("scheme", list(Scheme), ids=lambda scheme: scheme.name)
def test_signer_shows_no_secret(scheme: Scheme) -> None:
    """Neither the signer nor a signed request shows a secret."""
    signer = auth(scheme, credentials("very-secret", "also-secret", "t"))
    signed = signer.sign(Request(method="GET", address="https://x.example/a", auth=signer), AT, "n")
    assert "secret" not in f"{signer!r}{signer}{signed!r}{signed.headers}".replace("_secret", "")
