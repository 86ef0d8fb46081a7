"""The index in memory: dictionaries from whole numbers to rows, for stores of up to a million products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Final

from attrs import define, field

from ..models.pos_product import PosProduct
from .default_vocabulary import DEFAULT
from .demand import Hits, Keys, NearHit
from .keys_of import ProductKeys, product_keys
from .near import Names, nearest
from .vocabulary import Vocabulary

_BATCH: Final = 10_000
"""Products taken in at once, so that a generator of millions is never held whole."""

_PURGE_FROM: Final = 1024
"""Fewer rows that nobody owns are not worth a pass over the dictionaries."""


@define
class _Rows:
    """Rows by key; one row alone stands without a tuple, since nearly every key has just one."""

    _rows: dict[int, int | tuple[int, ...]] = field(factory=dict, init=False)

    def add(self, groups: Iterable[Iterable[int]], first: int) -> None:
        """Take in the keys of rows that are counted from *first*."""
        rows = self._rows
        for row, keys in enumerate(groups, start=first):
            for key in keys:
                known = rows.setdefault(key, row)
                if known != row:
                    rows[key] = (known, row) if isinstance(known, int) else (*known, row)

    def find(self, keys: Iterable[int]) -> list[int]:
        """Give the rows of keys; those under several keys stand there several times."""
        get = self._rows.get
        found: list[int] = []
        for key in keys:
            known = get(key)
            if known is not None:
                if isinstance(known, int):
                    found.append(known)
                else:
                    found += known
        return found

    def keep(self, moved: Sequence[int]) -> None:
        """Give rows their new numbers and forget those that have none (-1)."""
        before, self._rows = self._rows, {}
        for key, known in before.items():
            for row in (known,) if isinstance(known, int) else known:
                if moved[row] >= 0:
                    self.add(((key,),), moved[row])


@define
class _Texts:
    """Live products by block and folded name, each with its folded option values."""

    _rows: dict[str, dict[str, list[int]]] = field(factory=dict, init=False)
    _options: list[str] = field(factory=list, init=False)
    _interned: dict[str, str] = field(factory=dict, init=False)
    _live: dict[str, Names] = field(factory=dict, init=False)
    """Names by block as they were last asked for; forgotten with every change."""

    def forget(self) -> None:
        self._live.clear()

    def add(self, products: Sequence[ProductKeys], first: int) -> None:
        interned = self._interned
        self._options += [interned.setdefault(keys.options_text, keys.options_text) for keys in products]
        for row, keys in enumerate(products, start=first):
            for block in keys.blocks:
                self._rows.setdefault(block, {}).setdefault(keys.name, []).append(row)

    def names(self, block: str, ids: Sequence[str]) -> Names:
        if block not in self._live:
            names = self._rows.get(block, {})
            living = tuple(name for name, rows in names.items() if any(ids[row] for row in rows))
            self._live[block] = Names(living)
        return self._live[block]

    def members(self, block: str, name: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        for row in self._rows.get(block, {}).get(name, ()):
            if ids[row]:
                yield ids[row], self._options[row]

    def keep(self, moved: Sequence[int]) -> None:
        """Give rows their new numbers and forget those that have none (-1)."""
        self._options = [text for text, row in zip(self._options, moved, strict=True) if row >= 0]
        for block, names in list(self._rows.items()):
            kept = {name: [moved[row] for row in rows if moved[row] >= 0] for name, rows in names.items()}
            self._rows[block] = {name: rows for name, rows in kept.items() if rows}


@define
class MemoryIndex:
    """Finds POS products by keys.

    A product that is replaced or removed leaves its row without an owner until a purge.
    """

    vocabulary: Vocabulary = DEFAULT
    """Spellings of colours and sizes."""
    _row_of: dict[str, int] = field(factory=dict, init=False)
    _ids: list[str] = field(factory=list, init=False)
    _codes: _Rows = field(factory=_Rows, init=False)
    _supplier_codes: _Rows = field(factory=_Rows, init=False)
    _options: _Rows = field(factory=_Rows, init=False)
    _texts: _Texts = field(factory=_Texts, init=False)

    def __len__(self) -> int:
        return len(self._row_of)

    def lookup(self, batch: Sequence[Keys]) -> tuple[Hits, ...]:
        """Hits for each of the keys, in their order; dead products are among them."""
        return tuple(
            Hits(
                keys.key,
                self._owners(self._codes, keys.codes),
                self._owners(self._supplier_codes, keys.supplier_codes),
                self._owners(self._options, keys.options),
            )
            for keys in batch
        )

    def _owners(self, rows: _Rows, keys: Iterable[int]) -> tuple[str, ...]:
        found = rows.find(keys)
        if not found:
            return ()
        if len(found) == 1:
            product_id = self._ids[found[0]]
            return (product_id,) if product_id else ()
        return tuple(sorted({self._ids[row] for row in found} - {""}))

    def near(self, block: str, text: str, limit: int) -> tuple[NearHit, ...]:
        """Live products of a block (a supplier id) whose text resembles, best first; see ``near_text``."""
        return nearest(text, limit, self.names(block), lambda name: self.members(block, name))

    def names(self, block: str) -> Names:
        """Folded names of the live products of a block, each once."""
        return self._texts.names(block, self._ids)

    def members(self, block: str, name: str) -> Iterator[tuple[str, str]]:
        """Id and folded options of each live product of a name in a block."""
        return self._texts.members(block, name, self._ids)

    def upsert(self, products: Iterable[PosProduct]) -> None:
        """Take products in, replacing those of the same id."""
        self.upsert_keys(product_keys(product, self.vocabulary) for product in products)

    def upsert_keys(self, rows: Iterable[ProductKeys]) -> None:
        """Take in products whose keys were made before."""
        pending = iter(rows)
        while batch := {keys.product_id: keys for keys in islice(pending, _BATCH)}:
            self._take_in(batch)
        self._texts.forget()
        self._purge()

    def _take_in(self, batch: Mapping[str, ProductKeys]) -> None:
        """Take in one kind of key after the other: a loop over all products is quicker than a call for each."""
        for product_id in self._row_of.keys() & batch.keys():
            self._disown(product_id)
        first, products = len(self._ids), tuple(batch.values())
        self._ids += batch
        self._row_of.update(zip(batch, count(first), strict=False))
        self._codes.add((keys.codes for keys in products), first)
        self._supplier_codes.add((keys.supplier_codes for keys in products), first)
        self._options.add((keys.options for keys in products), first)
        self._texts.add(products, first)

    def remove(self, product_ids: Iterable[str]) -> None:
        """Forget products; an unknown id is no error."""
        for product_id in product_ids:
            self._disown(product_id)
        self._texts.forget()
        self._purge()

    def _disown(self, product_id: str) -> None:
        row = self._row_of.pop(product_id, None)
        if row is not None:
            self._ids[row] = ""

    def _purge(self) -> None:
        if len(self._ids) - len(self._row_of) <= max(_PURGE_FROM, len(self._row_of)):
            return
        numbers = count()
        moved = [next(numbers) if product_id else -1 for product_id in self._ids]
        self._ids = [product_id for product_id in self._ids if product_id]
        self._row_of = {product_id: row for row, product_id in enumerate(self._ids)}
        for rows in (self._codes, self._supplier_codes, self._options, self._texts):
            rows.keep(moved)
