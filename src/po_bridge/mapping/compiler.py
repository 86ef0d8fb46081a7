"""Compiles a table, with all tables inside it, into a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, assert_never

from attrs import NOTHING, Attribute, Factory, define

from ..errors import Misuse
from .layout import Batch, Keys, Layout, Level, Seat
from .path import Given, Place, Position, Spot
from .program import Program
from .rule import UNSET, Constant, Field, Part, Rows, Rule, argument
from .run import Holder
from .steps import Default, Origin, Passed, Pick, Plain, Source, Standing, Step
from .walk import Assemble, Collect, Hand, Make, Pour, Walk

if TYPE_CHECKING:
    from .table import Table


def compiled(table: Table[Any]) -> Program:
    """Compile *table* as the one that a document is read by; raises Misuse for ``#index`` outside a list."""
    layout = Layout()
    compiler = Compiler(layout)
    root = layout.root()
    if table.over:
        walk, frame = compiler.walk(table, (root,), ())
        root.last.append(walk)
    else:
        frame = layout.frame()
        if table.keeper is not None:
            root.keeps[()] = (frame, 0)
        compiler.fields(table, Seat((root,), (), frame))
        root.last.append(compiler.make(table, frame, root.holders[()], Pour(frame)))
    layout.finish()
    return Program(
        steps=tuple(root.steps),
        frame=frame,
        slots=layout.slots,
        constants=tuple(layout.constants),
        depth=len(layout.levels),
    )


def model_default(attribute: Attribute[Any]) -> Default:
    """Return what makes the model's own default; None where there is none that can be made alone."""
    default: Any = attribute.default
    if default is NOTHING:
        return None
    if isinstance(default, Factory):  # type: ignore[arg-type]  # a class, which the stubs call a function
        return None if default.takes_self else default.factory
    return lambda: default


def _default(rule: Field | Part | Rows) -> Default:
    if rule.default is not UNSET:
        return lambda: rule.default
    return model_default(rule.attribute) if isinstance(rule, Field) and not rule.required else None


def _depths(rule: Rule, innermost: int) -> Iterator[int]:
    """Tell which levels a rule looks at, counted from the document."""
    match rule:
        case Field(reads=reads):
            yield from (innermost - place.up for place in reads if not isinstance(place, Given))
        case Part(at=at, table=table):
            if at.keys:
                yield innermost
            yield from (depth for inner in table.rules for depth in _depths(inner, innermost))
        case Rows():
            yield innermost
        case Constant():
            return
        case _:
            assert_never(rule)


@define(eq=False)
class Compiler:
    """Turns rules into steps."""

    layout: Layout
    """Where objects, levels and models get their numbers."""

    def walk(self, table: Table[Any], chain: tuple[Level, ...], prefix: Keys) -> tuple[Walk, int]:
        """Compile a table that walks over lists; returns the outermost walk and the frame of its models."""
        frame = self.layout.frame()
        walks: list[Walk] = []
        for over in table.over:
            keys = (*prefix, *(over.keys or ("",)))
            source = self.layout.source(chain[-1], keys)
            level = self.layout.level(chain[-1], keys, entries=over.entries)
            if table.keeper is not None:
                level.keeps[()] = (frame, len(chain) + len(table.over) - len(walks) - 1)
            walk = Walk(source.holder, source.key, level.scope, level.holders[()].slot, level.steps)
            if walks:
                chain[-1].last.append(walk)
            walks.append(walk)
            chain, prefix = (*chain, level), ()
        self.fields(table, Seat(chain, (), frame))
        chain[-1].last.append(self.make(table, frame, chain[-1].holders[()], Pour(frame)))
        return walks[0], frame

    def make(self, table: Table[Any], frame: int, holder: Holder, done: Pour | Hand) -> Make:
        """Compile the making of a model."""
        return Make(
            frame, table.model, holder, None if table.keeper is None else argument(table.keeper), done
        )

    def fields(self, table: Table[Any], seat: Seat) -> None:
        """Compile the rules of a table, and what it ignores."""
        for rule in table.rules:
            looks = tuple(_depths(rule, len(seat.chain) - 1))
            depth = max(looks, default=0)
            match rule:
                case Field():
                    # what only the caller tells is the same everywhere, so that it is read once
                    self._field(rule, seat, seat.batch(depth) if looks else seat.chain[0].batch)
                case Part():
                    self._part(rule, seat, depth)
                case Rows():
                    self._rows(rule, seat, seat.batch(depth))
                case Constant():
                    self.layout.constants[seat.frame][argument(rule.attribute)] = rule.value
                case _:
                    assert_never(rule)
        for path in table.ignored:
            level, keys = seat.level(path.up), seat.keys(path)
            holder = self.layout.holder(level, keys[:-1])
            holder.known.add(keys[-1])
            holder.all_known = holder.all_known or keys[-1] == "*"
        for constant in table.wire_constants:
            self.layout.written.append((seat.level(constant.writes.up), seat.keys(constant.writes)))

    def _origin(self, place: Place, seat: Seat) -> Origin:
        match place:
            case Given(name=name):
                return Passed(name)
            case Position(spot=spot, up=up):
                scope = seat.level(up).scope
                if spot is not Spot.PATH and (
                    scope.parent is None or (spot is Spot.KEY and not scope.entries)
                ):
                    raise Misuse(f"{place} has no meaning here: {seat.level(up).general} has no such fact")
                return Standing(scope, spot)
            case _:
                return self.layout.source(seat.level(place.up), seat.keys(place))

    def _field(self, rule: Field, seat: Seat, batch: Batch) -> None:
        origins = tuple(self._origin(place, seat) for place in rule.reads)
        if rule.writes is not None:
            self.layout.written.append((seat.level(rule.writes.up), seat.keys(rule.writes)))
        match origins:
            case ():
                return
            case (Source() as source,) if not rule.all_present:
                batch.plain.setdefault(seat.frame, []).append(Plain(rule, source, _default(rule)))
            case _:
                batch.steps.append(Pick(seat.frame, rule, origins, _default(rule)))

    def _part(self, rule: Part, seat: Seat, depth: int) -> None:
        innermost = len(seat.chain) - 1
        frame = self.layout.frame()
        prefix = (*seat.prefix, *rule.at.keys)
        hand = Hand(seat.frame, argument(rule.attribute))
        holder = self.layout.holder(seat.chain[depth], prefix if depth == innermost else ())
        if not rule.at.keys:
            self.fields(rule.table, Seat(seat.chain, prefix, frame, seat.own))
            seat.batch(depth).steps.append(self.make(rule.table, frame, holder, hand))
            return
        if rule.table.keeper is not None:
            seat.chain[-1].keeps[prefix] = (frame, innermost)
        own = Batch()
        self.fields(rule.table, Seat(seat.chain, prefix, frame, own))
        steps: tuple[Step, ...] = (*own.finished(), self.make(rule.table, frame, holder, hand))
        seat.batch(depth).steps.append(Assemble(steps, holder.slot, _default(rule), hand))

    def _rows(self, rule: Rows, seat: Seat, batch: Batch) -> None:
        walk, frame = self.walk(rule.table, seat.chain, seat.prefix)
        walk.default = _default(rule)
        batch.steps.append(Collect(walk, frame, Hand(seat.frame, argument(rule.attribute))))
