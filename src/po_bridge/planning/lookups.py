"""What a plan asks the store about by name or code, so that a review reads just that."""

from __future__ import annotations

from attrs import frozen

from .snapshot import Collection


@frozen(kw_only=True)
class Lookups:
    """Names, codes and lists that a plan depends on."""

    names: frozenset[str] = frozenset()
    """Names that products may bear, dead ones included; folded or as written."""
    codes: frozenset[str] = frozenset()
    """Codes that products may bear, as written."""
    collections: frozenset[Collection] = frozenset()
    """Lists in which records are looked for by name."""

    def __or__(self, other: Lookups) -> Lookups:
        return Lookups(
            names=self.names | other.names,
            codes=self.codes | other.codes,
            collections=self.collections | other.collections,
        )

    def __le__(self, other: Lookups) -> bool:
        """Whether the other looks at everything that this one looks at."""
        return (
            self.names <= other.names and self.codes <= other.codes and self.collections <= other.collections
        )
