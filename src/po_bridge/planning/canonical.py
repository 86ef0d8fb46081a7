"""Plans and decisions as canonical bytes: sorted keys, no spaces, UTF-8; equal values give equal bytes.

Decimals keep their digits, moments are UTC, a member of a union names its class under ``type``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar, overload

from attrs import evolve
from cattrs.errors import ForbiddenExtraKeysError

from ..errors import BadDocument, ForeignPlan, Issue
from ..mapping.codec import UNREADABLE
from ..mapping.converter import structured
from ..mapping.json_text import parse_json
from ..mapping.seen import MISSING, seen
from .book import Decision
from .plan import FORMAT, Plan
from .text_writer import object_writer, text_writer
from .written import written_form

T = TypeVar("T")

Upgrades = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]
"""From the number of an older format to what turns its document into one of the next format."""

UPGRADES: Final[Upgrades] = MappingProxyType({})
"""How plans of the format before the current one are read; format 1 is the first."""

DECISIONS_FORMAT: Final = 1
"""Version of the format of written decisions."""

_UNSEALED: Final = ("digest", "estimate")


def write_value(value: Any, kind: Any = None) -> bytes:
    """Write a value as canonical bytes; *kind* is the union or mapping that it is to be read as."""
    form: Any = type(value) if kind is None else kind
    return _encoded(text_writer(form)(value))


@overload
def read_value(data: bytes | str, kind: type[T]) -> T: ...
@overload
def read_value(data: bytes | str, kind: Any) -> Any: ...
def read_value(data: bytes | str, kind: Any) -> Any:
    """Read what ``write_value`` wrote; raises BadDocument with every field that is wrong."""
    name = getattr(kind, "__name__", "value")
    return _structured(parse_json(data, name=name), kind, name)


def sealed(plan: Plan) -> Plan:
    """The plan with its seal: a digest over everything but the digest itself and the estimate."""
    content = _encoded(object_writer(Plan, without=_UNSEALED)(plan))
    return evolve(plan, digest=hashlib.sha256(content).hexdigest())


def plan_bytes(plan: Plan) -> bytes:
    """Write a plan; plans that are equal give equal bytes, the estimate apart."""
    return _encoded(text_writer(Plan)(plan))


def read_plan(data: bytes | str, *, upgrades: Upgrades = UPGRADES) -> Plan:
    """Read a plan that ``plan_bytes`` wrote, also one of the format before.

    The seal is checked on the document as it was written; a plan of the format before is sealed anew.
    Raises ForeignPlan where the format is unknown or the seal does not fit, BadDocument for what is no plan.
    """
    document = _object(data, "plan")
    written = document.get("format", MISSING)
    if written == FORMAT:
        _check_seal(document)
        plan: Plan = _structured(document, Plan, "plan")
        return plan
    if type(written) is not int or written != FORMAT - 1 or written not in upgrades:
        raise ForeignPlan(seen(written), str(FORMAT), "format")
    _check_seal(document)
    return sealed(_structured({**upgrades[written](document), "format": FORMAT}, Plan, "plan"))


def write_decisions(decisions: Iterable[Decision]) -> bytes:
    """Write decisions with the number of their format, in the order given."""
    written = text_writer(tuple[Decision, ...])(tuple(decisions))
    return _encoded(f'{{"decisions":{written},"format":{DECISIONS_FORMAT}}}')


def read_decisions(data: bytes | str) -> tuple[Decision, ...]:
    """Read what ``write_decisions`` wrote; raises BadDocument, also for an unknown format."""
    document = _object(data, "decisions")
    written = document.get("format", MISSING)
    if written != DECISIONS_FORMAT:
        raise _bad("decisions", "$.format", written, f"the number {DECISIONS_FORMAT}")
    read: tuple[Decision, ...] = _structured(document.get("decisions"), tuple[Decision, ...], "decisions")
    return read


def _encoded(text: str) -> bytes:
    # half a surrogate pair can come in through an operating system's message; it has no UTF-8 form
    return text.encode("utf-8", "replace")


def _digest(document: Mapping[str, Any]) -> str:
    """Seal a document as it was written, whatever its format."""
    content = {key: held for key, held in document.items() if key not in _UNSEALED}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(_encoded(text)).hexdigest()


def _check_seal(document: Mapping[str, Any]) -> None:
    carried, needed = document.get("digest", MISSING), _digest(document)
    if carried != needed:
        raise ForeignPlan(carried if type(carried) is str else seen(carried), needed, "seal")


def _bad(name: str, path: str, value: Any, expected: str) -> BadDocument:
    return BadDocument(name, (Issue(path=path, seen=seen(value), expected=expected),))


def _object(data: bytes | str, name: str) -> dict[str, Any]:
    document = parse_json(data, name=name)
    if type(document) is not dict:
        raise _bad(name, "$", document, "an object")
    return document


def _structured(document: Any, kind: Any, name: str) -> Any:
    try:
        return written_form().structure(document, kind)
    except (AttributeError, ForbiddenExtraKeysError, *UNREADABLE):
        return structured(written_form(careful=True), document, kind, name=name)
