"""Decisions as they are typed: ``KEY=link:ID``, ``KEY=create``, ``KEY=skip``, ``QUESTION=answer``.

A key may be that of a style (``style:PORTAL/ID``) or of a rule (``rule:PORTAL/FIELD=VALUE``) too.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Misuse
from ..models.keys import LineKey
from ..planning.plan import Plan
from ..planning.question import Question
from ..planning.review import Review
from ..planning.rule import LineField
from ..planning.ruling import Ruling, answer, create_new, link_to, skip
from ..planning.subject import decision_key, subject_of
from ..planning.text import printable

_MANY = ("style:", "rule:")
_CHOICES = "link:ID, create or skip"


def read_rulings(items: Iterable[str], review: Review, plan: Plan, why: str) -> dict[LineKey | str, Ruling]:
    """Read what was typed against what is open; raises Misuse naming every item that makes no sense.

    A key may hold the sign of equality, so the longest key that is known wins.
    """
    lines = {name: line.key for line in review.lines for name in (str(line.key), f"line:{line.key}")}
    questions = {question.key: question for question in plan.questions}
    rulings: dict[LineKey | str, Ruling] = {}
    faults: list[str] = []
    for item in items:
        many, _, how = item.rpartition("=")
        if many.startswith(_MANY):
            ruling = None if isinstance(subject_of(many), str) else _many(how, why)
            if ruling is None:
                faults.append(_many_fault(item))
            else:
                rulings[decision_key(subject_of(many))] = ruling
            continue
        key = _key(item, (*lines, *questions))
        word = item[len(key) + 1 :] if key else ""
        ruling = _decision(word, why) if key in lines else _answer(word, questions.get(key), why)
        if ruling is None:
            faults.append(_fault(item, key, questions.get(key) if key not in lines else None))
        else:
            rulings[lines.get(key, key)] = ruling
    if faults:
        raise Misuse("\n".join(faults))
    return rulings


def _key(item: str, known: Iterable[str]) -> str:
    return max((key for key in known if item.startswith(f"{key}=")), key=len, default="")


def _decision(word: str, why: str) -> Ruling | None:
    choice, _, product = word.partition(":")
    match choice, product:
        case "link", product if product:
            return link_to(product, why)
        case "create", "":
            return create_new(why)
        case "skip", "":
            return skip(why)
        case _:
            return None


def _many(word: str, why: str) -> Ruling | None:
    return None if word.startswith("link") else _decision(word, why)


def _many_fault(item: str) -> str:
    fields = ", ".join(field.name.lower() for field in LineField)
    return (
        f"{printable(item)!r} is not understood; style:PORTAL/ID and rule:PORTAL/FIELD=VALUE take create or "
        f"skip, and a FIELD is one of {fields}"
    )


def _answer(word: str, question: Question | None, why: str) -> Ruling | None:
    return answer(word, why) if question is not None and word in question.answers else None


def _fault(item: str, key: str, question: Question | None) -> str:
    if not key:
        return f"{printable(item)!r} begins with no key of a line or an open question, followed by '='"
    answers = " | ".join(question.answers) if question else _CHOICES
    return (
        f"{printable(item)!r} is not understood; {printable(key)} takes {printable(answers) or 'no answer'}"
    )
