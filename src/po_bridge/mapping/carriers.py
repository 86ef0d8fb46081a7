"""Where parcels of the common carriers can be followed, as data.

Carriers move their pages now and then, so a caller may give a table of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from attrs import field, frozen

_WORD: Final = re.compile(r"[a-z0-9]+")


def _one_number(_instance: object, _attribute: object, value: str) -> None:
    if value.count("{number}") != 1 or not value.startswith("https://"):
        raise ValueError(f"a carrier's address is https and holds {{number}} once, got {value!r}")


@frozen(kw_only=True)
class Carrier:
    """A carrier, how people write it, and where its parcels are followed."""

    name: str
    """Name, for people."""
    words: tuple[str, ...]
    """Spellings in lower case; each is one word or several with blanks between them."""
    address: str = field(validator=_one_number)
    """Template of the page of one parcel: ``{number}``."""
    number: str = ""
    """Pattern that only this carrier's numbers have; empty where others could have them too."""

    def page(self, number: str) -> str:
        """The page of one parcel; the number is foreign text and is escaped."""
        return self.address.format(number=quote("".join(number.split()), safe=""))


CARRIERS: Final = (
    Carrier(
        name="UPS",
        words=("ups", "united parcel service"),
        address="https://www.ups.com/track?tracknum={number}",
        number=r"1Z[0-9A-Z]{16}",
    ),
    Carrier(
        name="FedEx",
        words=("fedex", "fed ex", "federal express"),
        address="https://www.fedex.com/fedextrack/?trknbr={number}",
    ),
    Carrier(
        name="USPS",
        words=("usps", "us postal service", "united states postal service"),
        address="https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    ),
    Carrier(
        name="DHL",
        words=("dhl",),
        address="https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    ),
    Carrier(
        name="OnTrac",
        words=("ontrac", "on trac", "lasership"),
        address="https://www.ontrac.com/tracking/?number={number}",
    ),
    Carrier(
        name="Canada Post",
        words=("canada post", "postes canada", "canadapost"),
        address="https://www.canadapost-postescanada.ca/track-reperage/en#/details/{number}",
    ),
    Carrier(
        name="Purolator",
        words=("purolator",),
        address="https://www.purolator.com/en/shipping/tracker?pin={number}",
    ),
    Carrier(
        name="Royal Mail",
        words=("royal mail", "royalmail"),
        address="https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    ),
    Carrier(
        name="Evri",
        words=("evri",),
        address="https://www.evri.com/track/parcel/{number}",
    ),
    Carrier(
        name="GLS",
        words=("gls",),
        address="https://gls-group.eu/EU/en/parcel-tracking?match={number}",
    ),
    Carrier(
        name="DPD",
        words=("dpd",),
        address="https://tracking.dpd.de/status/en_US/parcel/{number}",
    ),
    Carrier(
        name="La Poste",
        words=("la poste", "laposte", "colissimo", "chronopost"),
        address="https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    ),
    Carrier(
        name="Australia Post",
        words=("australia post", "auspost", "startrack"),
        address="https://auspost.com.au/mypost/track/details/{number}",
    ),
    Carrier(
        name="NZ Post",
        words=("nz post", "nzpost", "new zealand post"),
        address="https://www.nzpost.co.nz/tools/tracking?trackid={number}",
    ),
)
"""Carriers that parcels to shops come with."""


def find_carrier(text: str, number: str = "", carriers: Sequence[Carrier] = CARRIERS) -> Carrier | None:
    """The carrier that free text names, else the one whose numbers look like no other's; None where neither.

    Text that names two carriers names none.
    """
    padded = f" {' '.join(_WORD.findall(text.lower()))} "
    named = [one for one in carriers if any(f" {word} " in padded for word in one.words)]
    if named:
        return named[0] if len(named) == 1 else None
    plain = "".join(number.split()).upper()
    told = [one for one in carriers if one.number and re.fullmatch(one.number, plain)]
    return told[0] if len(told) == 1 else None


def parcel_page(text: str, number: str, carriers: Sequence[Carrier] = CARRIERS) -> str:
    """The page where a parcel can be followed; empty where the carrier is not known."""
    carrier = find_carrier(text, number, carriers)
    return carrier.page(number) if carrier and number.strip() else ""
