"""What is wrong in a document."""

from __future__ import annotations

from attrs import frozen

from .root import DocumentError


@frozen(kw_only=True)
class Issue:
    """One bad place in a document."""

    path: str
    """Where, as ``$.line_items[3].sizes[0].price``."""
    seen: str
    """What stands there, as ``repr``; ``'nothing'`` where the key is missing."""
    expected: str
    """What should stand there, in words."""

    def __str__(self) -> str:
        return f"{self.path}: {self.seen}, expected {self.expected}"


class BadDocument(DocumentError):
    """One document with everything that is wrong in it."""

    def __init__(self, document: str, issues: tuple[Issue, ...]) -> None:
        self.document = document
        """What the document is, as ``order 131803493``."""
        self.issues = issues
        """Every bad place, in the order of the table that read it."""
        listed = "\n".join(f"  {issue}" for issue in issues)
        super().__init__(f"{document} cannot be read, {len(issues)} bad field(s):\n{listed}")
