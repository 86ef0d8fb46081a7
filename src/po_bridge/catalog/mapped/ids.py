"""Product ids in arrays: a UUID takes sixteen bytes, any other text its length and twelve."""

from __future__ import annotations

from binascii import unhexlify
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .sorting import sorting

_HYPHENS: Final = (8, 13, 18, 23)
_SIGNS: Final = 36
_UTF_32: Final = np.dtype("<u4")
_GROUPS: Final = ((0, 8), (9, 13), (14, 18), (19, 23), (24, 36))
_LOWER: Final = np.uint8(0x20)
"""The bit that ASCII digits, hyphens and lower-case letters have, and upper-case letters have not."""
_HEX_PLACES: Final = np.array([place for place in range(_SIGNS) if place not in _HYPHENS])
_PIECE: Final = 1 << 16
"""Ids parsed at once: their columns stay in a core's cache."""


def _parsed(ids: Sequence[str]) -> NDArray[np.uint64] | None:
    """Read UUIDs as two numbers each; None where one is written in any other way."""
    text = "".join(ids)
    if set(map(len, ids)) - {_SIGNS} or not text.isascii():
        return None
    signs = np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(-1, _SIGNS)
    if (signs[:, _HYPHENS] != ord("-")).any() or not (signs & _LOWER).all():
        return None
    digits = np.concatenate([signs[:, start:end] for start, end in _GROUPS], axis=1)
    try:
        data = unhexlify(digits.tobytes())
    except ValueError:
        return None
    return np.frombuffer(data, dtype=">u8").reshape(-1, 2).astype(np.uint64)


def uuid_numbers(ids: Sequence[str]) -> NDArray[np.uint64] | None:
    """Read UUIDs, lower case with hyphens, as two numbers each; None where one is anything else."""
    if not ids:
        return np.zeros((0, 2), dtype=np.uint64)
    pieces: list[NDArray[np.uint64]] = []
    for first in range(0, len(ids), _PIECE):
        piece = _parsed(ids[first : first + _PIECE])
        if piece is None:
            return None
        pieces.append(piece)
    return np.concatenate(pieces)


def text_numbers(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Hash ids to one number each."""
    digests = (blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest() for one in ids)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


@frozen(kw_only=True, eq=False)
class Ids:
    """Ids sorted by their number; a row is a place among them."""

    numbers: NDArray[np.uint64]
    """First half of each UUID, or the hash of each text, ascending."""
    rest: NDArray[np.uint64]
    """Second half of each UUID; empty where ids are texts."""
    ends: NDArray[np.uint64]
    """Where each text ends in ``text``; empty where ids are UUIDs."""
    text: NDArray[np.uint8]
    """The texts behind one another, UTF-8."""

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def are_uuids(self) -> bool:
        """Whether every id is a UUID; so they are where there are none."""
        return len(self.rest) == len(self.numbers)

    def of(self, rows: NDArray[np.int64]) -> list[str]:
        """Give the ids of rows, in the rows' order."""
        if not len(rows):
            return []
        if not self.are_uuids:
            return self._texts(rows)
        halves = np.stack((self.numbers[rows], self.rest[rows]), axis=1)
        signs = np.full((len(rows), _SIGNS), ord("-"), dtype=_UTF_32)
        digits = np.frombuffer(halves.astype(">u8").tobytes().hex().encode("ascii"), dtype=np.uint8)
        signs[:, _HEX_PLACES] = digits.reshape(-1, len(_HEX_PLACES))
        texts: list[str] = signs.view(f"<U{_SIGNS}").ravel().tolist()
        return texts

    def _texts(self, rows: NDArray[np.int64]) -> list[str]:
        ends = self.ends[rows].tolist()
        starts = np.where(rows > 0, self.ends[np.maximum(rows, 1) - 1], 0).tolist()
        return [
            self.text[start:end].tobytes().decode("utf-8", "surrogatepass")
            for start, end in zip(starts, ends, strict=True)
        ]

    def find(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Give the rows of ids in any order, those that are not there left out."""
        if not len(self) or not ids:
            return np.zeros(0, dtype=np.int64)
        if not self.are_uuids:
            return self._find_texts(ids)
        halves = uuid_numbers(ids)
        if halves is None:
            halves = uuid_numbers([one for one in ids if uuid_numbers([one]) is not None])
        return self._find_uuids(halves) if halves is not None else np.zeros(0, dtype=np.int64)

    def _find_uuids(self, halves: NDArray[np.uint64]) -> NDArray[np.int64]:
        # sorted, they are looked for from left to right, and a page of the file is read once
        halves = halves[np.argsort(halves[:, 0])]
        first = np.searchsorted(self.numbers, halves[:, 0], side="left")
        last = np.searchsorted(self.numbers, halves[:, 0], side="right")
        found: list[NDArray[np.int64]] = []
        # the loop ends after one round, unless UUIDs share their first half
        while (first < last).any():
            near = first < last
            first, last, halves = first[near], last[near], halves[near]
            found.append(first[self.rest[first] == halves[:, 1]])
            first = first + 1
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _find_texts(self, ids: Sequence[str]) -> NDArray[np.int64]:
        numbers = text_numbers(ids)
        first = np.searchsorted(self.numbers, numbers, side="left").tolist()
        last = np.searchsorted(self.numbers, numbers, side="right").tolist()
        found = [
            row
            for one, start, end in zip(ids, first, last, strict=True)
            for row in range(start, end)
            if self.of(np.array([row])) == [one]
        ]
        return np.array(found, dtype=np.int64)


def sorted_ids(ids: Sequence[str]) -> tuple[Ids, NDArray[np.int64]]:
    """Sort ids, and give the place that each of the sorted ones had."""
    halves = uuid_numbers(ids)
    if halves is not None:
        return sorted_uuids(halves)
    numbers = text_numbers(ids)
    order = sorting(numbers)
    places: list[int] = order.tolist()
    encoded = [ids[place].encode("utf-8", "surrogatepass") for place in places]
    return (
        Ids(
            numbers=numbers[order],
            rest=np.zeros(0, dtype=np.uint64),
            ends=np.cumsum([len(one) for one in encoded], dtype=np.uint64),
            text=np.frombuffer(b"".join(encoded), dtype=np.uint8),
        ),
        order,
    )


def sorted_uuids(halves: NDArray[np.uint64]) -> tuple[Ids, NDArray[np.int64]]:
    """Sort UUIDs that were read before."""
    order = sorting(np.ascontiguousarray(halves[:, 0]))
    return (
        Ids(
            numbers=halves[order, 0],
            rest=halves[order, 1],
            ends=np.zeros(0, dtype=np.uint64),
            text=np.zeros(0, dtype=np.uint8),
        ),
        order,
    )
