"""A table: every attribute of a model with its place on the wire, for both ways."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from attrs import Attribute, evolve, field, frozen

from ..errors import BadDocument, Issue, Misuse
from .compiler import compiled
from .faults import faults_of
from .location import is_written, needs, reach
from .path import Over, Path, parse_over, parse_path
from .program import Program
from .rule import Rule, WireConstant
from .seen import seen
from .writer import written

M = TypeVar("M")
_NO_CONTEXT: Final[Mapping[str, Any]] = MappingProxyType({})


@frozen(kw_only=True)
class Table(Generic[M]):
    """Rules for one model on one platform, checked when built and compiled once.

    Equal tables read and write alike; a changed table is a new one.
    """

    model: type[M]
    """What is read."""
    rules: tuple[Rule, ...]
    """One for each attribute."""
    over: tuple[Over, ...] = ()
    """Lists walked over, outermost first; each innermost element is one model."""
    ignored: tuple[Path, ...] = ()
    """Keys that are known and mean nothing to us; a last key ``*`` is every other key of that object."""
    left_out: tuple[Attribute[Any], ...] = field(default=(), repr=False)
    """Attributes that this wire does not tell; they keep the model's default."""
    keeper: Attribute[Any] | None = field(default=None, repr=False)
    """The attribute that takes unknown keys, by path as a rule would write it."""
    wire_constants: tuple[WireConstant, ...] = ()
    """What every document written holds besides."""
    title: str = ""
    """Heading of the rendered table."""
    note: str = ""
    """What a reader of the rendered table should know."""
    program: Program | None = field(init=False, default=None, eq=False, repr=False)
    """The compiled form; None where the table looks outside itself and is only a part of others."""
    needs: frozenset[str] = field(init=False, default=frozenset(), eq=False, repr=False)
    """Names that ``context`` must hold, since nothing else tells them."""
    is_written: bool = field(init=False, default=False, eq=False, repr=False)
    """Whether anything is written by it or by a table inside it."""

    def __attrs_post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            listed = "\n".join(f"  - {fault}" for fault in faults)
            raise Misuse(f"the table of {self.name} has {len(faults)} fault(s):\n{listed}")
        # attrs' own way to fill a derived attribute of a frozen class
        object.__setattr__(self, "needs", needs(self))
        object.__setattr__(self, "is_written", is_written(self))
        if reach(self) == 0:
            object.__setattr__(self, "program", compiled(self))

    @property
    def name(self) -> str:
        """Title, or the model's name."""
        return self.title or self.model.__name__

    def read(self, document: Any, *, name: str = "", context: Mapping[str, Any] = _NO_CONTEXT) -> M:
        """Read one document.

        Raises BadDocument, called *name*, with everything that is wrong; nothing else for any JSON value.
        Raises Misuse where *context* lacks what the table ``needs``, or the table walks over a list.
        """
        if self.over:
            raise Misuse(f"the table of {self.name} reads many of one document; use read_all")
        return self._read(document, name, context)[0]

    def read_all(
        self, document: Any, *, name: str = "", context: Mapping[str, Any] = _NO_CONTEXT
    ) -> tuple[M, ...]:
        """Read every element that the table walks over; raises as ``read``."""
        return self._read(document, name, context)

    def unknown(self, document: Any, *, context: Mapping[str, Any] = _NO_CONTEXT) -> tuple[str, ...]:
        """List the keys that no rule knows and no table ignores, as ``$.line_items[].custom``.

        What cannot be read is passed over: ``read`` tells.
        """
        program = self._program(context)
        whole = {"": document} if self._is_bare_list else document
        return tuple(program.run(whole, context).strange) if isinstance(whole, dict) else ()

    def write(self, value: M, *, create: bool = True) -> dict[str, Any]:
        """Write one value as a JSON object, numbers as Decimal; the inverse of ``read`` for two-way rules.

        Without *create* the keys that are set only on creation are left out.
        Raises Misuse for a value that has no wire form, naming the attribute.
        """
        return written(self, (value,), create=create)

    def write_all(self, values: tuple[M, ...], *, create: bool = True) -> Any:
        """Write every value into one document; the inverse of ``read_all``."""
        document = written(self, values, create=create)
        return document[""] if self._is_bare_list else document

    def replaced(self, rule: Rule) -> Table[M]:
        """Return this table with another rule for the same attribute; raises Misuse if there was none."""
        names = [old.attribute.name for old in self.rules]
        if rule.attribute.name not in names:
            raise Misuse(f"the table of {self.name} has no rule for {rule.attribute.name}; use added")
        return evolve(
            self,
            rules=tuple(
                rule if name == rule.attribute.name else old
                for name, old in zip(names, self.rules, strict=True)
            ),
        )

    def added(self, rule: Rule) -> Table[M]:
        """Return this table with a rule for an attribute that was left out."""
        left_out = tuple(attribute for attribute in self.left_out if attribute.name != rule.attribute.name)
        return evolve(self, rules=(*self.rules, rule), left_out=left_out)

    def removed(self, attribute: Attribute[Any]) -> Table[M]:
        """Return this table without the rule for an attribute, which then keeps the model's default."""
        rules = tuple(rule for rule in self.rules if rule.attribute.name != attribute.name)
        if len(rules) == len(self.rules):
            raise Misuse(f"the table of {self.name} has no rule for {attribute.name}")
        return evolve(self, rules=rules, left_out=(*self.left_out, attribute))

    @property
    def _is_bare_list(self) -> bool:
        return bool(self.over) and not self.over[0].keys

    def _read(self, document: Any, name: str, context: Mapping[str, Any]) -> tuple[M, ...]:
        program = self._program(context)
        if self._is_bare_list:
            document = {"": document}
        if not isinstance(document, dict):
            raise BadDocument(
                name or self.name, (Issue(path="$", seen=seen(document), expected="an object"),)
            )
        run = program.run(document, context)
        if run.issues:
            raise BadDocument(name or self.name, tuple(run.issues))
        return tuple(run.sinks[program.frame])

    def _program(self, context: Mapping[str, Any]) -> Program:
        if self.program is None:
            raise Misuse(
                f"the table of {self.name} looks outside its own element: it reads as a part of others only"
            )
        lacking = self.needs - context.keys()
        if lacking:
            raise Misuse(f"the table of {self.name} needs in its context: {', '.join(sorted(lacking))}")
        return self.program


def table(  # a table is all of this, and each has a default
    model: type[M],
    rules: tuple[Rule, ...],
    *,
    over: tuple[str, ...] = (),
    ignored: tuple[str, ...] = (),
    left_out: tuple[Attribute[Any], ...] = (),
    keep_unknown: Attribute[Any] | None = None,
    wire_constants: tuple[WireConstant, ...] = (),
    title: str = "",
    note: str = "",
) -> Table[M]:
    """Build a table: ``table(OrderLine, RULES, over=("line_items", "sizes"), ignored=("^surcharges",))``.

    Raises Misuse that names every fault: an attribute without a rule or with two, a wire path written twice,
    a codec that gives another type, a fallback that would not be read back.
    """
    return Table(
        model=model,
        rules=rules,
        over=tuple(parse_over(text) for text in over),
        ignored=tuple(parse_path(text) for text in ignored),
        left_out=left_out,
        keeper=keep_unknown,
        wire_constants=wire_constants,
        title=title,
        note=note,
    )
