"""What people decide: checked, stored, listed, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from attrs import define

from ..errors import Misuse
from ..matching.result import Choice
from ..models.keys import LineKey
from ..models.pos_product import PosProduct
from ..models.setup import Setup
from ..planning.book import Decision, Link
from ..planning.planner import plan
from ..planning.question import Question
from ..planning.review import Review
from ..planning.rule import Rule
from ..planning.ruling import Ruling
from ..planning.subject import Subject, decision_key, subject_of, subject_text
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.journal import Journal

S = TypeVar("S", bound=Subject)
"""What a caller's rulings are about: lines, styles, rules, questions, or several of these."""

Rulings = Mapping[Subject, Ruling]
"""Rulings by what they are about."""


@define(kw_only=True)
class Deciding:
    """Stores decisions and takes them back."""

    journal: Journal
    """Where they are kept."""
    mirror: Mirror
    """The store's records."""
    setup: Setup
    """The merchant's choices."""

    def store(self, review: Review, rulings: Mapping[S, Ruling], *, by: str) -> Exchange[None]:
        """Store what a person decided about a review; raises ``Misuse`` naming every ruling that fits nothing."""
        named: Rulings = {_subject(subject): ruling for subject, ruling in rulings.items()}
        ids = {ruling.product_id for ruling in named.values() if ruling.product_id}
        products = yield from run(partial(self.mirror.products, ids), Lane.CACHE)
        faults = [*_Check(review=review, setup=self.setup, products=products).faults(named)]
        if faults:
            raise Misuse("\n".join(faults))
        moment = yield from now()
        decisions = [
            Decision(
                key=decision_key(subject),
                choice=ruling.choice,
                product_id=ruling.product_id,
                answer=ruling.text,
                at=moment,
                by=by,
                why=ruling.why,
            )
            for subject, ruling in named.items()
        ]
        yield from run(partial(self.journal.decide, decisions), Lane.JOURNAL)

    def decisions(self) -> Exchange[tuple[Decision, ...]]:
        """Every decision in force."""
        return (yield from run(self.journal.decisions, Lane.JOURNAL))

    def links(self) -> Exchange[tuple[Link, ...]]:
        """Every link in force."""
        return (yield from run(self.journal.links, Lane.JOURNAL))

    def revoke(self, subject: Subject, *, by: str, why: str) -> Exchange[bool]:
        """Take a decision back, and for a line its link; False where there is none in force."""
        moment = yield from now()
        key = decision_key(_subject(subject))
        return (yield from run(partial(self.journal.revoke, key, moment, by, why), Lane.JOURNAL))


def _subject(subject: Subject) -> Subject:
    return subject_of(subject) if isinstance(subject, str) else subject


@define(kw_only=True)
class _Check:
    """Holds rulings against what a review shows."""

    review: Review
    setup: Setup
    products: Mapping[str, PosProduct]

    def faults(self, rulings: Rulings) -> Iterator[str]:
        asked = any(isinstance(subject, str) for subject in rulings)
        questions = plan(self.review, self.setup).questions if asked else ()
        for subject, ruling in rulings.items():
            match subject:
                case str():
                    yield from self._answer(subject, ruling, questions)
                case LineKey():
                    yield from self._line(subject, ruling)
                case Rule() | tuple():
                    yield from self._many(subject, ruling)

    def _line(self, key: LineKey, ruling: Ruling) -> Iterator[str]:
        if key not in self.review.matches:
            yield f"{key}: this review has no such line"
        if ruling.choice is None:
            yield f"{key}: a line is linked, created or skipped"
        if ruling.choice is Choice.LINK:
            yield from (f"{key}: {fault}" for fault in self._product(ruling.product_id))

    def _product(self, product_id: str) -> Iterator[str]:
        product = self.products.get(product_id)
        if not product_id:
            yield "name the product to link"
        elif product is None:
            yield f"the POS has no product {product_id}"
        elif not product.alive:
            yield f"product {product_id} is deleted"
        elif product.composite:
            yield f"product {product_id} is made of others and cannot be ordered"

    def _many(self, subject: Rule | tuple[str, str], ruling: Ruling) -> Iterator[str]:
        named = subject_text(subject)
        if ruling.choice not in {Choice.CREATE, Choice.SKIP}:
            yield f"{named}: many lines are created or skipped together; link each to its own product"
        keys = self.review.matches
        if isinstance(subject, Rule):
            if not any(key.portal == subject.portal for key in keys):
                yield f"{named}: this review has no line of portal {subject.portal}"
        elif not any((key.portal, key.style_id) == subject for key in keys):
            yield f"{named}: this review has no such style"

    def _answer(self, key: str, ruling: Ruling, questions: Iterable[Question]) -> Iterator[str]:
        if ruling.choice is not None:
            yield f"{key}: a question is answered, not linked, created or skipped"
        question = next((one for one in questions if one.key == key), None)
        if question is None:
            if self.review.book.answer(key) is None:
                yield f"{key}: this review asks no such question"
        elif ruling.text not in question.answers:
            offered = " | ".join(question.answers)
            yield f"{key}: {f'the answers are {offered}' if offered else 'this cannot be answered here'}"
