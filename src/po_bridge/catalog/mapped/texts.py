"""Names and options of live products, by which they are ranked: names once a block, options once a catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
from attrs import astuple, frozen
from numpy.typing import NDArray

from .sorting import sorting

_BREAK: Final = "\n"
"""Stands between texts; folded names and options hold no line break."""


def _joined(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer(_BREAK.join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _divided(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode("utf-8", "surrogatepass").split(_BREAK)


@frozen(kw_only=True, eq=False)
class Texts:
    """Texts of rows, in arrays.

    Names are sorted by block and text; a member of a name is a row.
    """

    blocks: NDArray[np.uint8]
    """Blocks, sorted, as a JSON list."""
    block_ends: NDArray[np.uint64]
    """For each block where its names end: among the names, and in ``names``."""
    names: NDArray[np.uint8]
    """Names, joined by line breaks; a block's names end without one."""
    member_ends: NDArray[np.uint32]
    """Where each name's members end."""
    members: NDArray[np.uint32]
    """Rows."""
    options: NDArray[np.uint8]
    """Different option texts, joined by line breaks."""
    option_of: NDArray[np.uint16 | np.uint32]
    """For each row its option text."""

    @property
    def size(self) -> int:
        """Bytes of all its columns."""
        columns: tuple[NDArray[Any], ...] = astuple(self, recurse=False)
        return sum(column.nbytes for column in columns)

    def block_places(self) -> Mapping[str, int]:
        """Give the place of each block."""
        return {block: place for place, block in enumerate(json.loads(self.blocks.tobytes()))}

    def option_texts(self) -> list[str]:
        """Give the option texts, in their order."""
        return _divided(self.options)

    def names_of(self, place: int) -> tuple[int, list[str]]:
        """Give the number of a block's first name, and its names."""
        start, end = self.block_ends[place - 1].tolist() if place else (0, 0), self.block_ends[place].tolist()
        return start[0], _divided(self.names[start[1] : end[1]])

    def members_of(self, name: int) -> NDArray[np.int64]:
        """Give the rows of a name."""
        start = int(self.member_ends[name - 1]) if name else 0
        return self.members[start : int(self.member_ends[name])].astype(np.int64)

    def sizes(self) -> NDArray[np.int64]:
        """Count the members of each name."""
        edges = np.concatenate((np.zeros(1, dtype=np.int64), self.member_ends.astype(np.int64)))
        counts: NDArray[np.int64] = edges[1:] - edges[:-1]
        return counts

    def all_names(self) -> Iterator[tuple[str, str]]:
        """Yield block and name, in their order."""
        for block, place in self.block_places().items():
            for name in self.names_of(place)[1]:
                yield block, name


def texts_of(
    names: Sequence[tuple[str, str]],
    name_of: NDArray[np.int64],
    rows: NDArray[np.int64],
    options: Sequence[str],
    option_of: NDArray[np.int64],
) -> Texts:
    """Lay texts into arrays; *names* are sorted, and each has a member in *name_of* and *rows*."""
    order = sorting(name_of.view(np.uint64))
    blocks: list[str] = []
    ends: list[tuple[int, int]] = []
    pieces: list[bytes] = []
    count = size = 0
    for block, group in groupby(names, key=lambda name: name[0]):
        own = [name for _, name in group]
        pieces.append(_BREAK.join(own).encode("utf-8", "surrogatepass"))
        count, size = count + len(own), size + len(pieces[-1])
        blocks.append(block)
        ends.append((count, size))
    small = np.uint16 if len(options) <= 1 << 16 else np.uint32
    return Texts(
        blocks=np.frombuffer(json.dumps(blocks).encode("ascii"), dtype=np.uint8),
        block_ends=np.array(ends, dtype=np.uint64).reshape(-1, 2),
        names=np.frombuffer(b"".join(pieces), dtype=np.uint8),
        member_ends=np.cumsum(np.bincount(name_of, minlength=len(names)), dtype=np.uint32),
        members=rows[order].astype(np.uint32),
        options=_joined(options),
        option_of=option_of.astype(small),
    )
