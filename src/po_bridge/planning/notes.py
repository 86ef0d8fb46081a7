"""What planning gathers on the way: questions, losses and deciding fields."""

from __future__ import annotations

from attrs import define, field

from ..models.keys import LineKey, OrderKey
from .book import Book
from .plan import Basis, Loss
from .question import Question, Stops


@define(kw_only=True)
class Notes:
    """A notebook for one plan; what it answers is sorted, so that equal input gives equal plans."""

    book: Book
    """Answers given before."""
    _questions: dict[str, Question] = field(factory=dict)
    _losses: dict[tuple[OrderKey, str], Loss] = field(factory=dict)
    _basis: dict[str, str] = field(factory=dict)

    def ask(
        self,
        key: str,
        text: str,
        stops: Stops,
        *,
        order: OrderKey | None = None,
        line: LineKey | None = None,
        answers: tuple[str, ...] = (),
    ) -> str | None:
        """The answer given before, else None and the question stays open."""
        answer = self.book.answer(key)
        if answer is not None and (not answers or answer in answers):
            return answer
        question = Question(key=key, text=text, stops=stops, order=order, line=line, answers=answers)
        self._questions.setdefault(key, question)
        return None

    def lose(self, order: OrderKey, what: str, value: object, why: str) -> None:
        """Note what the target cannot hold."""
        self._losses[(order, what)] = Loss(order=order, what=what, value=str(value), why=why)

    def rely(self, where: str, value: object) -> None:
        """Note a field that decided."""
        self._basis[where] = str(value)

    def is_stopped(self, order: OrderKey) -> bool:
        """Whether a question is open that stops an order or one of its lines."""
        return any(one.order == order and one.stops is not Stops.NOTHING for one in self._questions.values())

    def questions(self) -> tuple[Question, ...]:
        """Open questions by key."""
        return tuple(self._questions[key] for key in sorted(self._questions))

    def losses(self) -> tuple[Loss, ...]:
        """Losses by order and field."""
        return tuple(self._losses[key] for key in sorted(self._losses))

    def basis(self) -> tuple[Basis, ...]:
        """Deciding fields by name."""
        return tuple(Basis(where=where, value=self._basis[where]) for where in sorted(self._basis))
