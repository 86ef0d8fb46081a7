"""What a decision is about, as a value and as the key it is stored under."""

from __future__ import annotations

from ..models.keys import LineKey, OrderKey
from .book import line_decision, style_decision
from .review import StyleKey
from .rule import PREFIX, Rule

Subject = LineKey | StyleKey | Rule | str
"""A line, a style (portal and style id), a rule, or a question by its key."""

_LINE, _STYLE = "line:", "style:"


def decision_key(subject: Subject) -> str:
    """Give the key of a decision; a text is one already."""
    match subject:
        case LineKey():
            return line_decision(subject)
        case Rule():
            return subject.key
        case str():
            return subject
        case (portal, style_id):
            return style_decision(portal, style_id)


def subject_of(key: str) -> Subject:
    """Read the key of a decision; one that is neither line, style nor rule belongs to a question."""
    try:
        if key.startswith(_LINE):
            return LineKey.parse(key.removeprefix(_LINE))
        if key.startswith(_STYLE):
            style = OrderKey.parse(key.removeprefix(_STYLE))
            return style.portal, style.order_id
        if key.startswith(PREFIX):
            return Rule.parse(key)
    except ValueError:
        return key
    return key


def subject_text(subject: Subject) -> str:
    """Name what a decision is about, for people."""
    match subject:
        case LineKey():
            options = " / ".join(filter(None, (subject.style_id, subject.color, subject.size)))
            return f"line {options} of {subject.portal}"
        case Rule():
            return str(subject)
        case str():
            return f"question {subject}"
        case (portal, style_id):
            return f"every line of style {style_id} of {portal}"
