"""The form of each command's document, as JSON Schema: a key that comes, goes or changes its type fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Form = Mapping[str, Any]

TEXT: Form = {"type": "string"}
WHOLE: Form = {"type": "integer"}
NUMBER: Form = {"type": "number"}
FLAG: Form = {"type": "boolean"}
MOMENT: Form = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$"}
AMOUNT: Form = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
ANY: Form = {}


def many(form: Form) -> Form:
    """A list."""
    return {"type": "array", "items": form}


def maybe(form: Form) -> Form:
    """A value or null."""
    return {"anyOf": [form, {"type": "null"}]}


def some(form: Form) -> Form:
    """A table of anything by name."""
    return {"type": "object", "additionalProperties": form}


def one(**keys: Form) -> Form:
    """An object with these keys and no other."""
    return {
        "type": "object",
        "properties": keys,
        "required": sorted(keys),
        "additionalProperties": False,
    }


_QUESTION = one(key=TEXT, text=TEXT, stops=TEXT, order=maybe(TEXT), line=maybe(TEXT), answers=many(TEXT))
_REVIEW = one(
    source=TEXT,
    store=TEXT,
    orders=many(one(key=TEXT, number=TEXT)),
    counts=one(matched=WHOLE, needs_review=WHOLE, new=WHOLE, left_out=WHOLE),
    lines=many(
        one(
            order=TEXT,
            key=TEXT,
            name=TEXT,
            style_number=TEXT,
            units=AMOUNT,
            prices=many(maybe(AMOUNT)),
            codes=many(TEXT),
            match={"type": "object", "required": ["type"]},
            product=maybe(one(id=TEXT, name=TEXT, options=many(TEXT), codes=many(TEXT), active=FLAG)),
        )
    ),
    questions=many(_QUESTION),
)
_OUTCOME = one(
    plan=TEXT,
    orders=some({"type": "object", "required": ["type"]}),
    summary=one(
        items=AMOUNT,
        lines=WHOLE,
        products_updated=WHOLE,
        drafts_created=WHOLE,
        purchase_orders=many(TEXT),
        wholesale_orders=many(TEXT),
    ),
    synced=FLAG,
)
_FORETOLD = one(dry_run=FLAG, plan=TEXT, writes=many(one(what=TEXT, done=FLAG)), kept=many(TEXT))
_STATUS: dict[str, Form] = {
    "order": TEXT,
    "number": TEXT,
    "state": TEXT,
    "plan": TEXT,
    "at": MOMENT,
    "content": TEXT,
    "purchase_orders": many(TEXT),
    "reasons": many(TEXT),
}
_LINK = one(line=TEXT, product_id=TEXT, at=MOMENT, by=TEXT)
_FINDINGS = many(one(what=TEXT, state=TEXT, words=TEXT))
_CHANGED = one(orders=many(one(**_STATUS)))
_TIMELINE: Form = {"type": "object", "required": ["order", "milestones", "lines", "notes", "at"]}

FORMS: Mapping[str, Form] = {
    "orders": one(
        orders=many(
            one(
                key=TEXT,
                number=TEXT,
                portal=TEXT,
                status=TEXT,
                state=TEXT,
                offered=FLAG,
                lines=WHOLE,
                units=AMOUNT,
                total=maybe(AMOUNT),
                currency=TEXT,
                created_at=maybe(MOMENT),
                ship_start=maybe(TEXT),
                ship_end=maybe(TEXT),
            )
        )
    ),
    "review": _REVIEW,
    "decide": _REVIEW,
    "decide --dry-run": _REVIEW,
    "explain": one(lines=many(one(line=TEXT, name=TEXT, text=TEXT))),
    "decisions": one(
        decisions=many(
            one(key=TEXT, choice=maybe(TEXT), product_id=ANY, answer=TEXT, at=MOMENT, by=TEXT, why=TEXT)
        ),
        links=many(_LINK),
    ),
    "links": one(links=many(_LINK)),
    "revoke": one(key=TEXT, dry_run=FLAG),
    "revoke --dry-run": one(key=TEXT, dry_run=FLAG),
    "plan": one(
        format=WHOLE,
        store=TEXT,
        goals=many(ANY),
        changes=many(ANY),
        steps=many(ANY),
        basis=many(ANY),
        losses=many(ANY),
        questions=many(ANY),
        digest=TEXT,
        estimate=one(calls=WHOLE, seconds=NUMBER),
    ),
    "plan diff": {"type": "object", "required": ["same"]},
    "apply": _OUTCOME,
    "apply --dry-run": _FORETOLD,
    "resume": {**_OUTCOME, "properties": {**_OUTCOME["properties"], "summary": {"type": "null"}}},
    "resume --dry-run": _FORETOLD,
    "publish": _OUTCOME,
    "publish --dry-run": _FORETOLD,
    "undo": _OUTCOME,
    "undo --dry-run": _FORETOLD,
    "status": one(
        counts=one(attention=WHOLE, flight=WHOLE, across=WHOLE, back=WHOLE),
        orders=many(one(**_STATUS, place=TEXT, steps_done=WHOLE, steps=WHOLE, next=TEXT)),
    ),
    "changed": _CHANGED,
    "changed --dry-run": _CHANGED,
    "watch": _TIMELINE,
    "watch --dry-run": _TIMELINE,
    "availability": one(lines=many(one(line=TEXT, promises=many({"type": "object"})))),
    "refresh": one(
        dry_run=FLAG,
        estimate=one(calls=WHOLE, seconds=NUMBER, known=FLAG),
        lists=many(one(list=TEXT, records=WHOLE, calls=WHOLE)),
    ),
    "doctor": one(
        items=many(one(area=TEXT, what=TEXT, health=TEXT, words=TEXT)), next=many(TEXT), exit_code=WHOLE
    ),
    "journal check": one(journal=TEXT, faults=many(TEXT)),
    "journal compact --dry-run": one(
        plans=WHOLE, entries=WHOLE, bytes_before=WHOLE, bytes_after=WHOLE, dry_run=FLAG
    ),
    "refresh --dry-run": one(
        dry_run=FLAG, estimate=one(calls=WHOLE, seconds=NUMBER, known=FLAG), lists={"maxItems": 0}
    ),
    "journal compact": one(plans=WHOLE, entries=WHOLE, bytes_before=WHOLE, bytes_after=WHOLE, dry_run=FLAG),
    "journal import": one(journal=TEXT, records=WHOLE, dry_run=FLAG),
    "journal export --dry-run": one(file=TEXT, records=WHOLE, dry_run=FLAG),
    "journal export": one(file=TEXT, records=WHOLE, dry_run=FLAG),
    "journal import --dry-run": one(journal=TEXT, records=WHOLE, dry_run=FLAG),
    "connect nuorder": one(portal=TEXT, state=TEXT, words=TEXT, ready=FLAG, findings=_FINDINGS),
    "connect nuorder --dry-run": one(portal=TEXT, state=TEXT, words=TEXT),
    "connect xseries": one(store=TEXT, state=TEXT, words=TEXT, ready=FLAG, version=TEXT, findings=_FINDINGS),
    "connect xseries --dry-run": one(store=TEXT, state=TEXT, scopes=many(TEXT)),
    "completion": one(shell=TEXT, script=TEXT),
    "sandbox": one(nuorder=TEXT, xseries=TEXT, domain_prefix=TEXT, portals=many(TEXT), config=TEXT),
    "error": one(error=one(kind=TEXT, text=TEXT, exit_code=WHOLE)),
}
"""By command, with what makes its document another one."""
