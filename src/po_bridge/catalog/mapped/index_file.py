"""The file of a mapped index: a head in JSON, then columns, read where they lie.

::

    8 bytes   magic
    8 bytes   length of the head
    head      {"version", "mark", "known": {table: bits}, "columns": {name: [type, offset, shape]}}
    columns   each at a multiple of 64 bytes
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ...errors import CacheDamaged
from .ids import Ids
from .keys import KeyTable
from .shelf import Shelf
from .texts import Texts

VERSION: Final = 2
"""Version of the format; a file of another one is refused."""

_MAGIC: Final = b"poBindex"
_ALIGNED: Final = 64
_TABLES: Final = ("codes", "supplier_codes", "options")
_TYPES: Final = {"<u2", "<u4", "<u8", "|u1"}


@frozen(kw_only=True, eq=False)
class Stored:
    """What a file holds."""

    shelf: Shelf
    """The products."""
    mark: str
    """What the last save was given."""


def _columns(shelf: Shelf) -> Iterator[tuple[str, NDArray[Any]]]:
    ids, texts = shelf.ids, shelf.texts
    yield from (
        ("ids.numbers", ids.numbers),
        ("ids.rest", ids.rest),
        ("ids.ends", ids.ends),
        ("ids.text", ids.text),
    )
    for name in _TABLES:
        table: KeyTable = getattr(shelf, name)
        yield f"{name}.starts", table.starts
        yield f"{name}.beside", table.beside
        yield f"{name}.rows", table.rows
    for name in ("blocks", "block_ends", "names", "member_ends", "members", "options", "option_of"):
        yield f"texts.{name}", getattr(texts, name)


def _placed(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def write_shelf(path: Path, shelf: Shelf, mark: str) -> None:
    """Write a file whole, beside the old one, and put it in its place."""
    columns = {name: np.ascontiguousarray(column) for name, column in _columns(shelf)}
    place = 0
    places: dict[str, list[Any]] = {}
    for name, column in columns.items():
        places[name] = [column.dtype.newbyteorder("<").str, place, list(column.shape)]
        place = _placed(place + column.nbytes)
    known = {name: getattr(shelf, name).known for name in _TABLES}
    head = json.dumps({"version": VERSION, "mark": mark, "known": known, "columns": places}).encode()
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with new.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        first = _placed(file.tell())
        for name, column in columns.items():
            file.seek(first + places[name][1])
            file.write(column.astype(column.dtype.newbyteorder("<"), copy=False).data)
        file.truncate(_placed(first + place))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _head(data: NDArray[np.uint8]) -> tuple[Mapping[str, Any], int]:
    """Read the head and where the columns begin; raises ValueError for what is none."""
    start = len(_MAGIC) + 8
    if data[: len(_MAGIC)].tobytes() != _MAGIC:
        raise ValueError("it is no index of po_bridge")
    end = start + int.from_bytes(data[len(_MAGIC) : start].tobytes(), "little")
    head = json.loads(data[start:end].tobytes())
    if head["version"] != VERSION:
        raise ValueError(f"its version is {head['version']!r}, this po_bridge reads {VERSION}")
    return head, _placed(end)


def _column(data: NDArray[np.uint8], first: int, place: list[Any]) -> NDArray[Any]:
    kind, offset, shape = place
    if kind not in _TYPES:
        raise ValueError(f"a column of type {kind!r}")
    dtype = np.dtype(kind)
    size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
    column = data[first + offset : first + offset + size]
    if len(column) != size:
        raise ValueError("it ends too early")
    viewed: NDArray[Any] = column.view(dtype).reshape(shape)
    return viewed


def _shelf(head: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> Shelf:
    def part(name: str) -> dict[str, NDArray[Any]]:
        return {
            key.partition(".")[2]: column for key, column in columns.items() if key.startswith(f"{name}.")
        }

    codes, supplier_codes, options = (KeyTable(known=head["known"][name], **part(name)) for name in _TABLES)
    return Shelf(
        ids=Ids(**part("ids")),
        codes=codes,
        supplier_codes=supplier_codes,
        options=options,
        texts=Texts(**part("texts")),
    )


def read_shelf(path: Path) -> Stored:
    """Map a file without reading its columns; raises CacheDamaged for one that cannot be used."""
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
        head, first = _head(data)
        columns = {name: _column(data, first, place) for name, place in head["columns"].items()}
        return Stored(shelf=_shelf(head, columns), mark=head["mark"])
    except (KeyError, TypeError, UnicodeDecodeError, ValueError) as error:
        raise CacheDamaged(str(path), f"the index cannot be read: {error}") from error
    except OSError as error:
        raise CacheDamaged(str(path), f"the operating system says: {error}") from error
