"""What commands answer with ``--json``: keys are stable, amounts are texts, moments are ISO 8601 in UTC."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..matching.result import Match
from ..models.pos_product import PosProduct
from ..planning.book import Decision, Link
from ..planning.canonical import write_value
from ..planning.diff import PlanDiff
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.question import Question
from ..planning.review import Review, ReviewLine
from ..planning.text import answers_to


def json_text(document: Mapping[str, Any]) -> str:
    """Write a document on lines of its own, in ASCII, so that no terminal or locale spoils it."""
    return json.dumps(document, indent=2, sort_keys=True)


def value_json(value: Any, kind: Any = None) -> Any:
    """Write a value as plans are written: a member of a union names its class under ``type``."""
    return json.loads(write_value(value, kind))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def orders_json(rows: Sequence[OrderRow]) -> dict[str, Any]:
    """Orders of a source."""
    return {"orders": [_order(row) for row in rows]}


def _order(row: OrderRow) -> dict[str, Any]:
    order = row.order
    return {
        "key": str(order.key),
        "number": order.number,
        "portal": order.key.portal,
        "status": order.status_word or order.status.value,
        "state": row.state.value,
        "offered": row.offered,
        "lines": len(order.lines),
        "units": str(order.units),
        "total": _text(order.total),
        "currency": order.currency,
        "created_at": order.created_at.isoformat() if order.created_at else None,
        "ship_start": order.window.start.isoformat() if order.window.start else None,
        "ship_end": order.window.end.isoformat() if order.window.end else None,
    }


def review_json(review: Review, plan: Plan) -> dict[str, Any]:
    """A review, and the questions that a plan of it leaves open."""
    return {
        "source": review.source,
        "store": review.facts.store,
        "orders": [{"key": str(order.key), "number": order.number} for order in review.orders],
        "counts": {
            "matched": len(review.matched),
            "needs_review": len(review.needs_review),
            "new": len(review.new),
            "left_out": len(review.skipped),
        },
        "lines": [_line(line) for line in review.lines],
        "questions": [question_json(question) for question in plan.questions],
    }


def _line(line: ReviewLine) -> dict[str, Any]:
    return {
        "order": str(line.order),
        "key": str(line.key),
        "name": line.name,
        "style_number": line.lines[0].style_number,
        "units": str(line.units),
        "prices": [_text(one.unit_price) for one in line.lines],
        "codes": [one.upc for one in line.lines if one.upc],
        "match": value_json(line.match, Match),
        "product": _product(line.product) if line.product else None,
    }


def _product(product: PosProduct) -> dict[str, Any]:
    return {
        "id": product.id,
        "name": product.name,
        "options": [option.value for option in product.options],
        "codes": [code.text for code in product.codes],
        "active": product.active,
    }


def question_json(question: Question) -> dict[str, Any]:
    """A question, and how it is answered."""
    return {
        "key": question.key,
        "text": question.text,
        "stops": question.stops.value,
        "order": str(question.order) if question.order else None,
        "line": str(question.line) if question.line else None,
        "answers": list(answers_to(question)),
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome, with whether every order is synced."""
    document: dict[str, Any] = value_json(outcome)
    return {**document, "synced": outcome.synced}


def status_json(rows: Sequence[OrderStatus]) -> dict[str, Any]:
    """Where every order stands."""
    return {"orders": [value_json(row) for row in rows]}


def diff_json(found: PlanDiff) -> dict[str, Any]:
    """What differs between two plans."""
    document: dict[str, Any] = value_json(found)
    return {**document, "same": found.empty}


def decisions_json(decisions: Sequence[Decision], links: Sequence[Link]) -> dict[str, Any]:
    """Decisions and links in force."""
    return {"decisions": [value_json(one) for one in decisions], "links": [value_json(one) for one in links]}
