"""Supplier codes with their colours and sizes in the one spelling that a vocabulary gives them."""

from __future__ import annotations

from .folding import fold_size
from .vocabulary import Vocabulary

_MOST_SIZE_PARTS = 3
"""``extra extra large`` has as many."""


def known_spelling(code_key: str, vocabulary: Vocabulary) -> str:
    """Write the size at the end of a code, and the words of colours in front of it, as the vocabulary has them.

    ``ab100-blk-medium`` becomes ``ab100-black-m``, and ``ab100-blk-os`` becomes ``ab100-black``.
    The first part is a style number's and stays; a style number of several parts may be changed,
    so a code is compared as it stands first.
    """
    first, *parts = code_key.split("-")
    for length in range(min(_MOST_SIZE_PARTS, len(parts)), 0, -1):
        tail = fold_size(" ".join(parts[-length:]))
        size = vocabulary.size_table.get(tail, "")
        if size or tail in vocabulary.no_sizes:
            parts[-length:] = [size] if size else []
            break
    words = vocabulary.color_word_table
    return "-".join((first, *(words.get(part, part).replace(" ", "-") for part in parts)))
