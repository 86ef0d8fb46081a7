"""Signs of a match as a page shows them: what agrees in one line, what does not each in its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from ..matching.result import Evidence
from .tone import Tone
from .wording import evidence_words


@frozen(kw_only=True)
class SignView:
    """One or several signs in words."""

    text: str
    """What was found."""
    tone: Tone
    """GOOD for a sign that agrees, WARN for one that is against, CALM for one that was not found."""


def signs_view(signs: Sequence[Evidence]) -> tuple[SignView, ...]:
    """Prepare signs: those that simply agree are named together, since the values stand beside them."""
    return tuple(_signs(signs))


def _signs(signs: Sequence[Evidence]) -> Iterator[SignView]:
    plain = [one.sign for one in signs if _is_plain(one)]
    if plain:
        verb = "agrees" if len(plain) == 1 else "agree"
        yield SignView(text=f"{', '.join(dict.fromkeys(plain))} {verb}", tone=Tone.GOOD)
    for one in signs:
        if not _is_plain(one):
            yield SignView(text=evidence_words(one), tone=_tone(one))


def _is_plain(one: Evidence) -> bool:
    return one.agrees and bool(one.theirs) and one.ours == one.theirs and not one.note


def _tone(one: Evidence) -> Tone:
    if not one.theirs:
        return Tone.CALM
    return Tone.GOOD if one.agrees else Tone.WARN
