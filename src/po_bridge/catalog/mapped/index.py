"""The mapped index: sorted columns in a file, and what changed since in dictionaries over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...matching.default_vocabulary import DEFAULT
from ...matching.demand import Hits, Keys, NearHit
from ...matching.keys_of import ProductKeys, product_keys
from ...matching.memory_index import MemoryIndex
from ...matching.near import Names, nearest
from ...matching.vocabulary import Vocabulary
from ...models.pos_product import PosProduct
from .answers import asked, gathered, hits_of, joined
from .columns import Columns, columns_of
from .index_file import read_shelf, write_shelf
from .keys import KeyTable
from .shelf import Shelf, empty_shelf, merged

_MERGE_FROM: Final = 50_000
"""Changes, at least and as an eighth of the products, that are worth a merge."""

_BATCH: Final = 10_000


class NumpyIndex:
    """Finds POS products by keys in columns that are mapped from a file.

    Changes are kept in memory until ``save``; a process that dies before loses them, and ``mark`` tells
    up to where the file goes. One object belongs to one thread; the file may be open in any number of them.
    """

    def __init__(self, path: Path, vocabulary: Vocabulary = DEFAULT) -> None:
        """Open a file without loading it, or begin a new one; raises CacheDamaged for one that cannot be used."""
        self.path = path
        """The file; made by the first ``save``."""
        self.vocabulary = vocabulary
        """Spellings of colours and sizes."""
        self.mark = ""
        """What the last save was given, as how far a mirror had been read; empty for a new file."""
        self._begin(empty_shelf())
        if path.exists():
            self._open()

    def __len__(self) -> int:
        return len(self._shelf) - self._gone_count + len(self._fresh)

    @property
    def bytes_of_texts(self) -> int:
        """Bytes of the columns that rank; the others find."""
        return self._shelf.texts.size

    def _open(self) -> None:
        stored = read_shelf(self.path)
        self.mark = stored.mark
        self._begin(stored.shelf)

    def _begin(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._gone: NDArray[np.bool_] | None = None
        self._gone_count = 0
        self._fresh: dict[str, ProductKeys] = {}
        self._over = MemoryIndex(self.vocabulary)
        self._blocks: Mapping[str, int] | None = None
        self._options: list[str] | None = None
        self._names: dict[str, tuple[Names, Mapping[str, int]]] = {}

    def lookup(self, batch: Sequence[Keys]) -> tuple[Hits, ...]:
        """Hits for each of the keys, in their order; dead products are among them."""
        if not (batch and len(self._shelf)):
            return self._over.lookup(batch)
        shelf, count = self._shelf, len(batch)
        lines, *groups = (list(map(itemgetter(place), batch)) for place in range(len(Keys._fields)))
        codes, code_rows = self._found(shelf.codes, groups[0])
        suppliers, supplier_rows = self._found(shelf.supplier_codes, groups[1])
        options, option_rows = self._found(shelf.options, groups[2])
        ids = shelf.ids.of(np.concatenate((code_rows, supplier_rows, option_rows)))
        questions = np.concatenate((codes, suppliers + count, options + 2 * count))
        answers = gathered(questions, ids, 3 * count)
        hits = hits_of(lines, answers[:count], answers[count : 2 * count], answers[2 * count :])
        if not self._fresh:
            return hits
        return tuple(joined(one, over) for one, over in zip(hits, self._over.lookup(batch), strict=True))

    def _found(
        self, table: KeyTable, groups: Sequence[tuple[int, ...]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the keys of each question in a table, without products that are gone: questions and rows."""
        keys, questions = asked(groups)
        places, rows = table.find(keys)
        if self._gone is not None:
            kept = ~self._gone[rows]
            places, rows = places[kept], rows[kept]
        return questions[places], rows

    # --- resemblance ------------------------------------------------------------------------------

    def near(self, block: str, text: str, limit: int) -> tuple[NearHit, ...]:
        """Live products of a block (a supplier id) whose text resembles, best first; see ``near_text``."""
        names, numbers = self._names_of(block)

        def members(name: str) -> Iterator[tuple[str, str]]:
            if name in numbers:
                yield from self._members(numbers[name])
            yield from self._over.members(block, name)

        return nearest(text, limit, names, members)

    def _names_of(self, block: str) -> tuple[Names, Mapping[str, int]]:
        """Read the names of a block that living products have, with the columns' numbers; once until a change."""
        if self._blocks is None:
            self._blocks = self._shelf.texts.block_places()
        if block not in self._names:
            found: dict[str, int] = {}
            if block in self._blocks:
                first, names = self._shelf.texts.names_of(self._blocks[block])
                numbered = enumerate(names, start=first)
                found = {name: number for number, name in numbered if len(self._living(number))}
            self._names[block] = Names(tuple({*found, *self._over.names(block)})), found
        return self._names[block]

    def _living(self, name: int) -> NDArray[np.int64]:
        rows = self._shelf.texts.members_of(name)
        return rows if self._gone is None else rows[~self._gone[rows]]

    def _members(self, name: int) -> Iterator[tuple[str, str]]:
        if self._options is None:
            self._options = self._shelf.texts.option_texts()
        rows = self._living(name)
        texts = self._shelf.texts.option_of[rows].tolist()
        for product_id, text in zip(self._shelf.ids.of(rows), texts, strict=True):
            yield product_id, self._options[text]

    # --- changes ----------------------------------------------------------------------------------

    def upsert(self, products: Iterable[PosProduct]) -> None:
        """Take products in, replacing those of the same id."""
        self.upsert_keys(product_keys(product, self.vocabulary) for product in products)

    def upsert_keys(self, rows: Iterable[ProductKeys]) -> None:
        """Take in products whose keys were made before."""
        pending = iter(rows)
        while batch := {keys.product_id: keys for keys in islice(pending, _BATCH)}:
            self._retire(tuple(batch))
            self._fresh.update(batch)
            self._over.upsert_keys(batch.values())
            if len(self._fresh) > max(_MERGE_FROM, len(self._shelf) // 8):
                self._merge()

    def fill(self, columns: Columns) -> None:
        """Take in any number of products at once, column by column; the quickest way for millions."""
        self.remove(columns.ids)
        self._merge()
        self._begin(merged(self._shelf, np.zeros(len(self._shelf), dtype=np.bool_), columns))

    def remove(self, product_ids: Iterable[str]) -> None:
        """Forget products; an unknown id is no error."""
        ids = tuple(product_ids)
        self._retire(ids)
        if self._fresh:
            self._over.remove(ids)
            for product_id in ids:
                self._fresh.pop(product_id, None)

    def _retire(self, product_ids: Sequence[str]) -> None:
        """Let products of the columns answer no more."""
        rows = self._shelf.ids.find(product_ids)
        if len(rows):
            if self._gone is None:
                self._gone = np.zeros(len(self._shelf), dtype=np.bool_)
            self._gone[rows] = True
            self._gone_count = int(np.count_nonzero(self._gone))
        self._names.clear()

    def _merge(self) -> None:
        """Make new columns of the old ones and of what changed."""
        if self._fresh or self._gone is not None:
            gone = np.zeros(len(self._shelf), dtype=np.bool_) if self._gone is None else self._gone
            self._begin(merged(self._shelf, gone, columns_of(tuple(self._fresh.values()))))

    def save(self, mark: str = "") -> None:
        """Write every change to the file, whole or not at all, with a mark of the caller's own."""
        self._merge()
        write_shelf(self.path, self._shelf, mark)
        self._open()
