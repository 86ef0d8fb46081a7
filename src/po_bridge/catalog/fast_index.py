"""The one place that imports the mapped index, since numpy is an extra."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingExtra
from ..matching.default_vocabulary import DEFAULT
from ..matching.vocabulary import Vocabulary

if TYPE_CHECKING:
    from .mapped import NumpyIndex


def open_numpy_index(path: Path, vocabulary: Vocabulary = DEFAULT) -> NumpyIndex:
    """Open an index in mapped columns, beside a cache file; it is made by its first ``save``.

    For stores from a million products on. Raises MissingExtra where numpy is not installed,
    CacheDamaged for a file that cannot be used; it may be deleted.
    """
    try:
        mapped = import_module(".mapped", __package__)
    except ModuleNotFoundError as missing:
        if missing.name != "numpy":
            raise
        raise MissingExtra("fast", "numpy") from missing
    index: NumpyIndex = mapped.NumpyIndex(path, vocabulary)
    return index
