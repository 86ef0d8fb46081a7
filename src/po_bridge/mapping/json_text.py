"""JSON with exact numbers: fractions are read as Decimal, so a float never enters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final, NoReturn

from attrs import frozen

from ..errors import BadDocument, Issue, Misuse
from .seen import key_text, seen

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_LONGEST_PLAIN: Final = 60


class _Flawed(Exception):  # never leaves this module
    """Something JSON allows and we do not; the second, careful reading says where."""


@frozen
class _Flaw:
    """Stands in the parsed value where something is wrong."""

    seen: str
    expected: str


def parse_json(text: bytes | str, *, name: str = "document") -> Any:
    """Read one JSON value; numbers with a fraction or exponent become Decimal, whole ones int.

    Raises BadDocument, with the line and column or the path, for what is no JSON, for NaN and Infinity,
    for a key given twice in one object, for unpaired surrogates, and for numbers or nesting beyond reason.
    """
    whole = text if isinstance(text, str) else _decoded(text, name)
    if _SURROGATE.search(whole) is None:
        try:
            return _loaded(whole, name, _QUICK)
        except (_Flawed, ValueError, ArithmeticError):
            pass  # the second reading says where
    value = _loaded(whole, name, _CAREFUL)
    issues = tuple(_flaws(value))
    if issues:
        raise BadDocument(name, issues)
    return value


def write_json(value: Any, *, canonical: bool = False) -> bytes:
    """Write a JSON value as UTF-8, Decimals as the number they are, without spaces.

    *canonical* sorts keys and drops meaningless zeros, so that equal values give equal bytes.
    Raises Misuse for floats, NaN, unpaired surrogates, keys that are no text, and what JSON does not know.
    """
    try:
        return "".join(_pieces(value, canonical=canonical)).encode()
    except UnicodeEncodeError as error:
        raise Misuse(f"{error.object[error.start]!r} cannot be written as UTF-8") from error


def _bad(name: str, path: str, what: str, expected: str) -> BadDocument:
    return BadDocument(name, (Issue(path=path, seen=what, expected=expected),))


def _decoded(text: bytes, name: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = repr(error.object[error.start : error.end])
        raise _bad(name, f"byte {error.start}", what, "UTF-8") from error


def _loaded(whole: str, name: str, hooks: Mapping[str, Any]) -> Any:
    try:
        return json.loads(whole, **hooks)
    except RecursionError as error:
        raise _bad(name, "$", "objects and lists nested too deeply", "JSON of reasonable depth") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _bad(name, where, seen(error.doc[error.pos :][:60]), f"JSON ({error.msg})") from error


def _refused(_word: str) -> NoReturn:
    raise _Flawed


def _object_of_unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Flawed
    return made


_QUICK: Final[Mapping[str, Any]] = {
    "parse_float": Decimal,
    "parse_constant": _refused,
    "object_pairs_hook": _object_of_unique_keys,
}


# --- the second reading: slower, and it knows where


def _marked_number(text: str) -> Any:
    try:
        return Decimal(text) if any(mark in text for mark in ".eE") else int(text)
    except (ValueError, ArithmeticError):
        return _Flaw(f"a number of {len(text)} characters", "a number that can be held")


def _marked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        made[key] = _Flaw("the key a second time", "each key once") if key in made else value
    return made


_CAREFUL: Final[Mapping[str, Any]] = {
    "parse_float": _marked_number,
    "parse_int": _marked_number,
    "parse_constant": lambda word: _Flaw(word, "a number"),
    "object_pairs_hook": _marked_object,
}


def _flaws(value: Any) -> Iterator[Issue]:
    """Walk through a value without recursion, in no promised order of branches."""
    waiting: list[tuple[str, Any]] = [("$", value)]
    while waiting:
        path, inner = waiting.pop()
        if isinstance(inner, _Flaw):
            yield Issue(path=path, seen=inner.seen, expected=inner.expected)
        elif isinstance(inner, dict):
            for key, member in inner.items():
                waiting.append((path + key_text(key), member))
                if _has_surrogate(key):
                    yield Issue(path=path, seen=seen(key), expected="a key without unpaired surrogates")
        elif isinstance(inner, list):
            waiting += [(f"{path}[{index}]", member) for index, member in enumerate(inner)]
        elif isinstance(inner, str) and _has_surrogate(inner):
            yield Issue(path=path, seen=seen(inner), expected="text without unpaired surrogates")


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


# --- writing, without recursion: a hostile document must not exhaust the stack


class _Sign(str):
    """Text of JSON itself."""

    __slots__ = ()


def _pieces(value: Any, *, canonical: bool) -> Iterator[str]:
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if type(one) is _Sign:
            yield one
        elif isinstance(one, Mapping):
            waiting += reversed(list(_object_parts(one, canonical=canonical)))
        elif isinstance(one, list | tuple):
            waiting += reversed(list(_list_parts(one)))
        else:
            yield _scalar(one, canonical=canonical)


def _object_parts(value: Mapping[Any, Any], *, canonical: bool) -> Iterator[Any]:
    wrong = [key for key in value if not isinstance(key, str)]
    if wrong:
        raise Misuse(f"{seen(wrong[0])} cannot be a key in JSON")
    comma = "{"
    for key in sorted(value) if canonical else value:
        yield _Sign(f"{comma}{encode_basestring(key)}:")
        yield value[key]
        comma = ","
    yield _Sign("}" if value else "{}")


def _list_parts(value: list[Any] | tuple[Any, ...]) -> Iterator[Any]:
    comma = "["
    for element in value:
        yield _Sign(comma)
        yield element
        comma = ","
    yield _Sign("]" if value else "[]")


def _scalar(value: Any, *, canonical: bool) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return _number_text(Decimal(value), canonical=canonical)
    raise Misuse(f"{seen(value)} ({type(value).__name__}) cannot be written as JSON")


def _number_text(value: Decimal, *, canonical: bool) -> str:
    if not value.is_finite():
        raise Misuse(f"{value!r} is no JSON number")
    if not canonical:
        return str(value)
    if value == 0:
        return "0"
    if abs(value.adjusted()) > _LONGEST_PLAIN:
        # normalize() would round to the context's precision
        sign, digits, exponent = value.as_tuple()
        plain = "".join(map(str, digits))
        kept = plain.rstrip("0")
        return f"{'-' if sign else ''}{kept}E{int(exponent) + len(plain) - len(kept)}"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
