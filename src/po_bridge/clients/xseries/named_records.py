"""Suppliers, brands, tags and variant options: made by name, looked for by folded name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from ...errors import DocumentError, Refused, RemoteError
from ...mapping.xseries import NAMED
from ...models.named_record import NamedRecord, name_key
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ...planning.refs import Slot
from ...planning.snapshot import Collection, Page
from ...planning.write import CreateOptions, OptionDraft
from ...ports.exchange import Exchange
from .cursor import page, sweep
from .wire import Query, Wire, id_of, rows_of

DELETED: Final[Query] = (("deleted", "true"),)
"""Makes a list tell deleted records too."""
OPTIONS_PATH: Final = "variant_attributes"
"""Variant options; their list has no pages."""

_LETTERS: Final = re.compile(r"[\W_]+")


@frozen(kw_only=True)
class NameList:
    """One of the lists with a cursor."""

    path: str
    """Path of the list."""
    extra: Mapping[str, Any]
    """Members a creation needs beside the name."""


LISTS: Final = {
    # The 2026-07 schema inherits `contact` as required; an empty one is filled from the name.
    Collection.SUPPLIERS: NameList(path="suppliers", extra={"contact": {}}),
    Collection.BRANDS: NameList(path="brands", extra={}),
    Collection.TAGS: NameList(path="tags", extra={}),
}
"""Lists with a cursor."""


def read_named(wire: Wire, document: Mapping[str, Any], what: str) -> tuple[NamedRecord, ...]:
    """Read a list document; raises BadDocument."""
    return NAMED.read_all(document, name=what, context={"system": wire.label})


def named_page(wire: Wire, collection: Collection, since: str) -> Exchange[Page]:
    """One page of suppliers, brands or tags, deleted ones included."""
    path = LISTS[collection].path
    raw = yield from page(wire, path, since, DELETED)
    return Page(records=read_named(wire, raw.document, path), position=raw.position, more=raw.more)


def option_page(wire: Wire) -> Exchange[Page]:
    """Every variant option; the list is always told whole."""
    return Page(records=(yield from _options(wire)), position="0", more=False)


def _options(wire: Wire) -> Exchange[tuple[NamedRecord, ...]]:
    document = yield from wire.read(OPTIONS_PATH)
    return read_named(wire, rows_of(document) if document else {"data": []}, OPTIONS_PATH)


def create_named(wire: Wire, collection: Collection, slot: Slot, name: str) -> Exchange[Receipt]:
    """Make a supplier, brand or tag; the answer is an id and nothing else."""
    of = LISTS[collection]
    answer = yield from wire.write("POST", of.path, {"name": name, **of.extra})
    return Receipt(made={slot: id_of(answer, wire, f"POST /{of.path}")})


def create_options(wire: Wire, write: CreateOptions) -> Exchange[Receipt | Rest]:
    """Make one variant option; what is left are steps of their own.

    Names are unique there: one that appeared since the plan was made is taken over.
    """
    option, *others = write.options
    receipt = yield from _create_option(wire, option)
    if not others:
        return receipt
    return Rest(writes=tuple(evolve(write, options=(other,)) for other in others), receipt=receipt)


def _create_option(wire: Wire, option: OptionDraft) -> Exchange[Receipt]:
    try:
        answer = yield from wire.write("POST", OPTIONS_PATH, {"name": option.name})
    except Refused as refused:
        if refused.status not in {400, 409, 422}:
            raise
        return (yield from _taken_option(wire, option, refused))
    return Receipt(made={option.slot: id_of(answer, wire, f"POST /{OPTIONS_PATH}")})


def _taken_option(wire: Wire, option: OptionDraft, refused: Refused) -> Exchange[Receipt]:
    try:
        same = _of_name((yield from _options(wire)), option.name)
    except (RemoteError, DocumentError) as error:
        # The refusal is certain, whatever became of looking around.
        raise refused from error
    if len(same) != 1:
        raise refused
    return Receipt(made={option.slot: same[0].id}, found=True)


def _of_name(records: Iterable[NamedRecord], name: str) -> tuple[NamedRecord, ...]:
    wanted = name_key(name)
    return tuple(record for record in records if record.key == wanted and not record.deleted)


def probe_named(wire: Wire, collection: Collection, slot: Slot, name: str, since: str) -> Exchange[Probed]:
    """Look for a supplier, brand or tag among what changed since the intent."""
    path = LISTS[collection].path
    document = yield from sweep(wire, path, since, DELETED)
    records = read_named(wire, document, path)
    near = tuple(record for record in records if not record.deleted and _near(record.name, name))
    found = _one_of_name(records, slot, name)
    if near and isinstance(found, Absent):
        return Unclear(question=_which(slot, name, near))
    return found


def _one_of_name(records: tuple[NamedRecord, ...], slot: Slot, name: str) -> Probed:
    same = _of_name(records, name)
    if len(same) == 1:
        return Done(receipt=Receipt(made={slot: same[0].id}, found=True))
    return Unclear(question=_which(slot, name, same)) if same else Absent()


def _near(one: str, other: str) -> bool:
    return _LETTERS.sub("", name_key(one)) == _LETTERS.sub("", name_key(other))


def _which(slot: Slot, name: str, records: tuple[NamedRecord, ...]) -> Question:
    listed = ", ".join(f"{record.name!r} ({record.id})" for record in records)
    text = f"while {slot.kind.value} {name!r} was being made, this appeared: {listed}; which one is it?"
    answers = tuple(record.id for record in records)
    return Question(key=f"which {slot}", text=text, stops=Stops.ORDER, answers=answers)


def probe_options(wire: Wire, write: CreateOptions) -> Exchange[Probed]:
    """Look for variant options in their list."""
    records = yield from _options(wire)
    made: dict[Slot, str] = {}
    missing: list[OptionDraft] = []
    for option in write.options:
        found = _one_of_name(records, option.slot, option.name)
        match found:
            case Done():
                made |= found.receipt.made
            case Absent():
                missing.append(option)
            case _:
                return found
    receipt = Receipt(made=made, found=True)
    if not missing:
        return Done(receipt=receipt)
    if not made:
        return Absent()
    rest = tuple(evolve(write, options=(option,)) for option in missing)
    return Partly(rest=Rest(writes=rest, receipt=receipt))
