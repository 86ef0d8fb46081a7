"""Decisions over both emulators, with a journal in memory and one in a file: stored, listed, applied, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.execution.shop import Shop
from tests.planning.spreadsheet import filled
from tests.stand import seeded

from po_bridge import answer, create_new, link_to, open_journal, skip
from po_bridge.errors import Misuse
from po_bridge.matching.result import Choice, Match, Matched, NeedsReview, New, Reason, Rung, Skipped
from po_bridge.models.keys import LineKey
from po_bridge.planning.change import MoreMembers
from po_bridge.planning.decision_sheet import read_sheet, write_sheet
from po_bridge.planning.plan import Plan
from po_bridge.planning.review import Review
from po_bridge.planning.rule import every_line
from po_bridge.planning.ruling import Ruling
from po_bridge.planning.subject import Subject, decision_key
from po_bridge.sandbox.app import calls
from po_bridge.sandbox.seed import DEMO_ORDER

PORTAL = "Fennick & Rowe"
TEES, SCARF, CARDIGAN = "Harbour Tee", "Merino Scarf", "Cable Cardigan"
GROWING = "240124"
"""An order with two families that the store has, each in want of a variant."""


@pytest.fixture(params=["memory", "file"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """Both emulators with a journal of either kind."""
    if request.param == "memory":
        yield Shop()
        return
    journal = open_journal(tmp_path / "bridge.db")
    yield Shop(journal=journal)
    journal.close()


def keys_of(review: Review, name: str) -> list[LineKey]:
    """Keys of the lines of a style, by its name."""
    return [line.key for line in review.lines if line.name.startswith(name)]


def result(review: Review, key: LineKey) -> Match:
    """What a review says of one line."""
    return review.matches[key]


def decided(shop: Shop, review: Review) -> Review:
    """Link whatever is asked to its first candidate."""
    rulings: dict[LineKey, Ruling] = {}
    for line in review.needs_review:
        if isinstance(line.match, NeedsReview):
            rulings[line.key] = link_to(line.match.candidates[0].product_id)
    return shop.bridge.decide(review, rulings, by="Ann") if rulings else review


def synced(shop: Shop, review: Review) -> None:
    """Plan and apply a review; everything must be there afterwards."""
    assert shop.bridge.apply(shop.bridge.plan(review)).synced


def fresh(shop: Shop) -> Shop:
    """The same shop on another day: another Bridge with an empty cache, the same journal."""
    shop.bridge = shop.another()
    return shop


def made_variants(plan: Plan) -> int:
    """How many variants a plan adds to families that exist."""
    return sum(len(change.members) for change in plan.changes if isinstance(change, MoreMembers))


# --- for a line, a style, as a rule


def test_line_is_skipped(shop: Shop) -> None:
    """A line that a person skips is left out, with who and why, and the others go on."""
    review = shop.bridge.review(DEMO_ORDER)
    (scarf,) = keys_of(review, SCARF)
    review = shop.bridge.decide(review, {scarf: skip("arrives too late")}, by="Ann")
    assert result(review, scarf) == Skipped(why="arrives too late", by="Ann")
    assert shop.bridge.plan(review).blocking == ()
    synced(shop, review)
    assert scarf not in {link.line for link in shop.bridge.links()}


def test_style_is_skipped(shop: Shop) -> None:
    """A decision about a style holds for every size of it, and for no other style."""
    review = shop.bridge.review(DEMO_ORDER)
    tees = keys_of(review, TEES)
    review = shop.bridge.decide(review, {(tees[0].portal, tees[0].style_id): skip("next year")}, by="Ann")
    assert {result(review, key) for key in tees} == {Skipped(why="next year", by="Ann")}
    assert len(review.skipped) == len(tees) == 4


def test_rule_holds_for_later_orders(shop: Shop) -> None:
    """A rule decides every line that it fits, of this order and of another one, and names itself."""
    rule = every_line(PORTAL, size="Small")
    review = shop.bridge.decide(shop.bridge.review(DEMO_ORDER), {rule: skip("no room for S")}, by="Ann")
    assert {line.key.size for line in review.skipped} == {"S"}
    other = fresh(shop).bridge.review(GROWING)
    (line,) = other.skipped
    assert line.match == Skipped(why="no room for S", by=f"the rule for {rule}")
    assert "decided by the rule for every line of Fennick & Rowe whose size is 'small'" in other.explain(
        line.key
    )


def test_rule_creates(shop: Shop) -> None:
    """A rule to create makes new products of lines that would match, once: afterwards they are linked."""
    review = shop.bridge.review(DEMO_ORDER)
    tees = keys_of(review, TEES)
    rule = every_line(PORTAL, style_number="FR-1001")
    review = decided(shop, shop.bridge.decide(review, {rule: create_new()}, by="Ann"))
    assert all(isinstance(result(review, key), New) for key in tees)
    synced(shop, review)
    again = fresh(shop).bridge.review(DEMO_ORDER)
    assert [result(again, key).rung for key in tees] == [Rung.DECISION] * 4  # type: ignore[union-attr]  # else it fails
    assert shop.bridge.plan(again).empty


def test_line_is_created_once(shop: Shop) -> None:
    """A line that a person had created is the created product from then on, in every later review."""
    review = shop.bridge.review(DEMO_ORDER)
    (scarf,) = keys_of(review, SCARF)
    review = shop.bridge.decide(review, {scarf: create_new("the others are old")}, by="Ann")
    synced(shop, review)
    again = fresh(shop).bridge.review(DEMO_ORDER)
    found = result(again, scarf)
    assert isinstance(found, Matched)
    assert found.rung is Rung.DECISION
    assert found.evidence[0].note == "the others are old"
    assert shop.bridge.plan(again).empty


def test_rules_disagree(shop: Shop) -> None:
    """Two rules that contradict each other send their lines to review, and the line's own decision settles it."""
    rulings = {every_line(PORTAL, size="S"): skip(), every_line(PORTAL, color="Navy"): create_new()}
    review = shop.bridge.decide(shop.bridge.review(DEMO_ORDER), rulings, by="Ann")
    key = next(key for key in keys_of(review, TEES) if key.size == "S")
    asked = result(review, key)
    assert isinstance(asked, NeedsReview)
    assert asked.reasons[0] is Reason.RULES_DISAGREE
    review = shop.bridge.decide(review, {key: skip()}, by="Ann")
    assert isinstance(result(review, key), Skipped)


