"""Renders tables as Markdown, so that the documentation cannot differ from what is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, assert_never

from .location import Standpoint
from .path import Path, Place
from .rule import UNSET, Absent, Constant, Field, Part, Rows
from .seen import seen
from .table import Table

_COLUMNS: Final = ("Label", "Attribute", "Read from", "Written to", "Form", "Remarks")


def grid(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table; cells are escaped, so that a bar or a line break cannot end them."""
    heads = [_cell(column) for column in columns]
    lines = [_line(heads), _line("---" for _ in heads)]
    lines += [_line(map(_cell, row)) for row in rows]
    return "\n".join(lines) + "\n"


def markdown(table: Table[Any], *, level: int = 2) -> str:
    """Render a table and the tables inside it: every attribute with its places, seen from the document."""
    return "\n".join(_sections(table, Standpoint(), level))


def code(text: str) -> str:
    """Write text as inline code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sections(table: Table[Any], here: Standpoint, level: int) -> Iterator[str]:
    inside = here.over(table.over)
    yield f"{'#' * level} {table.name}\n"
    if table.note:
        yield f"{table.note}\n"
    if table.over:
        yield f"One {table.model.__name__} for each element of {code(inside.text(Path()))}.\n"
    rows = [row for rule in table.rules for row in _rows(rule, inside)]
    rows += [
        (
            "",
            "",
            "",
            code(inside.text(one.writes)),
            f"always {seen(one.value)}",
            _remarks(one.note, one.only_on_create),
        )
        for one in table.wire_constants
    ]
    yield grid(_COLUMNS, rows)
    yield from _notes(table, inside)
    for rule in table.rules:
        match rule:
            case Part() if rule.at.keys:
                yield from _sections(rule.table, inside.into(rule.at), level + 1)
            case Rows():
                yield from _sections(rule.table, inside, level + 1)
            case _:
                pass


def _notes(table: Table[Any], inside: Standpoint) -> Iterator[str]:
    if table.ignored:
        yield f"Known and not used: {', '.join(code(inside.text(path)) for path in table.ignored)}.\n"
    if table.left_out:
        yield f"Not on this wire: {', '.join(code(one.name) for one in table.left_out)}.\n"
    if table.keeper is not None:
        yield f"Unknown keys are kept in {code(table.keeper.name)}.\n"


def _rows(
    rule: Field | Part | Rows | Constant, here: Standpoint, owner: str = ""
) -> Iterator[tuple[str, ...]]:
    label, name = rule.label or "", code(owner + rule.attribute.name)
    match rule:
        case Field():
            yield label, name, _reads(rule, here), _writes(rule, here), rule.codec.name, _field_remarks(rule)
        case Part() if not rule.at.keys:
            for inner in rule.table.rules:
                yield from _rows(inner, here, f"{owner}{rule.attribute.name}.")
        case Part():
            place = code(here.text(rule.at))
            yield (
                label,
                name,
                place,
                place if rule.table.is_written else "",
                f"see {rule.table.name}",
                _missing(rule),
            )
        case Rows():
            place = code(here.over(rule.table.over).text(Path()))
            yield (
                label,
                name,
                place,
                place if rule.table.is_written else "",
                f"see {rule.table.name}",
                _missing(rule),
            )
        case Constant():
            yield label, name, "", "", f"always {seen(rule.value)}", rule.note or ""
        case _:
            assert_never(rule)


def _places(places: Iterable[Place], here: Standpoint, between: str) -> str:
    return between.join(code(here.text(place)) for place in places)


def _reads(rule: Field, here: Standpoint) -> str:
    return _places(rule.reads, here, ", " if rule.all_present else ", else ")


def _writes(rule: Field, here: Standpoint) -> str:
    if rule.writes is None:
        return ""
    return _places(rule.reads if rule.all_present else (rule.writes,), here, ", ")


def _field_remarks(rule: Field) -> str:
    return _remarks(
        rule.note,
        rule.only_on_create,
        rule.always_written and "written even where it is the default",
        _missing(rule) if not rule.all_present else "what is empty is passed over",
        rule.absent is not Absent.KEY and not rule.all_present and f"missing is {rule.absent.value}",
    )


def _missing(rule: Field | Part | Rows) -> str:
    if rule.default is not UNSET:
        return f"if missing: {seen(rule.default)}"
    return "if missing: the model's default" if isinstance(rule, Field) and not rule.required else ""


def _remarks(note: str | None, only_on_create: bool, *others: str | bool) -> str:  # noqa: FBT001  # private, called twice
    parts = [
        note or "",
        "only on creation" if only_on_create else "",
        *(one for one in others if isinstance(one, str)),
    ]
    return "; ".join(part for part in parts if part)
