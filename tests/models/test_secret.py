"""Values that nobody may read by accident."""

from __future__ import annotations

import copy
import logging

import pytest
from attrs import asdict, field, frozen

from po_bridge.models.secret import Secret, secret


@frozen
class _Holder:
    key: Secret = field(converter=secret)


@pytest.mark.parametrize(
    "shown",
    [
        str(Secret("hush")),
        repr(Secret("hush")),
        f"{Secret('hush')}",
        f"{Secret('hush')!r}",
        "%s" % Secret("hush"),  # noqa: UP031 - the old form is a way to format, too
        str([Secret("hush")]),
        repr(_Holder("hush")),
        str(asdict(_Holder("hush"), recurse=True)),
        logging.LogRecord("n", 10, "p", 1, "%s %r", (Secret("hush"), Secret("hush")), None).getMessage(),
    ],
)
def test_never_shows(shown: str) -> None:
    """A secret shows as stars in every way of formatting."""
    assert "***" in shown
    assert "hush" not in shown


def test_reveals_on_demand() -> None:
    """Whoever needs the text asks for it by name."""
    assert Secret("hush").reveal() == "hush"


def test_equality_and_emptiness() -> None:
    """Secrets are compared by their text, and an empty one is false."""
    assert Secret("a") == Secret("a") != Secret("b")
    assert Secret("a")
    assert not Secret()


def test_text_becomes_a_secret() -> None:
    """The converter takes both forms."""
    assert secret("a") == secret(Secret("a")) == Secret("a")


def test_cannot_be_changed() -> None:
    """A secret stays what it is, and a copy of it is equal."""
    hush = Secret("hush")
    with pytest.raises(AttributeError):
        hush.text = "x"
    assert copy.deepcopy(hush) == hush
