"""One order's timeline: milestones, parcels and counts by line, and everything that does not fit together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.planning.test_arrived import applied, purchase
from tests.planning.wholesale import AT, KEY, dec, line, order

from po_bridge.models.milestone import Reached
from po_bridge.models.setup import PackRule, PortalRules, Setup
from po_bridge.models.shipment import ParcelStatus, Shipment, ShippedLine, Shipping
from po_bridge.models.wholesale_order import WholesaleStatus
from po_bridge.planning.book import AppliedLine, Book
from po_bridge.planning.sighting import Sighting
from po_bridge.planning.timeline import Seen, Timeline, timeline_of
from po_bridge.planning.timeline_text import timeline_text

TEE, CAP = line("TEE", "M", 5, 4), line("CAP", "OS", 2, 9)
ORDER = evolve(order(TEE, CAP), status=WholesaleStatus.PROCESSED)
APPLIED = evolve(
    applied(
        AppliedLine(line=TEE.key, product_id="p1", count=dec(5)),
        AppliedLine(line=CAP.key, product_id="p2", count=dec(2)),
    ),
    number=ORDER.number,
    purchase_orders=("po",),
)
UPS = Shipment(
    carrier="UPS Ground",
    tracking=("1Z0000000000000024", "1Z 00/31"),
    status=ParcelStatus.SHIPPED,
    status_word="shipped",
    shipped_on=date(2027, 3, 5),
    lines=(ShippedLine(style_number="TEE", color="Black", size="M", quantity=dec(4)),),
)


def seen(**more: Any) -> Seen:
    """Everything that was looked at."""
    given: dict[str, Any] = {
        "order": ORDER,
        "source": "brand",
        "target": "shop",
        "shipping": Shipping(),
        "book": Book(applied={KEY: APPLIED}),
        "purchases": (purchase(p1=None, p2=None),),
        "at": AT + timedelta(days=9),
    }
    return Seen(**(given | more))


def made(before: Timeline | None = None, setup: Setup | None = None, **more: Any) -> Timeline:
    """A timeline, after an earlier look that gave another one."""
    return timeline_of(seen(**more), setup or Setup(), kept(before) if before else None)


def kept(timeline: Timeline) -> Sighting:
    """What is kept of a timeline."""
    return Sighting(
        order=timeline.order, at=timeline.at, milestones=timeline.milestones, lines=timeline.lines_seen
    )


def counts(timeline: Timeline) -> list[tuple[str, ...]]:
    """Counts by line: ordered, on order, shipped, received; a question mark for unknown."""
    return [
        tuple(
            "?" if units is None else f"{units:f}"
            for units in (one.ordered, one.on_order, one.shipped, one.received)
        )
        for one in timeline.lines
    ]


def test_counts_by_line() -> None:
    """Each line tells what was ordered, what stands on purchase orders, what left and what arrived."""
    timeline = made(shipping=Shipping(shipments=(UPS,)), purchases=(purchase(p1=3, p2=None),))
    assert counts(timeline) == [("5", "5", "4", "3"), ("2", "2", "0", "?")]


def test_unknown_is_not_zero() -> None:
    """Where nobody states parcels or receiving, counts are unknown."""
    assert counts(made(shipping=None)) == [("5", "5", "?", "?"), ("2", "2", "?", "?")]


def test_order_that_was_never_applied() -> None:
    """An order can be watched before it is taken over."""
    timeline = made(book=Book(), purchases=())
    assert timeline.purchase_orders == ()
    assert counts(timeline)[0] == ("5", "?", "?", "?")
    assert timeline.latest is not None
    assert timeline.latest.reached is Reached.PROCESSED


def test_packs_are_counted_in_eaches() -> None:
    """Parcels count as the order does, so packs are multiplied by the same rule."""
    packs = line("TEE", "M", 5, 4, units_per_pack=12)
    setup = Setup(portals={"Acme": PortalRules(packs=PackRule.PACKS)})
    timeline = made(setup=setup, order=order(packs), shipping=Shipping(shipments=(UPS,)), book=Book())
    assert counts(timeline) == [("60", "?", "48", "?")]


def test_parcels_have_pages() -> None:
    """Each tracking number of a known carrier has the page where it is followed, safely written."""
    (parcel,) = made(shipping=Shipping(shipments=(UPS,))).parcels
    assert parcel.pages == (
        "https://www.ups.com/track?tracknum=1Z0000000000000024",
        "https://www.ups.com/track?tracknum=1Z00%2F31",
    )


def test_carrier_of_the_whole_order() -> None:
    """A parcel without a carrier has the one that the order names."""
    bare = evolve(UPS, carrier="", tracking=("5",))
    (parcel,) = made(shipping=Shipping(shipments=(bare,), carrier="FedEx")).parcels
    assert (parcel.shipment.carrier, parcel.pages) == (
        "FedEx",
        ("https://www.fedex.com/fedextrack/?trknbr=5",),
    )


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({"shipping": Shipping(faults=("$.shipments: 7",))}, "shipments cannot be read: $.shipments: 7"),
        ({"shipping": Shipping(words=("teleported",))}, "of the shipping the brand says 'teleported'"),
        ({"purchases": ()}, "purchase order po is gone from the POS"),
        (
            {"order": evolve(ORDER, lines=(line("TEE", "M", 7, 4), CAP))},
            "TEE / Black / M: 7 ordered, 5 on the purchase order",
        ),
        (
            {
                "order": evolve(ORDER, lines=(line("TEE", "M", 3, 4), CAP)),
                "shipping": Shipping(shipments=(UPS,)),
            },
            "TEE / Black / M: 4 shipped of 3 ordered",
        ),
        ({"purchases": (purchase(p1=6, p2=None),)}, "TEE / Black / M: 6 received of 5 on order"),
        (
            {
                "shipping": Shipping(
                    shipments=(evolve(UPS, lines=(ShippedLine(size="XL", quantity=dec(1)),)),)
                )
            },
            "a parcel holds 1 of XL, which fits no line of the order",
        ),
    ],
    ids=["unreadable", "unknown word", "gone", "edited", "over-shipped", "over-received", "unplaced"],
)
def test_what_does_not_fit_is_told(more: dict[str, Any], note: str) -> None:
    """Contradictions are shown, not smoothed over."""
    assert any(note in one for one in made(**more).notes)


def test_lines_that_left_the_order() -> None:
    """What stands on the purchase order and not with the brand any more is shown, with a name as far as known."""
    left: dict[str, Any] = {"order": evolve(ORDER, lines=(TEE,)), "purchases": (purchase(p1=None, p2=1),)}
    named = made(**left, gone={CAP.key: "CAP"})
    assert counts(named) == [("5", "5", "?", "?"), ("0", "2", "?", "1")]
    assert [one.name for one in named.lines] == ["TEE / Black / M", "CAP / Black / OS"]
    assert named.notes == ("CAP / Black / OS: 0 ordered, 2 on the purchase order",)
    assert made(**left).lines[1].name == "s-CAP / Black / OS"


@pytest.mark.parametrize(
    ("number", "note"),
    [
        (
            "1001-1",
            "it was order 1001 when it was applied; the brand split it since, and its other parts are",
        ),
        ("1002", "it was order 1001 when it was applied"),
    ],
    ids=["split", "renumbered"],
)
def test_another_number_is_told(number: str, note: str) -> None:
    """Who looks for an order by its number must know that it bears another one now."""
    (told,) = made(order=evolve(ORDER, number=number)).notes
    assert told.startswith(note)
    assert ("split" in told) is ("split" in note)


def test_counts_that_shrink_are_told() -> None:
    """Units that were shipped or received before and are not any more are told."""
    before = made(shipping=Shipping(shipments=(UPS,)), purchases=(purchase(p1=3, p2=None),))
    after = made(before, purchases=(purchase(p1=2, p2=None),))
    assert "TEE / Black / M: 4 were shipped before, now unknown" in after.notes
    assert "TEE / Black / M: 3 were received before, now 2" in after.notes


def test_nothing_new_says_nothing() -> None:
    """Looking twice at the same things tells nothing, and keeps when they were first seen."""
    before = made(shipping=Shipping(shipments=(UPS,)))
    after = made(before, shipping=Shipping(shipments=(UPS,)), at=AT + timedelta(days=12))
    assert after.notes == ()
    assert [one.seen_at for one in after.milestones] == [one.seen_at for one in before.milestones]


def test_going_back_is_told() -> None:
    """A status that went back since the last look is told, and the milestone is kept as taken back."""
    before = made()
    after = made(before, order=evolve(ORDER, status=WholesaleStatus.PENDING))
    assert any("it went back: processed" in note for note in after.notes)
    assert [one.reached for one in after.milestones if not one.holds] == [Reached.APPROVED, Reached.PROCESSED]
    assert after.latest is not None
    assert after.latest.reached is Reached.SUBMITTED


# --- as text -----------------------------------------------------------------------------------------


def test_text() -> None:
    """The text shows milestones with source and time, parcels with pages, counts, and notes."""
    timeline = made(
        shipping=Shipping(shipments=(UPS,)), purchases=(purchase(p1=3, p2=None),), siblings=("1001-2",)
    )
    lines = timeline_text(timeline).splitlines()
    assert lines[:3] == [
        "order 1001 (Acme): processed; purchase order po",
        "split from the same order: 1001-2",
        "looked at 2027-03-10 09:30 UTC",
    ]
    assert "  created            2027-03-01 09:30     brand" in lines
    assert "  submitted          by 2027-03-10 09:30  brand, inferred: the order is processed" in lines
    assert "  shipped in part    2027-03-05           brand" in lines
    assert "  received in part   by 2027-03-10 09:30  shop" in lines
    assert "  UPS Ground, 2027-03-05, shipped, 4 units" in lines
    assert "    1Z0000000000000024  https://www.ups.com/track?tracknum=1Z0000000000000024" in lines
    assert "  TEE / Black / M   5        5         4        3" in lines
    assert str(timeline) == timeline_text(timeline)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "by 2027-03-10 09:30  brand"),
        (timedelta(minutes=5), "(5 min ago)"),
        (timedelta(hours=3), "(3 h ago)"),
        (timedelta(days=2), "(2 d ago)"),
    ],
    ids=["now", "minutes", "hours", "days"],
)
def test_age(passed: timedelta, words: str) -> None:
    """A fact without a time of its own shows how long ago it was first seen."""
    before = made()
    after = made(before, at=before.at + passed)
    assert words in str(after)


def test_text_of_what_went_back() -> None:
    """What was taken back stands in brackets with the moment, and is told with a mark."""
    after = made(made(), order=evolve(ORDER, status=WholesaleStatus.APPROVED))
    assert "(processed)" in str(after)
    assert "taken back, seen 2027-03-10 09:30" in str(after)
    assert "! it went back: processed" in str(after)


def test_text_of_little() -> None:
    """An order without lines, parcels and purchase orders is one short text."""
    text = str(made(order=evolve(ORDER, lines=()), book=Book(), purchases=()))
    assert "purchase order none yet" in text
    assert "parcels" not in text
    assert "ordered" not in text


def test_unstated_parts_of_a_parcel() -> None:
    """A parcel without carrier, day, status and content says so."""
    bare = Shipment(tracking=("77",))
    text = str(made(shipping=Shipping(shipments=(bare,))))
    assert "  carrier not stated, day unknown, other, content not stated" in text
    assert "\n    77\n" in text


def test_text_is_safe_for_a_terminal() -> None:
    """Foreign text cannot steer a terminal or break lines."""
    evil = evolve(UPS, carrier="UPS\x1b[31m\nfake line", tracking=("1Z\x07",), status_word="\u202eshipped")
    text = str(made(shipping=Shipping(shipments=(evil,))))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\nfake line" not in text
