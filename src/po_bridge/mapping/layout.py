"""Levels, objects and frames of a program while it is compiled."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from .path import Path
from .run import Holder, Scope
from .seen import key_text
from .steps import Fill, Open, Plain, Source, Step
from .walk import Keep, Notice

Keys = tuple[str, ...]


@define(eq=False)
class Batch:
    """Steps that are still being gathered."""

    plain: dict[int, list[Plain]] = field(factory=dict)
    """Plain fields by frame."""
    steps: list[Step] = field(factory=list)
    """All others, in order."""

    def finished(self) -> list[Step]:
        """Return the steps, plain fields first."""
        fills: list[Step] = [Fill(frame, fields) for frame, fields in self.plain.items()]
        return fills + self.steps


@define(eq=False)
class Level:
    """A level while it is compiled."""

    scope: Scope
    """The level of the run."""
    general: str
    """Its path without indices."""
    holders: dict[Keys, Holder]
    """Its objects by their keys; outer ones come first."""
    keeps: dict[Keys, tuple[int, int]] = field(factory=dict)
    """Frame and depth of the models that keep unknown keys, by the object from which on they do."""
    batch: Batch = field(factory=Batch)
    """What reads it."""
    last: list[Step] = field(factory=list)
    """What comes after everything else: the walk inwards, or the making of the model."""
    steps: list[Step] = field(factory=list)
    """The finished steps."""

    def keep(self, keys: Keys) -> Keep | None:
        """Find the model that keeps the unknown keys of an object: the one whose own object is nearest."""
        around = [stem for stem in self.keeps if keys[: len(stem)] == stem]
        if not around:
            return None
        stem = max(around, key=len)
        frame, depth = self.keeps[stem]
        return Keep(frame, depth, keys[len(stem) :])

    def finish(self) -> None:
        """Put the steps in order: open objects, notice unknown keys, read fields, go on inwards."""
        inner = tuple(
            (holder.slot, self.holders[keys[:-1]].slot, keys[-1], holder)
            for keys, holder in self.holders.items()
            if keys
        )
        watched = tuple(
            (holder, frozenset(holder.known), self.keep(keys), self.general + "".join(map(key_text, keys)))
            for keys, holder in self.holders.items()
            if not holder.all_known
        )
        depth = self.scope.depth
        forget = tuple((frame, depth) for frame, made in self.keeps.values() if made >= depth)
        if inner:
            self.steps.append(Open(inner))
        self.steps += [Notice(watched, forget), *self.batch.finished(), *self.last]


@define(eq=False)
class Seat:
    """Where the rules of one table are resolved."""

    chain: tuple[Level, ...]
    """Levels from the document to the element."""
    prefix: Keys
    """Keys from the element to the table's own object."""
    frame: int
    """Frame of its model."""
    own: Batch | None = None
    """A part's own batch; None: each rule goes to the level it looks at, and is read once there."""

    def level(self, up: int) -> Level:
        """Return the level a path begins at."""
        return self.chain[-1 - up]

    def keys(self, path: Path) -> Keys:
        """Return the keys of a path, from its level's element."""
        return path.keys if path.up else (*self.prefix, *path.keys)

    def batch(self, depth: int) -> Batch:
        """Return where a rule that looks at a level is gathered."""
        return self.chain[depth].batch if self.own is None else self.own


@define(eq=False)
class Layout:
    """Everything a program keeps, by number."""

    slots: int = 0
    """Objects so far."""
    constants: list[dict[str, Any]] = field(factory=list)
    """Constant arguments of each frame."""
    levels: list[Level] = field(factory=list)
    """Levels so far, outer ones first."""
    written: list[tuple[Level, Keys]] = field(factory=list)
    """Where rules write."""

    def slot(self) -> int:
        """Add an object."""
        self.slots += 1
        return self.slots - 1

    def frame(self) -> int:
        """Add a model."""
        self.constants.append({})
        return len(self.constants) - 1

    def root(self) -> Level:
        """Add the document."""
        return self._added(Scope(), "$")

    def level(self, parent: Level, keys: Keys, *, entries: bool) -> Level:
        """Add the elements of a list; their unknown keys are kept where their parent's are."""
        scope = Scope(parent.scope, keys, entries, parent.scope.depth + 1)
        added = self._added(
            scope, parent.general + "".join(map(key_text, keys)) + ("{}" if entries else "[]")
        )
        if () in parent.keeps:
            added.keeps[()] = parent.keeps[()]
        return added

    def _added(self, scope: Scope, general: str) -> Level:
        self.levels.append(Level(scope, general, {(): Holder(scope, (), self.slot())}))
        return self.levels[-1]

    def holder(self, level: Level, keys: Keys) -> Holder:
        """Find or add the object at *keys* of a level's element."""
        if keys not in level.holders:
            self.holder(level, keys[:-1]).known.add(keys[-1])
            level.holders[keys] = Holder(level.scope, keys, self.slot())
        return level.holders[keys]

    def source(self, level: Level, keys: Keys) -> Source:
        """Find or add the object that holds a value."""
        holder = self.holder(level, keys[:-1])
        holder.known.add(keys[-1])
        return Source(holder, keys[-1])

    def finish(self) -> None:
        """Make the steps of every level; keys that are only written are known where their object is read."""
        for level, keys in self.written:
            for length in range(len(keys)):
                if keys[:length] in level.holders:
                    level.holders[keys[:length]].known.add(keys[length])
        for level in self.levels:
            level.finish()
