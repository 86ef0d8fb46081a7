"""What an index stores, column by column: how millions of products come in at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ...matching.keys_of import ProductKeys

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Keys, and beside each the place of its product."""


@frozen(kw_only=True, eq=False)
class Columns:
    """Products by place; ids are all different."""

    ids: Sequence[str]
    """Product ids."""
    codes: Pairs
    """GTIN keys."""
    supplier_codes: Pairs
    """Keys of supplier and supplier code."""
    options: Pairs
    """Keys of supplier, style number and options."""
    names: Sequence[tuple[str, str]]
    """Block and folded name, each pair once."""
    members: Pairs
    """Places in ``names``, and beside each the place of a live product with that name."""
    option_texts: Sequence[str]
    """Folded option values, each text once."""
    option_of: NDArray[np.int64]
    """For each product its place in ``option_texts``."""


def _pairs(rows: Sequence[ProductKeys], own: Callable[[ProductKeys], tuple[int, ...]]) -> Pairs:
    counts = [len(own(keys)) for keys in rows]
    total = sum(counts)
    numbers = np.fromiter((key for keys in rows for key in own(keys)), dtype=np.int64, count=total)
    return numbers, np.repeat(np.arange(len(rows)), counts)


def columns_of(rows: Sequence[ProductKeys]) -> Columns:
    """Turn products with different ids into columns."""
    names: dict[tuple[str, str], int] = {}
    options: dict[str, int] = {}
    members = [
        (names.setdefault((block, keys.name), len(names)), place)
        for place, keys in enumerate(rows)
        for block in keys.blocks
    ]
    option_of = [options.setdefault(keys.options_text, len(options)) for keys in rows]
    both = np.array(members, dtype=np.int64).reshape(-1, 2)
    return Columns(
        ids=[keys.product_id for keys in rows],
        codes=_pairs(rows, lambda keys: keys.codes),
        supplier_codes=_pairs(rows, lambda keys: keys.supplier_codes),
        options=_pairs(rows, lambda keys: keys.options),
        names=tuple(names),
        members=(both[:, 0], both[:, 1]),
        option_texts=tuple(options),
        option_of=np.array(option_of, dtype=np.int64),
    )
