"""The products of a mapped index at one moment, in arrays that never change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import compress
from operator import ne
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .columns import Columns, Pairs, columns_of
from .ids import Ids, sorted_ids, sorted_uuids, uuid_numbers
from .keys import KeyTable, key_table, mixed
from .texts import Texts, texts_of


@frozen(kw_only=True, eq=False)
class Shelf:
    """Ids, keys and texts of products; a row is a place among the ids."""

    ids: Ids
    """Product ids."""
    codes: KeyTable
    """Rows by GTIN key."""
    supplier_codes: KeyTable
    """Rows by supplier and supplier code."""
    options: KeyTable
    """Rows by supplier, style number and options."""
    texts: Texts
    """What live products are ranked by."""

    def __len__(self) -> int:
        return len(self.ids)


def _empty_table() -> KeyTable:
    return key_table(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))


def empty_shelf() -> Shelf:
    """Make a shelf without products."""
    columns = columns_of(())
    nobody = columns.option_of
    return Shelf(
        ids=sorted_ids(())[0],
        codes=_empty_table(),
        supplier_codes=_empty_table(),
        options=_empty_table(),
        texts=texts_of((), nobody, nobody, (), nobody),
    )


_NOBODY: Final = -1
"""The new row of a product that is not kept."""

_SORTERS: Final = 2
"""Tables that are made at the same time: each needs some 100 bytes a key while it is."""


def _merged_ids(ids: Ids, kept: NDArray[np.int64], fresh: Sequence[str]) -> tuple[Ids, NDArray[np.int64]]:
    """Sort kept and fresh ids, and give the new row of each, kept ones first."""
    halves = uuid_numbers(fresh) if ids.are_uuids else None
    if halves is not None:
        before = np.stack((ids.numbers[kept], ids.rest[kept]), axis=1)
        merged, order = sorted_uuids(np.concatenate((before, halves)))
    else:
        merged, order = sorted_ids([*ids.of(kept), *fresh])
    rows = np.empty(len(order), dtype=np.int64)
    rows[order] = np.arange(len(order))
    return merged, rows


def _merged_keys(
    table: KeyTable, moved: NDArray[np.int64], fresh: Pairs, rows: NDArray[np.int64]
) -> KeyTable:
    keys, owners = table.entries()
    owners = moved[owners]
    kept = owners != _NOBODY
    return key_table(
        np.concatenate((keys[kept], mixed(fresh[0]))),
        np.concatenate((owners[kept], rows[fresh[1]])),
        table.known if len(table) else 64,
    )


def _merged_texts(
    texts: Texts, moved: NDArray[np.int64], kept: NDArray[np.int64], fresh: Columns, rows: NDArray[np.int64]
) -> Texts:
    # Names are joined as text: there are few of them, a dozen products or more to each.
    names = [*texts.all_names(), *fresh.names]
    known = len(names) - len(fresh.names)
    owners = moved[texts.members.astype(np.int64)]
    living = owners != _NOBODY
    name_of = np.concatenate((np.repeat(np.arange(known), texts.sizes())[living], fresh.members[0] + known))
    members = np.concatenate((owners[living], rows[len(kept) :][fresh.members[1]]))
    alive = np.flatnonzero(np.bincount(name_of, minlength=len(names)))
    used, renamed = _sorted_names(names, alive.tolist())

    before = texts.option_texts() if len(texts.option_of) else []
    options = {text: place for place, text in enumerate(dict.fromkeys((*before, *fresh.option_texts)))}
    old = np.array([options[text] for text in before], dtype=np.int64)
    new = np.array([options[text] for text in fresh.option_texts], dtype=np.int64)
    option_of = np.empty(len(rows), dtype=np.int64)
    option_of[rows] = np.concatenate((old[texts.option_of[kept]], new[fresh.option_of]))
    return texts_of(used, renamed[name_of], members, tuple(options), option_of)


def _sorted_names(
    names: Sequence[tuple[str, str]], alive: Iterable[int]
) -> tuple[list[tuple[str, str]], NDArray[np.int64]]:
    """Sort living names by block and text, each once; and give the number that each name has there."""
    by_block: dict[str, list[int]] = {}
    for place in alive:
        by_block.setdefault(names[place][0], []).append(place)
    places = [place for block in sorted(by_block) for place in sorted(by_block[block], key=names.__getitem__)]
    texts = [names[place] for place in places]
    other = [True, *map(ne, texts[1:], texts)][: len(texts)]
    numbers = np.full(len(names), _NOBODY, dtype=np.int64)
    numbers[places] = np.cumsum(other) - 1
    return list(compress(texts, other)), numbers


def merged(shelf: Shelf, gone: NDArray[np.bool_], fresh: Columns) -> Shelf:
    """Make a shelf of another's products, those that are *gone* left out, and of fresh ones.

    The ids of fresh products are all different and none of those kept.
    """
    kept = np.flatnonzero(~gone)
    ids, rows = _merged_ids(shelf.ids, kept, fresh.ids)
    moved = np.full(len(shelf), _NOBODY, dtype=np.int64)
    moved[kept] = rows[: len(kept)]
    new = rows[len(kept) :]
    # numpy sorts beside the interpreter, which meanwhile works on the texts
    with ThreadPoolExecutor(_SORTERS) as sorters:
        codes = sorters.submit(_merged_keys, shelf.codes, moved, fresh.codes, new)
        supplier_codes = sorters.submit(_merged_keys, shelf.supplier_codes, moved, fresh.supplier_codes, new)
        options = sorters.submit(_merged_keys, shelf.options, moved, fresh.options, new)
        texts = _merged_texts(shelf.texts, moved, kept, fresh, rows)
        return Shelf(
            ids=ids,
            codes=codes.result(),
            supplier_codes=supplier_codes.result(),
            options=options.result(),
            texts=texts,
        )
