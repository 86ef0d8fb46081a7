"""Carriers as data: which one free text names, and where its parcels are followed."""

from __future__ import annotations

import pytest

from po_bridge.mapping.carriers import CARRIERS, Carrier, find_carrier, parcel_page


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UPS Ground", "UPS"),
        ("ups", "UPS"),
        ("UPS® Next Day Air", "UPS"),
        ("FedEx Home Delivery", "FedEx"),
        ("FEDEX_GROUND", "FedEx"),
        ("Fed-Ex 2Day", "FedEx"),
        ("USPS Priority Mail", "USPS"),
        ("DHL Express Worldwide", "DHL"),
        ("Canada Post - Expedited", "Canada Post"),
        ("Royal Mail Tracked 24", "Royal Mail"),
        ("colissimo", "La Poste"),
        ("Groups", None),
        ("upside down freight", None),
        ("UPS or FedEx", None),
        ("Best way", None),
        ("", None),
    ],
    ids=lambda value: str(value) or "empty",
)
def test_free_text(text: str, name: str | None) -> None:
    """Whole words name a carrier; parts of words, two carriers and unknown ones name none."""
    found = find_carrier(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("number", "name"),
    [("1Z0000000000000024", "UPS"), ("1z 000 000 00 0000 0024", "UPS"), ("000000000017", None), ("", None)],
    ids=["UPS", "written with blanks", "anybody's", "empty"],
)
def test_number_alone(number: str, name: str | None) -> None:
    """A number that only one carrier has names it where the text does not."""
    found = find_carrier("standard", number)
    assert (found.name if found else None) == name


def test_text_goes_before_number() -> None:
    """A carrier that is named is believed, whatever the number looks like."""
    assert parcel_page("FedEx", "1Z0000000000000024").startswith("https://www.fedex.com/")


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda each: each.name)
def test_pages(carrier: Carrier) -> None:
    """Every carrier is found by each of its spellings, and its page holds the number."""
    for word in carrier.words:
        found = find_carrier(word.title())
        assert found is carrier
    assert carrier.page("AB12").count("AB12") == 1


@pytest.mark.parametrize(
    ("number", "written"),
    [("1Z 123", "1Z123"), ("a/b?c=d&e#f", "a%2Fb%3Fc%3Dd%26e%23f"), ("{0}", "%7B0%7D"), ("<x>", "%3Cx%3E")],
    ids=["blanks", "signs of addresses", "braces", "markup"],
)
def test_numbers_are_escaped(number: str, written: str) -> None:
    """A number is foreign text: it cannot change the page it leads to."""
    assert parcel_page("UPS", number) == f"https://www.ups.com/track?tracknum={written}"


def test_no_page() -> None:
    """Without a known carrier, or without a number, there is no page."""
    assert parcel_page("Best way", "77") == ""
    assert parcel_page("UPS", "  ") == ""


def test_a_table_of_ones_own() -> None:
    """A caller may give carriers of their own."""
    own = (Carrier(name="Bike", words=("bike",), address="https://bike.example/{number}"),)
    assert parcel_page("by bike", "7", own) == "https://bike.example/7"
    assert parcel_page("UPS", "7", own) == ""


@pytest.mark.parametrize(
    "address", ["http://x.example/{number}", "https://x.example/", "javascript:{number}"], ids=str
)
def test_odd_templates_are_refused(address: str) -> None:
    """A page is https and holds the number once."""
    with pytest.raises(ValueError, match="number"):
        Carrier(name="X", words=("x",), address=address)
