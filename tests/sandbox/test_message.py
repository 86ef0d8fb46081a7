from __future__ import annotations

from decimal import Decimal

import httpx
import pytest

from po_bridge.sandbox import Request, Response


def ask(address: str = "http://shop.test/a%2Fb?x=1&y=&x=2", **members: object) -> Request:
    """Write a request."""
    return Request(method="GET", address=address, **members)  # type: ignore[arg-type]  # only what a test needs


def test_address_is_taken_apart() -> None:
    """Host, path and query are read from the address; the path stays encoded, query names may repeat."""
    request = ask()
    assert request.host == "shop.test"
    assert request.path == "/a%2Fb"
    assert request.query == (("x", "1"), ("y", ""), ("x", "2"))


def test_first_query_value_counts() -> None:
    """`first` gives the first value of a name and None for a name that is absent."""
    assert ask().first("x") == "1"
    assert ask().first("z") is None


def test_header_names_are_lower_case() -> None:
    """Header names are compared in lower case on both sides."""
    assert ask(headers={"Content-Type": "a/b"}).headers == {"content-type": "a/b"}
    assert Response(headers={"Retry-After": "1"}).headers == {"retry-after": "1"}


def test_json_numbers_are_decimal() -> None:
    """A number with a fraction never becomes a float."""
    assert ask(body=b'{"a": 0.1, "b": 2}').json() == {"a": Decimal("0.1"), "b": 2}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2.63158", b"2.63158"),
        ("40.00000", b"40"),
        ("0.00001", b"1e-05"),
        ("123456789.12345", b"123456789.12345"),
    ],
)
def test_decimals_are_written_as_numbers(value: str, written: bytes) -> None:
    """A Decimal is written as a JSON number of the same value."""
    answer = Response.json(Decimal(value))
    assert answer.body == written
    assert answer.read_json() == Decimal(value)


def test_other_types_are_no_json() -> None:
    """A value that JSON does not know is refused instead of being turned into text."""
    with pytest.raises(TypeError, match="not JSON: set"):
        Response.json({1, 2})


def test_form_is_read() -> None:
    """A URL-encoded form is read by name; the last value counts."""
    assert ask(body=b"a=1&b=x+y&a=2").form() == {"a": "2", "b": "x y"}


def test_multipart_is_read_as_httpx_sends_it() -> None:
    """Name, file name, type and bytes of a multipart part survive the way, binary bytes too."""
    content = bytes(range(256)) + b"\r\n--\r\n"
    sent = httpx.Request(
        "POST", "http://x/", data={"note": "hi"}, files={"image": ("a.png", content, "image/png")}
    )
    note, part = ask(headers=dict(sent.headers), body=sent.read()).parts()
    assert (note.name, note.content, note.filename) == ("note", b"hi", "")
    assert (part.name, part.filename, part.content_type, part.content) == (
        "image",
        "a.png",
        "image/png",
        content,
    )


def test_other_bodies_have_no_parts() -> None:
    """A body that is not multipart has no parts."""
    assert ask(headers={"content-type": "application/json"}, body=b"{}").parts() == ()


def test_cut_answer_sends_half() -> None:
    """A cut answer sends the first half of its body."""
    assert Response(body=b"12345678").sent == b"12345678"
    assert Response(body=b"12345678", cut=True).sent == b"1234"
