"""Base strings and signatures."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given, strategies as st
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature as reference

from po_bridge.sandbox.message import Request
from po_bridge.sandbox.nuorder import standard_signature, standard_text, vendor_signature, vendor_text
from po_bridge.sandbox.nuorder.authorization import read_authorization, signed_pairs
from po_bridge.sandbox.nuorder.signature import percent


def rfc_text(method: str, address: str, header: str, body: bytes = b"") -> str:
    """Make the base string of a whole request."""
    headers = {"authorization": header, "content-type": "application/x-www-form-urlencoded"}
    request = Request(method=method, address=address, headers=headers, body=body)
    found = read_authorization(request)
    assert found is not None
    return standard_text(method, address, signed_pairs(request, found))


SECTION_1_2 = [
    pytest.param(
        "POST",
        "https://photos.example.net/initiate",
        'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1",'
        ' oauth_timestamp="137131200", oauth_nonce="wIjqoS",'
        ' oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",'
        ' oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
        "",
        id="initiate",
    ),
    pytest.param(
        "POST",
        "https://photos.example.net/token",
        'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola",'
        ' oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="walatlh",'
        ' oauth_verifier="hfdp7dh39dks9884", oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"',
        "hdhd0244k9j7ao03",
        id="token",
    ),
    pytest.param(
        "GET",
        "http://photos.example.net/photos?file=vacation.jpg&size=original",
        'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk",'
        ' oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH",'
        ' oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
        "pfkkdhi9sl3r4s00",
        id="resource",
    ),
]


@pytest.mark.parametrize(("method", "address", "header", "token_secret"), SECTION_1_2)
def test_example_of_rfc_5849(method: str, address: str, header: str, token_secret: str) -> None:
    """The signatures of RFC 5849 section 1.2 come out as printed there."""
    found = read_authorization(Request(method=method, address=address, headers={"authorization": header}))
    assert found is not None
    signature = standard_signature(rfc_text(method, address, header), "kd94hf93k423kf44", token_secret)
    assert signature == found.values["oauth_signature"]


SECTION_3_4_1_1 = (
    "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D"
    "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
    "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
)


def test_base_string_of_rfc_5849() -> None:
    """The base string of section 3.4.1.1 comes out as printed, form body and repeated names included."""
    header = (
        'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7",'
        ' oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a",'
        ' oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"'
    )
    address = "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"
    text = rfc_text("POST", address, header, b"c2&a3=2+q")
    assert text == SECTION_3_4_1_1
    # The signature printed in the RFC is wrong; erratum 2550 gives this one.
    assert standard_signature(text, "j49sk3j29djd", "dh893hdasih9") == "r6/TJjbCOr97/+UU0NsvSne7s5g="


@pytest.mark.parametrize(
    ("address", "base"),
    [
        pytest.param("http://EXAMPLE.COM:80/r%20v/X?id=123", "http://example.com/r%20v/X", id="default port"),
        pytest.param("https://www.example.net:8080/?q=1", "https://www.example.net:8080/", id="other port"),
        pytest.param("HTTPS://Example.com:443", "https://example.com/", id="no path"),
        pytest.param("http://[::1]:8080/a", "http://[::1]:8080/a", id="IPv6"),
    ],
)
def test_base_address(address: str, base: str) -> None:
    """The base address is written as section 3.4.1.2 says."""
    assert standard_text("get", address, ()) == f"GET&{percent(base)}&"


NAMES = st.text(min_size=1, max_size=8)


@given(st.lists(st.tuples(NAMES, st.text(max_size=8)), max_size=6))
def test_agrees_with_oauthlib(pairs: list[tuple[str, str]]) -> None:
    """Any parameters are sorted and encoded as oauthlib does it, any secrets sign the same."""
    normal = reference.normalize_parameters(pairs)  # type: ignore[arg-type] # its stubs forget that names repeat
    theirs = reference.signature_base_string("GET", "http://example.com/a", normal)
    ours = standard_text("GET", "http://example.com/a", pairs)
    keys = Client("k", client_secret="key &", resource_owner_secret="tökn")
    assert ours == theirs
    assert standard_signature(ours, "key &", "tökn") == reference.sign_hmac_sha1_with_client(ours, keys)


def test_vendor_text() -> None:
    """The vendor's base string has a fixed order, no encoding, and no ampersand between its parts."""
    oauth = {
        "oauth_verifier": "V",
        "oauth_nonce": "N",
        "oauth_timestamp": "7",
        "oauth_token": "T",
        "oauth_consumer_key": "K",
        "oauth_signature_method": "HMAC-SHA1",
        "application_name": "A",
    }
    text = vendor_text("GET", "http://h/api/token", oauth)
    assert text == (
        "GEThttp://h/api/token?oauth_consumer_key=K&oauth_token=T&oauth_timestamp=7&oauth_nonce=N"
        "&oauth_version=1.0&oauth_signature_method=HMAC-SHA1&oauth_verifier=V"
    )
    wanted = hmac.new(b"s%& t&", text.encode(), hashlib.sha1).hexdigest()
    assert vendor_signature(text, "s%& t", "") == wanted


@pytest.mark.parametrize(
    ("header", "pairs"),
    [
        pytest.param('oAuth a="1",b="2"', (("a", "1"), ("b", "2")), id="vendor's spelling"),
        pytest.param("OAuth a=1,b=", (("a", "1"), ("b", "")), id="no quotes"),
        pytest.param('OAUTH a="x%2Cy" , b="1, 2"', (("a", "x,y"), ("b", "1, 2")), id="commas inside"),
        pytest.param("Bearer abc", None, id="other scheme"),
        pytest.param("", None, id="none"),
    ],
)
def test_header(header: str, pairs: tuple[tuple[str, str], ...] | None) -> None:
    """The header is read with and without quotes, under the scheme word in any case."""
    headers = {"authorization": header}
    found = read_authorization(Request(method="GET", address="http://h/", headers=headers))
    assert (None if found is None else found.pairs) == pairs
