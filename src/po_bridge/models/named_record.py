"""Records of a POS that are little more than a name: suppliers, brands, tags, variant options."""

from __future__ import annotations

import unicodedata

from attrs import field, frozen

from .checks import filled
from .origin import Origin


def name_key(name: str) -> str:
    """Fold a name for comparison: trimmed, NFKC, case-folded, inner white space single."""
    # ASCII is its own NFKC, and nearly every name is ASCII
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return " ".join(plain.split()).casefold()


@frozen(kw_only=True)
class NamedRecord:
    """An id with a name."""

    id: str = field(validator=filled)
    """Id in the POS."""
    name: str
    """As written."""
    deleted: bool = False
    """Deleted there."""
    origin: Origin | None = field(default=None, eq=False)
    """System, id and version."""

    @property
    def key(self) -> str:
        """The name folded for comparison."""
        return name_key(self.name)
