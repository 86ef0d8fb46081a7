"""The steps of a compiled table that make models and walk over lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import define

from .codec import UNREADABLE
from .freeze import frozen_json
from .path import dotted
from .run import BAD, BROKEN, EMPTY, Holder, Run, Scope
from .seen import MISSING, key_text
from .steps import Default, Step


@define(eq=False)
class Make:
    """Makes one model from its frame."""

    frame: int
    """The model's frame."""
    model: Callable[..., Any]
    """The class."""
    holder: Holder
    """The object it was read from."""
    keeper: str | None
    """The argument that takes unknown keys."""
    done: Callable[[Run, Any], None]
    """Takes the model, or ``BAD``."""

    def __call__(self, run: Run) -> None:
        """Make it; what its own checks refuse is an issue."""
        arguments = run.frames[self.frame]
        if self.keeper is not None:
            kept = run.kept[self.frame]
            arguments[self.keeper] = {
                key: value for depth in sorted(kept) for key, value in kept[depth].items()
            }
        if run.issues and any(value is BAD for value in arguments.values()):
            self.done(run, BAD)
            return
        try:
            made = self.model(**arguments)
        except UNREADABLE as error:
            made = run.refuse(self.holder.where(run.trail), run.objects[self.holder.slot], str(error))
        self.done(run, made)


@define(eq=False)
class Hand:
    """Hands a part to the frame of its owner."""

    frame: int
    """The owner's frame."""
    name: str
    """The argument."""

    def __call__(self, run: Run, made: Any) -> None:
        """Do so."""
        run.frames[self.frame][self.name] = made


@define(eq=False)
class Pour:
    """Puts a model into the sink of its frame."""

    frame: int
    """The model's frame."""

    def __call__(self, run: Run, made: Any) -> None:
        """Do so."""
        run.sinks[self.frame].append(made)


@define(eq=False)
class Assemble:
    """Reads a part, or takes its default where its object is missing."""

    steps: tuple[Step, ...]
    """What reads and makes it."""
    slot: int
    """Its object."""
    default: Default
    """Makes the value where the object is missing; None: the steps say what is missing."""
    hand: Hand
    """Takes the value."""

    def __call__(self, run: Run) -> None:
        """Do so."""
        if self.default is not None and run.objects[self.slot] is EMPTY:
            self.hand(run, self.default())
            return
        for step in self.steps:
            step(run)


@define(eq=False)
class Walk:
    """Runs the steps of a level for each element of a list."""

    holder: Holder
    """The object the list stands in."""
    key: str
    """Its key there."""
    scope: Scope
    """The level."""
    slot: int
    """Where an element is kept."""
    steps: list[Step]
    """What an element is read by."""
    default: Default = None
    """Set where a missing list is none at all."""

    def __call__(self, run: Run) -> None:
        """Do so; what is no list, and each element that is no object, is an issue."""
        depth, steps = self.scope.depth, self.steps
        objects, trail = run.objects, run.trail
        for position, element in self._elements(run):
            trail[depth] = position
            if isinstance(element, dict):
                objects[self.slot] = element
                for step in steps:
                    step(run)
            else:
                run.refuse(self.scope.where(trail), element, "an object")

    def _elements(self, run: Run) -> Iterable[tuple[Any, Any]]:
        held = run.objects[self.holder.slot]
        found = held.get(self.key, MISSING)
        if self.scope.entries and isinstance(found, dict):
            return found.items()
        if not self.scope.entries and isinstance(found, list):
            return enumerate(found)
        if held is not BROKEN:
            expected = "an object of objects" if self.scope.entries else "a list of objects"
            run.refuse(self.holder.where(run.trail, self.key), found, expected)
        return ()


@define(eq=False)
class Collect:
    """Reads an attribute that holds one model for each innermost element."""

    walk: Walk
    """Walks over the lists."""
    frame: int
    """Frame of the models."""
    hand: Hand
    """Takes the tuple of them."""

    def __call__(self, run: Run) -> None:
        """Do so."""
        walk = self.walk
        if walk.default is not None and run.objects[walk.holder.slot].get(walk.key) is None:
            self.hand(run, walk.default())
            return
        made = run.sinks[self.frame] = []
        issues = len(run.issues)
        walk(run)
        self.hand(run, tuple(made) if len(run.issues) == issues else BAD)


@define(eq=False)
class Keep:
    """Says where the unknown keys of an object are kept."""

    frame: int
    """Frame of the model that keeps them."""
    depth: int
    """Depth of the level the model is made on."""
    inside: tuple[str, ...]
    """Keys from the model's own element or object to this object."""

    def __call__(self, run: Run, holder: Holder, key: str, value: Any) -> None:
        """Keep one, under its path as a rule would write it."""
        level = min(self.depth, holder.scope.depth)
        if holder.scope.depth > self.depth:
            own = holder.scope
            while own.depth > self.depth and own.parent is not None:
                own = own.parent
            name = holder.where(run.trail, key)[len(own.where(run.trail)) :].lstrip(".")
        else:
            name = "^" * (self.depth - level) + dotted((*self.inside, key))
        run.kept[self.frame].setdefault(level, {})[name] = frozen_json(value)


@define(eq=False)
class Notice:
    """Looks for unknown keys in the objects of one level."""

    objects: tuple[tuple[Holder, frozenset[str], Keep | None, str], ...]
    """Holder, its known keys, where others are kept, and its general path."""
    forget: tuple[tuple[int, int], ...]
    """Frame and depth of what was kept for the element before."""

    def __call__(self, run: Run) -> None:
        """Report and keep them."""
        for frame, depth in self.forget:
            if run.kept[frame]:
                run.kept[frame].pop(depth, None)
        for holder, known, keep, general in self.objects:
            held = run.objects[holder.slot]
            if held.keys() <= known:
                continue
            for key in [key for key in held if key not in known]:
                run.strange[general + key_text(key)] = None
                if keep is not None:
                    keep(run, holder, key, held[key])
