"""What an examination found: one thing at a time, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

from attrs import field, frozen

from ..planning.text import printable
from ..report.columns import columns
from .exit_code import ExitCode


class Health(Enum):
    """How one thing is."""

    GOOD = "good"
    UNKNOWN = "not known"
    """There was nothing to try it with."""
    LOOK = "look"
    """It works, and a person should look."""
    BAD = "bad"
    """Something does not work."""


_WORST: Final = (ExitCode.UNREADABLE, ExitCode.REMOTE, ExitCode.ATTENTION)


@frozen(kw_only=True)
class Item:
    """One thing."""

    area: str
    """As ``journal``."""
    what: str
    """As ``integrity``."""
    health: Health = Health.GOOD
    """How it is."""
    words: str
    """What was seen."""
    next: str = ""
    """What to do, for people; empty where nothing is to be done."""
    code: ExitCode = ExitCode.ATTENTION
    """How the command ends where it is not good."""


@frozen(kw_only=True)
class Examination:
    """Everything that was looked at."""

    items: tuple[Item, ...] = field(converter=tuple[Item, ...])
    """In the order looked at."""

    @property
    def next(self) -> tuple[str, ...]:
        """What to do, in order, each once."""
        return tuple(dict.fromkeys(item.next for item in self.items if item.next))

    @property
    def code(self) -> ExitCode:
        """The worst of what was found."""
        found = {item.code for item in self.items if item.health in {Health.LOOK, Health.BAD}}
        return next((code for code in _WORST if code in found), ExitCode.DONE)

    def __str__(self) -> str:
        rows = [(item.area, item.what, item.health.value, _flat(item.words)) for item in self.items]
        lines = list(columns(rows))
        if self.next:
            lines += ["", "what to do next", *(f"  - {printable(_flat(one))}" for one in self.next)]
        else:
            lines += ["", "nothing is to be done"]
        return "\n".join(lines)


def _flat(text: str) -> str:
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())


def examination_json(found: Examination) -> dict[str, Any]:
    """The examination as a document."""
    return {
        "items": [
            {"area": one.area, "what": one.what, "health": one.health.value, "words": one.words}
            for one in found.items
        ],
        "next": list(found.next),
        "exit_code": int(found.code),
    }


def items_of(area: str, trials: Sequence[tuple[str, str, str]], mend: str) -> tuple[Item, ...]:
    """Items of trials: what was tried, how it turned out in the words of both adapters, and what was seen."""
    return tuple(
        Item(
            area=area,
            what=what,
            health=_HEALTH[state],
            words=words,
            next=f"{area}: {words}; then {mend}" if _HEALTH[state] is Health.BAD else "",
            code=ExitCode.REMOTE,
        )
        for what, state, words in trials
    )


_HEALTH: Final = {"works": Health.GOOD, "missing": Health.BAD, "not known": Health.UNKNOWN}
