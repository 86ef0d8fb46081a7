"""Documents of orders: those that were recorded from the vendor, and our own in the same shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import frozen

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "reference" / "samples" / "nuorder"
"""Stands beside the project where the reference does; tests say so where it does not."""
FIXTURES = ROOT / "tests" / "fixtures" / "nuorder"


@frozen
class Recorded:
    """One order of one file."""

    name: str
    document: dict[str, Any]

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.document["order_number"])

    @property
    def cancelled(self) -> bool:
        """Whether the brand cancelled it."""
        return bool(self.document["status"] == "cancelled")

    @property
    def currency(self) -> str:
        """Its currency."""
        return str(self.document["currency_code"])

    @property
    def units(self) -> int:
        """Units on all its lines."""
        return sum(size["quantity"] for line in self.document["line_items"] for size in line["sizes"])

    @property
    def styles(self) -> set[str]:
        """Ids of its style documents."""
        return {line["product"]["_id"] for line in self.document["line_items"] if self._wants(line)}

    @staticmethod
    def _wants(line: dict[str, Any]) -> bool:
        return any(size["quantity"] for size in line["sizes"])

    def save(self, folder: Path) -> Path:
        """Write it into a folder of its own."""
        folder.mkdir()
        text = json.dumps(self.document, ensure_ascii=False)
        (folder / "order.json").write_text(text, encoding="utf-8")
        return folder


def orders_in(folder: Path) -> list[Recorded]:
    """Every order of a folder's files, of which some hold lists; empty where there is no folder."""
    found: list[Recorded] = []
    for path in sorted(folder.glob("order*.json")):
        value = json.loads(path.read_text(encoding="utf-8"))
        documents = value if isinstance(value, list) else [value]
        found += [Recorded(f"{path.stem}-{one['order_number']}", one) for one in documents]
    return found
