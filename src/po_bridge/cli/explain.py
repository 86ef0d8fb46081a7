"""``explain``: why a line was judged as it was, and what would change it."""

from __future__ import annotations

from ..errors import Misuse
from ..planning.review import ReviewLine
from ..planning.text import printable
from .desk import desk
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .printing import show


def explain(number: str, *lines: str, any_status: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Say in a few lines why each line is matched, sent to review, new or left out, and what would change it.

    Parameters
    ----------
    number
        Number or key of the order.
    lines
        Keys of lines as review shows them; every line of the order unless stated.
    any_status
        Take an order of any status.
    """
    with desk(options) as at:
        review = at.bridge.review(number, any_status=any_status)
        chosen = _chosen(review.lines, lines)
        told = [(line, at.bridge.explain(review, line.key)) for line in chosen]
    text = "\n\n".join(_block(line, words) for line, words in told)
    document = {"lines": [{"line": str(line.key), "name": line.name, "text": words} for line, words in told]}
    show(options, text or "the order has no line", document)
    return ExitCode.DONE


def _chosen(known: tuple[ReviewLine, ...], wanted: tuple[str, ...]) -> tuple[ReviewLine, ...]:
    """The lines that are meant; raises Misuse naming every key that is none of the order's."""
    keys = {key.removeprefix("line:") for key in wanted}
    strange = keys - {str(line.key) for line in known}
    if strange:
        raise Misuse(f"the order has no line {', '.join(sorted(map(printable, strange)))}; review shows them")
    return tuple(line for line in known if not keys or str(line.key) in keys)


def _block(line: ReviewLine, words: str) -> str:
    inside = "\n".join(f"  {printable(one)}" for one in words.splitlines())
    return f"{printable(line.name)}\n{inside}\n  key: {printable(str(line.key))}"
