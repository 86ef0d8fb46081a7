"""What one reading of one document holds while it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from ..errors import Issue
from .seen import key_text, seen

BAD: Final = object()
"""Stands for a value that could not be read; its issue is noted already."""

EMPTY: Final[dict[str, Any]] = {}
"""Stands for an object that is missing or null."""

BROKEN: Final[dict[str, Any]] = {}
"""Stands for something that should be an object and is none; its issue is noted already."""


@define(eq=False)
class Scope:
    """One level of lists: the document itself, or the elements of one list in it."""

    parent: Scope | None = None
    """The level outside."""
    keys: tuple[str, ...] = ()
    """From the element outside to the list."""
    entries: bool = False
    """Elements are the entries of an object."""
    depth: int = 0
    """Lists outside."""

    def where(self, trail: list[Any]) -> str:
        """Write the path of the element that is read now."""
        if self.parent is None:
            return "$"
        steps = "".join(map(key_text, self.keys))
        own = trail[self.depth]
        return f"{self.parent.where(trail)}{steps}{key_text(own) if self.entries else f'[{own}]'}"


@define(eq=False)
class Holder:
    """An object of the document that holds values: an element, or an object inside it."""

    scope: Scope
    """The level."""
    keys: tuple[str, ...]
    """From the element to the object."""
    slot: int
    """Where a run keeps it."""
    known: set[str] = field(factory=set)
    """Keys that some rule reads or writes, or that a table lists as ignored."""
    all_known: bool = False
    """Every key counts as known."""

    def where(self, trail: list[Any], key: str | None = None) -> str:
        """Write the path of the object, or of a key in it."""
        steps = self.keys if key is None else (*self.keys, key)
        return self.scope.where(trail) + "".join(map(key_text, steps))


class Run:
    """The state of one reading; every reading has its own, so that programs can be shared by threads."""

    __slots__ = ("context", "frames", "issues", "kept", "objects", "sinks", "strange", "trail")

    def __init__(
        self, *, slots: int, frames: Sequence[Mapping[str, Any]], depth: int, context: Mapping[str, Any]
    ) -> None:
        self.objects: list[Any] = [EMPTY] * slots
        """The object in each slot."""
        self.frames: list[dict[str, Any]] = [dict(constants) for constants in frames]
        """The arguments of each model read so far."""
        self.sinks: list[list[Any]] = [[] for _ in frames]
        """The values of each model made so far."""
        self.kept: list[dict[int, dict[str, Any]]] = [{} for _ in frames]
        """Unknown keys of each model that keeps them, by the depth of the level they stand on."""
        self.issues: dict[Issue, None] = {}
        """Everything wrong so far, each once, in the order met."""
        self.strange: dict[str, None] = {}
        """Unknown keys as general paths, as ``$.line_items[].custom``."""
        self.trail: list[Any] = [None] * depth
        """Index or key of the element read now, by depth."""
        self.context = context
        """What the caller passed."""

    def refuse(self, path: str, value: Any, expected: str) -> Any:
        """Note an issue; returns ``BAD``."""
        self.issues[Issue(path=path, seen=seen(value), expected=expected)] = None
        return BAD
