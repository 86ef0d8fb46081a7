"""A table from 64-bit keys to rows in nine bytes a key: buckets by the first bits, the next bits beside the row.

Bits beyond those are not kept: at least 48 are, so that among five million keys one that is not there
is found by accident less than once in ten million times. Whoever asks compares what is found with its product.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .sorting import sorting

_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number near 2**64 divided by the golden ratio: it spreads keys that lie close, as GTINs do."""

_BITS_BESIDE: Final = 32
_FEWEST_BUCKET_BITS: Final = 16
_MOST_BUCKET_BITS: Final = 28
_IN_A_BUCKET: Final = 4
"""Keys in a bucket, at most and about: fewer take more memory, more take longer."""


def mixed(keys: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Spread keys over all 64 bits; no two become one."""
    spread: NDArray[np.uint64] = keys.view(np.uint64) * _MIXER
    return spread


def _bucket_bits(count: int) -> int:
    bits = (count // _IN_A_BUCKET).bit_length()
    return min(max(bits, _FEWEST_BUCKET_BITS), _MOST_BUCKET_BITS)


def _parts(keys: NDArray[np.uint64], bits: int, known: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Split mixed keys into their bucket and the bits beside it."""
    buckets = (keys >> np.uint64(64 - bits)).astype(np.int64)
    beside = (keys << np.uint64(bits)) >> np.uint64(64 - known + bits)
    return buckets, beside.astype(np.uint32)


@frozen(kw_only=True, eq=False)
class KeyTable:
    """Keys sorted by their mixed form, each with a row; a key may stand there several times."""

    known: int
    """How many of a key's first bits are kept, in all."""
    starts: NDArray[np.uint32]
    """Where each bucket begins, and where the last one ends."""
    beside: NDArray[np.uint32]
    """The kept bits behind those of the bucket."""
    rows: NDArray[np.uint32]
    """The row of each key."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def bits(self) -> int:
        """How many bits tell the bucket."""
        return (len(self.starts) - 1).bit_length() - 1

    def find(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give pairs of a key's place in *keys* and a row, by place; a key may have many rows or none."""
        if not len(keys):
            return keys, keys
        buckets, beside = _parts(mixed(keys), self.bits, self.known)
        first = self.starts[buckets].astype(np.int64)
        sizes = self.starts[buckets + 1].astype(np.int64) - first
        places = np.repeat(np.arange(len(keys)), sizes)
        before = np.cumsum(sizes) - sizes
        candidates = np.arange(len(places)) + np.repeat(first - before, sizes)
        equal = np.flatnonzero(self.beside[candidates] == beside[places])
        return places[equal], self.rows[candidates[equal]].astype(np.int64)

    def entries(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Give every mixed key, as far as it is kept, with its row, ascending."""
        starts = self.starts.astype(np.int64)
        sizes = starts[1:] - starts[:-1]
        buckets = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
        bits = np.uint64(self.bits)
        left = np.uint64(64) - np.uint64(self.known)
        keys = (buckets << (np.uint64(64) - bits)) | (self.beside.astype(np.uint64) << left)
        return keys, self.rows.astype(np.int64)


def key_table(keys: NDArray[np.uint64], rows: NDArray[np.int64], known: int = 64) -> KeyTable:
    """Make a table of mixed keys, of which the first *known* bits are right."""
    bits = _bucket_bits(len(keys))
    known = min(known, bits + _BITS_BESIDE)
    order = sorting(keys)
    buckets, beside = _parts(keys[order], bits, known)
    starts = np.searchsorted(buckets, np.arange((1 << bits) + 1))
    return KeyTable(
        known=known,
        starts=starts.astype(np.uint32),
        beside=beside,
        rows=rows[order].astype(np.uint32),
    )