# --- what is in force


def test_decisions_are_listed(shop: Shop) -> None:
    """Everything in force is listed with who, when and why; what was replaced is not."""
    review = shop.bridge.review(DEMO_ORDER)
    (scarf,) = keys_of(review, SCARF)
    rule = every_line(PORTAL, size="XS")
    shop.bridge.decide(review, {scarf: skip("first thought")}, by="Ann")
    shop.clock.sleep(60)
    rulings: dict[Subject, Ruling] = {scarf: create_new("on second thought"), rule: skip("no XS")}
    shop.bridge.decide(review, rulings, by="Ben")
    listed = {one.key: one for one in shop.bridge.decisions()}
    assert set(listed) == {decision_key(scarf), rule.key}
    own = listed[decision_key(scarf)]
    assert (own.choice, own.by, own.why, own.at) == (
        Choice.CREATE,
        "Ben",
        "on second thought",
        shop.clock.now(),
    )


def test_links_of_all_lines(shop: Shop) -> None:
    """Every line that was ordered is linked afterwards, the matched ones too, by the plan that ordered them."""
    review = decided(shop, shop.bridge.review(DEMO_ORDER))
    plan = shop.bridge.plan(review)
    assert shop.bridge.apply(plan).synced
    links = shop.bridge.links()
    assert {link.line for link in links} == {line.key for line in review.lines}
    assert {link.by for link in links} == {f"plan {plan.digest}"}


def test_repeat_needs_nothing_else(shop: Shop) -> None:
    """A repeated order reads the products' cursor and its purchase order, and of the brand the order alone.

    A bare number is looked for in the other portals too, since another brand's order may bear it by now.
    """
    synced(shop, decided(shop, shop.bridge.review(DEMO_ORDER)))
    fresh(shop)
    shop.bridge.review(GROWING)
    shop.xseries.log.clear()
    shop.nuorder.log.clear()
    (row,) = shop.bridge.status()
    again = shop.bridge.review(str(row.order))
    assert shop.bridge.plan(again).empty
    paths = {
        path.partition("?")[0].rpartition("/2026-07/")[2].partition("/")[0]
        for (_, path) in calls(shop.xseries.log)
    }
    assert paths == {"products", "consignments"}
    assert all("/consignments/" in path or "/products" in path for _, path in calls(shop.xseries.log))
    assert [path.rpartition("/")[0] for _, path in calls(shop.nuorder.log)] == ["/api/order"]
    shop.nuorder.log.clear()
    shop.bridge.review(DEMO_ORDER)
    assert [path.rpartition("/")[0] for _, path in calls(shop.nuorder.log)] == [
        "/api/order/number",
        "/api/order",
    ]


# --- taken back


