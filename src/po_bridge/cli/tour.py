"""The stations of the demonstration, each with what it promises."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from attrs import define

from ..execution.status import OrderState
from ..matching.result import NeedsReview
from ..models.keys import LineKey
from ..planning.canonical import plan_bytes
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review, ReviewLine
from ..planning.ruling import Ruling, create_new, link_to
from ..planning.text import plan_text
from ..report import orders_text, outcome_text, review_text
from ..sandbox import Fault, FaultKind
from ..sandbox.seed import DEMO_ORDER, SHOP
from .desk import Desk
from .emulators import Stand
from .narrator import Narrator
from .page import fetch_pictures, write_page
from .pos import Pos
from .printing import write_file
from .stock_take import StockTake, take_stock
from .watch import Watch, lost, was_found, writes_of

LOST_CALLS = {
    Pos.XSERIES: Fault(kind=FaultKind.LOSE, method="POST", path="*/consignments/*/bulk"),
    Pos.RSERIES: Fault(kind=FaultKind.LOSE, method="POST", path="*/OrderLine.json"),
}
"""The most dangerous answer to lose: sent twice, the call would order everything, or the line, twice."""


_LOST = {Pos.XSERIES: "the order's lines", Pos.RSERIES: "a line of the order"}


@define(kw_only=True)
class Tour:
    """One walk through the demonstration."""

    stand: Stand
    """The emulators as they are served."""
    desk: Desk
    """The Bridge between them."""
    watch: Watch
    """Sees the Bridge's events."""
    narrator: Narrator
    """Tells the story."""
    folder: Path
    """Where the plan is put."""
    report: Path
    """Where the report is written."""

    def walk(self) -> None:
        """Go from station to station."""
        self.arrive()
        self.list_orders()
        first = self.look()
        review = self.answer(first)
        plan = self.plan(review)
        before = take_stock(self.stand.emulators.store)
        outcome = self.apply(plan)
        self.read_back(review, outcome, before)
        self.write_report(first, plan, outcome)
        self.repeat()
        self.leave()

    def arrive(self) -> None:
        """Say where we are."""
        self.narrator.section(
            "Two systems on this machine",
            f"An invented shop, {SHOP}, buys from two brands.",
            "Both systems are emulated: real HTTP, and nothing leaves this machine.",
        )
        self.narrator.say(f"NuORDER   {self.stand.nuorder}")
        self.narrator.say(f"{self.stand.emulators.pos.value}  {self.stand.store}")
        self.narrator.say(f"journal   {self.desk.journal.path}")

    def list_orders(self) -> None:
        """List the orders."""
        self.narrator.section("The orders", "What the shop ordered and the brands confirmed.")
        rows = self.desk.bridge.orders()
        self.narrator.show(orders_text(rows))
        self.narrator.check(
            f"order {DEMO_ORDER} is offered",
            holds=any(row.order.number == DEMO_ORDER and row.offered for row in rows),
        )

    def look(self) -> Review:
        """Review the order."""
        self.narrator.section(
            f"The review of order {DEMO_ORDER}",
            "Each line is compared with what the store sells already. Nothing is written.",
            "What is not certain is put before a person, with its evidence.",
        )
        review = self.desk.bridge.review(DEMO_ORDER)
        self.narrator.show(review_text(review, self.desk.bridge.plan(review).questions))
        found = (("matched", review.matched), ("needing review", review.needs_review), ("new", review.new))
        self.narrator.check_all((f"lines {word}: {len(lines)}", bool(lines)) for word, lines in found)
        return review

    def answer(self, review: Review) -> Review:
        """Answer what is asked."""
        self.narrator.section(
            "The answer",
            "Here you are the merchant. The answer is stored, so that no later order asks again.",
        )
        rulings: dict[LineKey | str, Ruling] = {}
        for line in review.needs_review:
            said, rulings[line.key] = _answer(line)
            self.narrator.say(f"{line.name}: {said}")
        after = self.desk.bridge.decide(review, rulings, by="demo")
        self.narrator.check("no line needs review any more", holds=not after.needs_review)
        return after

    def plan(self, review: Review) -> Plan:
        """Plan the order."""
        self.narrator.section(
            "The plan",
            "Every change before it is made. It is sealed: only what you see here can be applied.",
        )
        plan = self.desk.bridge.plan(review)
        self.narrator.show(plan_text(plan))
        write_file(self.folder / "plan.json", plan_bytes(plan))
        effort = plan.estimate
        self.narrator.check_all(
            (
                ("the plan has changes", bool(plan.changes)),
                ("no open question stops it", not plan.blocking),
                ("its calls and seconds are told", bool(effort and effort.calls and effort.seconds)),
                ("planned again it is the same, byte for byte", plan_bytes(plan) == self._again(review)),
            )
        )
        return plan

    def _again(self, review: Review) -> bytes:
        return plan_bytes(self.desk.bridge.plan(review))

    def apply(self, plan: Plan) -> Outcome:
        """Apply the plan while one answer is lost."""
        taken = _LOST[self.stand.emulators.pos]
        self.narrator.section(
            "Applying it, with one answer lost on purpose",
            f"Each step is written to the journal before its call. The store will take {taken},",
            "and its answer will never arrive: sent again, it would be ordered twice.",
        )
        self.stand.emulators.store.inject(LOST_CALLS[self.stand.emulators.pos])
        outcome = self.desk.bridge.apply(plan)
        self.narrator.show("\n".join(_story(self.watch)))
        found = self.watch.looked_up
        self.narrator.check_all(
            (
                ("an answer was lost", lost(self.stand.emulators) == 1),
                (f"looked up instead of sent again: {', '.join(found) or 'nothing'}", len(found) == 1),
            )
        )
        return outcome

    def read_back(self, review: Review, outcome: Outcome, before: StockTake) -> None:
        """Verify what is in the store."""
        self.narrator.section(
            "What is there now",
            "The order was read back and compared with the plan; then we look behind the store's API.",
        )
        self.narrator.show(outcome_text(outcome))
        after = take_stock(self.stand.emulators.store)
        made = after.orders.get(DEMO_ORDER, ())
        units = sorted(line.units for line in review.lines)
        counts = list(after.lines.get(made[0], ())) if made else []
        summary = outcome.summary
        addresses = (*summary.purchase_orders, *summary.wholesale_orders)
        self.narrator.check_all(
            (
                ("read back as planned", outcome.synced),
                ("the store has exactly one such purchase order", len(made) == 1),
                ("each line has the ordered count, once", counts == units),
                (f"items synced: {summary.items}", summary.items == sum(units, Decimal(0))),
                (f"drafts created: {summary.drafts_created}", summary.drafts_created == len(review.new)),
                (
                    "as many products are new in the store",
                    after.products - before.products == len(review.new),
                ),
                ("no code stands on two products", after.codes_held_twice == before.codes_held_twice),
                (f"products updated: {summary.products_updated}", summary.products_updated == 0),
                ("both orders have an address", len(addresses) == 2 and all(map(_is_address, addresses))),
            )
        )

    def write_report(self, review: Review, plan: Plan, outcome: Outcome) -> None:
        """Write the report."""
        self.narrator.section(
            "The report", "The same for people who were not here: one HTML file, no network."
        )
        write_page(
            self.report,
            review=review,
            plan=plan,
            outcome=outcome,
            notes=(
                "A demonstration with two emulated systems.",
                "One answer was lost on purpose, and looked up.",
            ),
            pictures=fetch_pictures(review, self.desk.config),
        )
        page = self.report.read_text(encoding="utf-8")
        parts = all(f'id="{part}"' in page for part in ("review", "plan", "outcome"))
        self.narrator.check(f"{self.report}", holds=parts and "data:image/png" in page)

    def repeat(self) -> None:
        """Run the same order again."""
        self.narrator.section("The same order again", "Nothing changed, so nothing may be done.")
        before = writes_of(self.stand.emulators)
        plan = self.desk.bridge.plan(self.desk.bridge.review(DEMO_ORDER))
        self.narrator.show(plan_text(plan))
        written = writes_of(self.stand.emulators) - before
        states = [row.state for row in self.desk.bridge.status() if row.number == DEMO_ORDER]
        self.narrator.check_all(
            (
                ("nothing is left to do", plan.empty and not plan.questions),
                (f"changing calls that reached the emulators: {written}", written == 0),
                (f"status: {', '.join(state.value for state in states)}", states == [OrderState.SYNCED]),
            )
        )

    def leave(self) -> None:
        """Say how it ended and what to try next."""
        broken = len(self.narrator.broken)
        self.narrator.section("Done" if not broken else f"{broken} promise(s) are not kept")
        self.narrator.say("try next: po-bridge sandbox --write-config po-bridge.toml, then po-bridge orders")


def _answer(line: ReviewLine) -> tuple[str, Ruling]:
    """Say that it is the candidate of the style's own name, else the first one, else something new."""
    candidates = line.match.candidates if isinstance(line.match, NeedsReview) else ()
    name = line.style.name if line.style else ""
    best = sorted(candidates, key=lambda candidate: not candidate.name.startswith(name))
    if not best:
        return "it is new", create_new("nothing to choose from")
    return f"it is the store's {best[0].name} ({best[0].product_id})", link_to(best[0].product_id, "looked")


def _story(watch: Watch) -> list[str]:
    return [
        f"{events[0].title}: {' -> '.join(dict.fromkeys(event.mark.value for event in events))}"
        + (" (looked up and found there, so it is not sent again)" if was_found(events) else "")
        for events in watch.marks.values()
    ]


def _is_address(text: str) -> bool:
    return urlsplit(text).scheme in {"http", "https"}
