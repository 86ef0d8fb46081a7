"""What a page shows of a review: every line once, styles together, orders told apart."""

from __future__ import annotations

from attrs import evolve
from tests.report import made
from tests.stand import seeded

from po_bridge.matching.result import Evidence, Matched, NeedsReview
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.planning.review import Review
from po_bridge.report.line_view import line_view
from po_bridge.report.review_view import StyleView, review_view
from po_bridge.report.sign_view import signs_view
from po_bridge.report.tone import Tone


def styles(review: Review) -> list[StyleView]:
    """Every style of a page."""
    return [style for group in review_view(review, {}).groups for style in group.styles]


def test_every_line_stands_once() -> None:
    """Over several orders nothing is lost and nothing doubled, and the counts say so."""
    with seeded().bridge() as bridge:
        review = bridge.review("240117", "240118", "240119-1", "240119-2")
    view = review_view(review, {})
    shown = [(style.order, line.key) for style in styles(review) for line in style.lines]
    numbers = {order.key: order.number for order in review.orders}
    assert sorted(shown) == sorted((numbers[line.order], str(line.key)) for line in review.lines)
    assert [group.number for group in view.groups] == [
        sum(len(style.lines) for style in group.styles) for group in view.groups
    ]
    assert {style.name for style in styles(review)} >= {"Harbour Tee", "Shetland Crew"}


def test_one_order_is_not_named_again() -> None:
    """With a single order its number stands on top only."""
    assert {style.order for style in styles(made.review(made.plain))} == {""}


def test_a_second_order_is_told_apart() -> None:
    """The same style on two orders stands under each order's number."""
    review = made.review(made.plain)
    other = evolve(review.orders[0], key=OrderKey(portal="portal", order_id="second"), number="second-number")
    both = evolve(review, orders=(*review.orders, other))
    assert {style.order for style in styles(both)} == {"order-number", "second-number"}


def test_name_without_a_style_document() -> None:
    """The matched product lends its name, else the style number stands there."""
    review = made.review(made.plain)
    bare = evolve(review, styles=dict.fromkeys(review.styles))
    assert sorted({style.name for style in styles(bare)}) == ["product-name", "style-number"]


def test_line_without_anything_to_say() -> None:
    """A line with neither size, picture nor evidence is a line all the same."""
    review = made.review(made.plain)
    line = evolve(
        review.lines[0],
        key=LineKey(portal="p", style_id="s", color="", size=""),
        match=NeedsReview(reasons=()),
    )
    view = line_view(review, line)
    assert (view.size, view.reasons, view.signs, view.theirs, view.open) == ("-", (), (), (), True)
    matched = line_view(review, evolve(line, match=review.matches[review.lines[0].key], product=None))
    assert isinstance(review.matches[review.lines[0].key], Matched)
    assert [one.name for one in matched.theirs] == ["p1"]


def test_signs() -> None:
    """What simply agrees is named together; what was read otherwise, is against or missing has its own line."""

    def sign(name: str, theirs: str, *, agrees: bool, note: str = "") -> Evidence:
        return Evidence(sign=name, ours="ours", theirs=theirs, agrees=agrees, note=note)

    found = signs_view(
        (
            sign("code", "ours", agrees=True),
            sign("size", "ours", agrees=True),
            sign("color", "theirs", agrees=True, note="same word"),
            sign("name", "theirs", agrees=False),
            sign("style number", "", agrees=False),
        )
    )
    assert [(one.text, one.tone) for one in found] == [
        ("code, size agree", Tone.GOOD),
        ("color ours agrees with theirs (same word)", Tone.GOOD),
        ("name ours is against theirs", Tone.WARN),
        ("style number ours: nothing there", Tone.CALM),
    ]
    assert signs_view((sign("code", "ours", agrees=True),))[0].text == "code agrees"
