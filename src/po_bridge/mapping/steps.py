"""The steps of a compiled table that read the fields of one element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import define

from .codec import UNREADABLE, Codec, issues_of
from .path import Spot
from .rule import Absent, Field, argument
from .run import BAD, BROKEN, EMPTY, Holder, Run, Scope
from .seen import MISSING

Step: TypeAlias = Callable[[Run], None]
Default: TypeAlias = Callable[[], Any] | None


@define(eq=False)
class Source:
    """A key of an object, from which a field is read."""

    holder: Holder
    """The object."""
    key: str
    """The key in it."""

    def value(self, run: Run) -> Any:
        """Return what stands there: ``BAD`` inside a broken object, else the value or ``MISSING``."""
        held = run.objects[self.holder.slot]
        return BAD if held is BROKEN else held.get(self.key, MISSING)

    def where(self, run: Run) -> str:
        """Write its path."""
        return self.holder.where(run.trail, self.key)


@define(eq=False)
class Passed:
    """A value that the caller passed."""

    name: str
    """Its name."""

    def value(self, run: Run) -> Any:
        """Return it, or ``MISSING``."""
        return run.context.get(self.name, MISSING)

    def where(self, _run: Run) -> str:
        """Write its place."""
        return f"@{self.name}"


@define(eq=False)
class Standing:
    """Where the element stands."""

    scope: Scope
    """The level."""
    spot: Spot
    """Which fact."""

    def value(self, run: Run) -> Any:
        """Return the fact."""
        return self.scope.where(run.trail) if self.spot is Spot.PATH else run.trail[self.scope.depth]

    def where(self, run: Run) -> str:
        """Write the element's path."""
        return self.scope.where(run.trail)


Origin: TypeAlias = Source | Passed | Standing


def is_absent(value: Any, absent: Absent) -> bool:
    """Tell whether a wire value counts as a missing key."""
    if value is None:
        return absent is not Absent.KEY
    return value is MISSING or (absent is Absent.BLANK and value == "")


def decoded(run: Run, codec: Codec[Any], origin: Origin, value: Any) -> Any:
    """Read a value that is present; what is wrong with it is noted and gives ``BAD``."""
    try:
        return codec.read(value)
    except UNREADABLE as error:
        run.issues.update(dict.fromkeys(issues_of(error, codec, origin.where(run), value)))
        return BAD


@define(eq=False)
class Plain:
    """A field with one origin in the document."""

    rule: Field
    """The rule."""
    origin: Source
    """Where it is read."""
    default: Default
    """Makes the value of a missing key; None: it is an issue."""

    def settle(self, run: Run, value: Any) -> Any:
        """Read what is missing, null or empty."""
        if run.objects[self.origin.holder.slot] is BROKEN:
            return BAD
        if not is_absent(value, self.rule.absent):
            return decoded(run, self.rule.codec, self.origin, value)
        if self.default is None:
            return run.refuse(self.origin.where(run), value, self.rule.codec.expected)
        return self.default()


class Fill:
    """Reads all plain fields of one model on one level: the loop where most of the time goes."""

    def __init__(self, frame: int, fields: list[Plain]) -> None:
        self.frame = frame
        self.fields = tuple(
            (
                field.origin.holder.slot,
                field.origin.key,
                # empty text of an exact text codec would slip past ``absent``
                None if field.rule.absent is Absent.BLANK else field.rule.codec.exact,
                field.rule.codec.present or field.rule.codec.read,
                argument(field.rule.attribute),
                field,
            )
            for field in fields
        )

    def __call__(self, run: Run) -> None:
        """Read them."""
        objects = run.objects
        frame = run.frames[self.frame]
        for slot, key, exact, read, name, field in self.fields:
            value = objects[slot].get(key, MISSING)
            if type(value) is exact:
                frame[name] = value
            elif value is MISSING or not value:
                frame[name] = field.settle(run, value)
            else:
                try:
                    frame[name] = read(value)
                except UNREADABLE:
                    frame[name] = decoded(run, field.rule.codec, field.origin, value)


@define(eq=False)
class Pick:
    """Reads one field that may stand at several places: the first present, or all of them."""

    frame: int
    """The model's frame."""
    rule: Field
    """The rule."""
    origins: tuple[Origin, ...]
    """Where, in order."""
    default: Default
    """Makes the value where nothing is present."""

    def __call__(self, run: Run) -> None:
        """Read it."""
        read = self._all if self.rule.all_present else self._first
        run.frames[self.frame][argument(self.rule.attribute)] = read(run)

    def _first(self, run: Run) -> Any:
        for origin in self.origins:
            value = origin.value(run)
            if value is BAD:
                return BAD
            if not is_absent(value, self.rule.absent):
                return decoded(run, self.rule.codec, origin, value)
        if self.default is not None:
            return self.default()
        first = self.origins[0]
        return run.refuse(first.where(run), first.value(run), self.rule.codec.expected)

    def _all(self, run: Run) -> Any:
        present = [(origin, origin.value(run)) for origin in self.origins]
        found = [
            value if value is BAD else decoded(run, self.rule.codec, origin, value)
            for origin, value in present
            if value is BAD or not is_absent(value, self.rule.absent)
        ]
        return BAD if any(value is BAD for value in found) else tuple(found)


@define(eq=False)
class Open:
    """Puts the objects inside an element into their slots."""

    inner: tuple[tuple[int, int, str, Holder], ...]
    """Slot, slot of the object outside, key, holder; outer ones first."""

    def __call__(self, run: Run) -> None:
        """Fetch them; what is no object is an issue, once."""
        objects = run.objects
        for slot, outer, key, holder in self.inner:
            held = objects[outer]
            value = held.get(key)
            if isinstance(value, dict):
                objects[slot] = value
            elif value is None:
                objects[slot] = BROKEN if held is BROKEN else EMPTY
            else:
                run.refuse(holder.where(run.trail), value, "an object")
                objects[slot] = BROKEN