def test_decision_is_taken_back(shop: Shop) -> None:
    """A decision that is taken back is in force no more, and taking it back twice is no error."""
    review = shop.bridge.review(DEMO_ORDER)
    (scarf,) = keys_of(review, SCARF)
    rule = every_line(PORTAL, size="XS")
    style = (scarf.portal, scarf.style_id)
    rulings: dict[Subject, Ruling] = {rule: skip(), style: skip(), scarf: create_new()}
    shop.bridge.decide(review, rulings, by="Ann")
    for subject in (rule, style, decision_key(scarf)):
        assert shop.bridge.revoke(subject, by="Ben", why="a mistake")
        assert not shop.bridge.revoke(subject, by="Ben")
    assert shop.bridge.decisions() == ()
    assert isinstance(result(shop.bridge.review(DEMO_ORDER), scarf), NeedsReview)


def test_link_is_taken_back(shop: Shop) -> None:
    """A link that was taken back is not made again by any sign: the line is asked about until a person decides."""
    review = decided(shop, shop.bridge.review(DEMO_ORDER))
    synced(shop, review)
    tee = keys_of(review, TEES)[0]
    (product,) = [link.product_id for link in shop.bridge.links() if link.line == tee]
    assert shop.bridge.revoke(tee, by="Ben", why="wrong tee")
    again = fresh(shop).bridge.review(DEMO_ORDER)
    asked = result(again, tee)
    assert isinstance(asked, NeedsReview)
    assert asked.reasons == (Reason.TAKEN_BACK,)
    assert product in {candidate.product_id for candidate in asked.candidates}
    assert "a link was taken back" in shop.bridge.explain(again, tee)
    assert tee in {question.line for question in shop.bridge.plan(again).blocking}
    tied = shop.bridge.decide(again, {tee: link_to(product, "it is the right one")}, by="Ben")
    later = fresh(shop).bridge.review(DEMO_ORDER)
    for one in (tied, later):
        found = result(one, tee)
        assert isinstance(found, Matched)
        assert (found.product_id, found.rung) == (product, Rung.DECISION)
        assert shop.bridge.plan(one).empty


def test_link_taken_back_and_another_linked(shop: Shop) -> None:
    """Another product in the place of the one taken back: the purchase order follows, and the new pair is linked."""
    review = decided(shop, shop.bridge.review(DEMO_ORDER))
    synced(shop, review)
    (scarf,) = keys_of(review, SCARF)
    first = next(link.product_id for link in shop.bridge.links() if link.line == scarf)
    candidates = {one.product_id for one in asked_before(shop).candidates}
    (other,) = candidates - {first}
    shop.bridge.revoke(scarf, by="Ben")
    again = shop.bridge.decide(fresh(shop).bridge.review(DEMO_ORDER), {scarf: link_to(other)}, by="Ben")
    (removal,) = shop.bridge.plan(again).blocking
    assert first in removal.key
    again = shop.bridge.decide(again, {removal.key: answer(removal.answers[0])}, by="Ben")
    synced(shop, again)
    assert next(link.product_id for link in shop.bridge.links() if link.line == scarf) == other
    assert shop.bridge.plan(fresh(shop).bridge.review(DEMO_ORDER)).empty


def asked_before(shop: Shop) -> NeedsReview:
    """What a shop without decisions asks about the scarf."""
    review = Shop(clock=shop.clock).bridge.review(DEMO_ORDER)
    found = result(review, keys_of(review, SCARF)[0])
    assert isinstance(found, NeedsReview)
    return found


def test_created_style_taken_back(shop: Shop) -> None:
    """What a style's decision had made and a person untied is asked about, not made a second time."""
    review = decided(shop, shop.bridge.review(DEMO_ORDER))
    tees = keys_of(review, TEES)
    review = shop.bridge.decide(review, {(tees[0].portal, tees[0].style_id): create_new()}, by="Ann")
    synced(shop, review)
    shop.bridge.revoke(tees[0], by="Ben")
    again = fresh(shop).bridge.review(DEMO_ORDER)
    asked = result(again, tees[0])
    assert isinstance(asked, NeedsReview)
    assert asked.reasons[0] is Reason.TAKEN_BACK
    assert all(isinstance(result(again, key), Matched) for key in tees[1:])


# --- what is refused


