"""What a person says about a line or a question."""

from __future__ import annotations

from attrs import frozen

from ..matching.result import Choice


@frozen(kw_only=True)
class Ruling:
    """Link, create or skip a line, or the answer to a question."""

    choice: Choice | None
    """What is decided about a line; None for the answer to a question."""
    product_id: str = ""
    """The product of a link."""
    text: str = ""
    """The answer to a question."""
    why: str = ""
    """The person's reason."""


def link_to(product_id: str, why: str = "") -> Ruling:
    """The line is this POS product."""
    return Ruling(choice=Choice.LINK, product_id=product_id, why=why)


def create_new(why: str = "") -> Ruling:
    """The line is a new product, whatever resembles it."""
    return Ruling(choice=Choice.CREATE, why=why)


def skip(why: str = "") -> Ruling:
    """The line is left out."""
    return Ruling(choice=Choice.SKIP, why=why)


def answer(text: str, why: str = "") -> Ruling:
    """The answer to a question, one of those it offers."""
    return Ruling(choice=None, text=text, why=why)
