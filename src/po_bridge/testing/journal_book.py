"""The journal's contract about what it adds up to: what was applied, links, decisions."""

from __future__ import annotations

from attrs import evolve

from ..matching.result import Choice
from ..models.keys import LineKey
from ..planning.book import Book, Decision, Link, line_decision, style_decision
from ..ports.journal import Journal
from .journal_case import MADE, MATCHED, applied_of, goal, moment, open_one, opened_of, order_key, plan_of
from .journal_plans import JournalBase

_ELSEWHERE = LineKey(portal="sample", style_id="style/2", color="Blue", size="S")


def link_to(product_id: str, line: LineKey = MADE, seconds: float = 0.0) -> Decision:
    """Decide that a line is a product."""
    key = line_decision(line)
    return Decision(
        key=key, choice=Choice.LINK, product_id=product_id, at=moment(seconds), by="Ann", why="seen"
    )


class BookContract(JournalBase):
    """The book."""

    def test_empty_book(self, journal: Journal) -> None:
        """A journal that holds nothing gives an empty book."""
        assert journal.book((order_key(),), (MADE,)) == Book(), "book() of an empty journal must be empty"

    def test_last_applied(self, journal: Journal) -> None:
        """Of each order what was applied last is kept, and orders are listed by when that was."""
        first, lease = open_one(journal, goal("1"), goal("2"))
        journal.close_plan(first, (applied_of(first, "1"), applied_of(first, "2")), moment(5), lease)
        second = plan_of(goal("1", 2))
        journal.open_plan(opened_of(second), lease)
        later = applied_of(second.digest, "1", 9, content="content-2")
        journal.close_plan(second.digest, (later,), moment(9), lease)
        worker = self.again(journal)
        assert worker.applied() == (applied_of(first, "2"), later), (
            "applied() must give the last one, oldest first"
        )
        applied = worker.book((order_key("1"), order_key("3")), ()).applied
        assert applied == {order_key("1"): later}, "book() must give what was applied to the orders asked for"

    def test_ordered_lines_are_linked(self, journal: Journal) -> None:
        """Closing a plan links every line that was ordered: products it made, and products it matched."""
        digest, lease = open_one(journal)
        journal.close_plan(digest, (applied_of(digest),), moment(5), lease)
        by = f"plan {digest}"
        made = Link(line=MADE, product_id="product-1", at=moment(5), by=by)
        matched = Link(line=MATCHED, product_id="product-9", at=moment(5), by=by)
        links = self.again(journal).book((), (MADE, MATCHED)).links
        assert links == {MADE: made, MATCHED: matched}, "close_plan() must link every line that was ordered"
        assert self.again(journal).links() == (matched, made), "links() must give every link, by line"

    def test_undone_lines_are_not_linked(self, journal: Journal) -> None:
        """An order that was taken back ties nothing, whatever lines are told of it."""
        digest, lease = open_one(journal)
        undone = evolve(applied_of(digest), status="undone")
        journal.close_plan(digest, (undone,), moment(5), lease)
        assert self.again(journal).links() == (), "close_plan() must not link lines of an order taken back"

    def test_revoked_link_is_not_made_again(self, journal: Journal) -> None:
        """A link that was taken back is not in force, stays on record, and no later plan makes it again."""
        digest, lease = open_one(journal)
        journal.close_plan(digest, (applied_of(digest),), moment(5), lease)
        assert journal.revoke(line_decision(MADE), moment(6), "Ann", "wrong coat"), "revoke() must say True"
        again = plan_of(goal("1", 2))
        journal.open_plan(opened_of(again), lease)
        journal.close_plan(again.digest, (applied_of(again.digest, seconds=7),), moment(7), lease)
        book = self.again(journal).book((), (MADE,))
        assert book.links == {}, "a revoked link must not be in force, and no plan may make it again"
        assert book.revoked == {MADE: ("product-1",)}, (
            "book() must tell which products were untied from a line"
        )

    def test_later_link_replaces(self, journal: Journal) -> None:
        """A later plan that makes another product for a line replaces its link, which is not revoked."""
        first, lease = open_one(journal)
        journal.close_plan(first, (applied_of(first),), moment(5), lease)
        again = plan_of(goal("1", 2))
        journal.open_plan(opened_of(again), lease)
        applied = applied_of(again.digest)
        lines = tuple(evolve(line, product_id="product-2") for line in applied.lines)
        journal.close_plan(again.digest, (evolve(applied, lines=lines),), moment(7), lease)
        book = journal.book((), (MADE,))
        assert book.links[MADE].product_id == "product-2", "the last link of a line must be in force"
        assert book.revoked == {}, "a link that was replaced was not revoked"

    def test_later_decision_replaces(self, journal: Journal) -> None:
        """The last decision for a key is in force, also within one call."""
        skip = Decision(key=line_decision(MADE), choice=Choice.SKIP, at=moment(2), why="not ours")
        journal.decide((link_to("product-1"), link_to("product-2", MATCHED)))
        journal.decide((link_to("product-3", seconds=1), skip))
        decisions = self.again(journal).book((), (MADE, MATCHED)).decisions
        wanted = {skip.key: skip, line_decision(MATCHED): link_to("product-2", MATCHED)}
        assert decisions == wanted, "decide() must replace the earlier decision for the same key"

    def test_decision_is_revoked(self, journal: Journal) -> None:
        """A decision is taken back once; there is nothing to take back before and after."""
        key = line_decision(MADE)
        assert not journal.revoke(key, moment(1), "Ann", ""), (
            "revoke() must say False where nothing is in force"
        )
        journal.decide((link_to("product-1"),))
        assert self.again(journal).revoke(key, moment(2), "Ann", ""), "revoke() must say True"
        assert not journal.revoke(key, moment(3), "Ann", ""), "revoke() must say False the second time"
        book = journal.book((), (MADE,))
        assert book.decisions == {}, "a revoked decision must not be in force"
        assert book.revoked == {MADE: ("product-1",)}, "a pair that a person untied must be told"

    def test_other_keys_are_revoked_too(self, journal: Journal) -> None:
        """Answers and decisions about styles are taken back by their keys, whatever these look like."""
        keys = ("existing:sample/1", style_decision("sample", "style/1"), "line:no line key")
        journal.decide([Decision(key=key, answer="yes", at=moment()) for key in keys])
        told = [journal.revoke(key, moment(1), "Ann", "") for key in keys]
        assert told == [True, True, True], "revoke() must find any key that was decided"
        assert journal.book((), (MADE,)) == Book(), "a revoked decision must not be in force"

    def test_tied_again(self, journal: Journal) -> None:
        """A person who decides for the same product again is no longer contradicted by the record."""
        journal.decide((link_to("product-1"),))
        journal.revoke(line_decision(MADE), moment(2), "Ann", "")
        journal.decide((link_to("product-2", seconds=3),))
        journal.revoke(line_decision(MADE), moment(4), "Ann", "")
        journal.decide((link_to("product-1", seconds=5),))
        revoked = self.again(journal).book((), (MADE,)).revoked
        assert revoked == {MADE: ("product-2",)}, "a pair that was tied again must not count as revoked"

    def test_book_holds_what_concerns(self, journal: Journal) -> None:
        """A book has the decisions of the lines asked for and of their styles, and every answer."""
        style = style_decision(MADE.portal, MADE.style_id)
        concerning = (
            link_to("product-1"),
            Decision(key=style, choice=Choice.CREATE, at=moment()),
            Decision(key="existing:sample/1", answer="adopt", at=moment()),
            Decision(key="zone:Main", answer="", at=moment()),
            Decision(key="already", answer="yes", at=moment()),
            Decision(key="rule:sample/size=s", choice=Choice.SKIP, at=moment(), by="Ann", why="no S"),
        )
        other_style = Decision(key=style_decision("sample", "style/2"), choice=Choice.SKIP, at=moment())
        journal.decide((*concerning, link_to("product-9", _ELSEWHERE), other_style))
        book = journal.book((), (MADE,))
        assert book.decisions == {one.key: one for one in concerning}, (
            "book() must give decisions about its lines and styles and all answers, and no other line's"
        )
        every = sorted(
            (*concerning, link_to("product-9", _ELSEWHERE), other_style), key=lambda decision: decision.key
        )
        assert journal.decisions() == tuple(every), "decisions() must give every decision in force, by key"
        assert book.answer("existing:sample/1") == "adopt", "an answer must be found under its question's key"