def test_every_bad_ruling_is_named(shop: Shop) -> None:
    """Rulings that fit nothing are refused together, and nothing of them is stored."""
    review = shop.bridge.review(DEMO_ORDER)
    tee = keys_of(review, TEES)[0]
    (scarf,) = keys_of(review, SCARF)
    gone = LineKey(portal=PORTAL, style_id="gone", color="", size="")
    rulings: dict[Any, Ruling] = {
        gone: skip(),
        tee: link_to("no-such-product"),
        scarf: answer("yes"),
        (PORTAL, "gone"): skip(),
        (tee.portal, tee.style_id): link_to("p1"),
        every_line("Nobody", size="S"): skip(),
        "money:Nobody": answer("as is"),
        "packs:Nobody": skip(),
    }
    with pytest.raises(Misuse) as raised:
        shop.bridge.decide(review, rulings, by="Ann")
    faults = str(raised.value).splitlines()
    assert [fault.rpartition(": ")[2] for fault in faults] == [
        "this review has no such line",
        "the POS has no product no-such-product",
        "a line is linked, created or skipped",
        "this review has no such style",
        "many lines are created or skipped together; link each to its own product",
        "this review has no line of portal Nobody",
        "this review asks no such question",
        "a question is answered, not linked, created or skipped",
        "this review asks no such question",
    ]
    assert shop.bridge.decisions() == ()


def test_deleted_product_is_refused(shop: Shop) -> None:
    """A product that was deleted meanwhile cannot be linked."""
    review = shop.bridge.review(DEMO_ORDER)
    tee = next(line for line in review.matched)
    assert isinstance(tee.match, Matched)
    shop.xseries.merchant.delete_product(tee.match.product_id)
    review = fresh(shop).bridge.review(DEMO_ORDER)
    with pytest.raises(Misuse, match="is deleted"):
        shop.bridge.decide(review, {tee.key: link_to(tee.match.product_id)}, by="Ann")


def test_key_as_text(shop: Shop) -> None:
    """A decision may be named by its key as text, as a command line has it."""
    review = shop.bridge.review(DEMO_ORDER)
    (scarf,) = keys_of(review, SCARF)
    review = shop.bridge.decide(review, {decision_key(scarf): skip("by text")}, by="Ann")
    assert isinstance(result(review, scarf), Skipped)


def test_answer_is_checked(shop: Shop) -> None:
    """An answer is one of those that its question offers."""
    review = shop.bridge.review("240126")
    with pytest.raises(Misuse, match="the answers are"):
        shop.bridge.decide(review, {f"packs:{PORTAL}": answer("perhaps")}, by="Ann")


def test_explain(shop: Shop) -> None:
    """Every line is explained on the face, and an unknown one is refused."""
    review = shop.bridge.review(DEMO_ORDER)
    for line in review.lines:
        assert line.lines[0].style_number in shop.bridge.explain(review, line.key)
    with pytest.raises(Misuse, match="no line"):
        shop.bridge.explain(review, LineKey(portal=PORTAL, style_id="gone", color="", size=""))


# --- as a file


def test_sheet_goes_round(shop: Shop) -> None:
    """A colleague fills in the sheet, and what comes back is decided in the colleague's name."""
    review = shop.bridge.review(DEMO_ORDER)
    row = next(
        number for number, line in enumerate(review.lines, start=2) if isinstance(line.match, NeedsReview)
    )
    data = filled(write_sheet(review), row, decision="1", why="I know this scarf")
    review = shop.bridge.decide(review, read_sheet(data, review), by="Cleo")
    assert review.needs_review == ()
    (decision,) = shop.bridge.decisions()
    assert (decision.choice, decision.by, decision.why) == (Choice.LINK, "Cleo", "I know this scarf")


# --- families that exist


def test_missing_variants_are_added(shop: Shop) -> None:
    """A family that the store has gets what it lacks over the wire; the next review finds nothing left to do."""
    review = shop.bridge.review(GROWING)
    plan = shop.bridge.plan(review)
    assert made_variants(plan) == 2
    assert not any("NewFamily" in type(change).__name__ for change in plan.changes)
    assert shop.bridge.apply(plan).synced
    again = fresh(shop).bridge.review(GROWING)
    assert shop.bridge.plan(again).empty
    families: dict[str, set[str | None]] = {}
    for line in again.matched:
        assert line.product is not None
        families.setdefault(line.product.name, set()).add(line.product.family_id)
    assert all(len(ids) == 1 for ids in families.values())


# --- the other face


def test_async_face() -> None:
    """The face that does not block decides, explains, lists and takes back alike."""

    async def decide() -> tuple[int, int]:
        async with seeded().async_bridge() as bridge:
            review = await bridge.review(DEMO_ORDER)
            (scarf,) = keys_of(review, SCARF)
            await bridge.decide(review, {scarf: skip()}, by="Ann")
            before = len(await bridge.decisions())
            assert bridge.explain(review, scarf)
            assert await bridge.links() == ()
            await bridge.revoke(scarf, by="Ann")
            return before, len(await bridge.decisions())

    assert asyncio.run(decide()) == (1, 0)
