"""What is wrong with a configuration, noted all at once; and the environment that speaks over the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import define, field, frozen

from ..errors import Issue
from ..mapping.seen import MISSING, seen

OVER: Final = "PO_BRIDGE__"
"""How a variable begins that stands for a key: ``PO_BRIDGE__SETUP__DRAFTS`` is ``drafts`` of ``[setup]``."""

_HIDDEN: Final = "something"
_ODD: Final = re.compile(r"[^A-Z0-9]")


def variable_of(steps: tuple[str, ...]) -> str:
    """Name the variable that stands for a key; what is neither letter nor digit becomes an underscore."""
    return OVER + "__".join(_ODD.sub("_", step.upper()) for step in steps)


@frozen
class Told:
    """A text from the environment, in the place of a key of the file."""

    text: str = field(repr=False)
    """As it stands there; nobody knows yet whether it is a secret."""


@define(kw_only=True)
class Faults:
    """What is wrong with a configuration."""

    environ: Mapping[str, str] = field(repr=False)
    """Where secrets and overriding values are looked up; an empty one counts as not set."""
    needs_secrets: bool = True
    """Whether a secret that is missing is a fault."""
    found: list[Issue] = field(factory=list)
    """Every fault, in the order it was met."""
    _asked: set[str] = field(factory=set, init=False)

    def told(self, steps: tuple[str, ...]) -> Told | None:
        """What the environment says in the place of a key; None where it says nothing."""
        variable = variable_of(steps)
        self._asked.add(variable)
        text = self.environ.get(variable, "")
        return Told(text) if text else None

    def named(self, variable: str) -> str:
        """The value of a variable that the file names."""
        self._asked.add(variable)
        return self.environ.get(variable, "")

    def close(self) -> None:
        """Note every variable that looks like a key and is none; its value may be a misspelt secret."""
        for variable in sorted(self.environ.keys() - self._asked):
            if variable.startswith(OVER):
                self.hide(variable, "no such key; a variable is named PO_BRIDGE__SECTION__KEY")

    def add(self, path: str, value: Any, expected: str) -> None:
        """Note a fault."""
        self.found.append(Issue(path=path, seen=seen(value), expected=expected))

    def lack(self, path: str, expected: str) -> None:
        """Note that something is missing."""
        self.add(path, MISSING, expected)

    def hide(self, path: str, expected: str) -> None:
        """Note a fault of a value that may be a secret, without showing it."""
        self.found.append(Issue(path=path, seen=_HIDDEN, expected=expected))
