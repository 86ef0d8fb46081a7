# ruff: noqa: INP001  # a script beside the pages, no package
"""Writes the pages of the reference that name what is public; mkdocstrings fills them from the docstrings.

Usage: python docs/make_reference.py
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

import po_bridge

FOLDER: Final = Path(__file__).parent / "reference"
NOTE: Final = "<!-- Written by docs/make_reference.py; a test compares. Do not edit. -->"

FACE: Final = """\
Everything here is imported from `po_bridge` itself and is [stable](stability.md).
Values are frozen and keyword-only, amounts are `Decimal`, moments are aware and in UTC."""

ERRORS: Final = """\
Every error is below `PoBridgeError` and is branched by who must act.
The data is in attributes; nothing should branch on the text."""

GROUPS: Final = MappingProxyType(
    {
        "The face": ("Bridge", "AsyncBridge", "Setup", "OrderFilter"),
        "Files": ("open_journal", "open_cache", "MemoryJournal"),
        "Answers of a person": ("link_to", "create_new", "skip", "answer"),
        "Choices of a merchant": (
            "PackRule",
            "PortalRules",
            "PriceReading",
            "SkuRule",
            "TakeOver",
            "WindowRule",
        ),
        "Review, plan, outcome": (
            "Review",
            "Plan",
            "Outcome",
            "Synced",
            "Differs",
            "Held",
            "Halted",
            "Undone",
            "Timeline",
        ),
        "Planning without a Bridge": ("plan", "steps_of", "ready"),
        "What syncs": ("BusinessTable", "BusinessTables", "DEFAULT_TABLES", "ORDER_TABLE", "PRODUCT_TABLE"),
    }
)
"""Names by subject; a public name that stands nowhere here comes under *Values*."""

ROOMS: Final = MappingProxyType(
    {
        "ports": ("ports", "Stable. The Protocols between the library and every system, and their values."),
        "testing": ("testing", "Stable. Contract suites and tools for authors of connectors."),
        "clients": ("clients", "Provisional. The adapters; they follow the vendors' interfaces."),
        "sandbox": ("sandbox", "Provisional. Emulators of the vendors' interfaces, with memory and faults."),
    }
)
"""Pages of whole packages: the package, and what is promised of it."""


def public(package: str) -> tuple[str, ...]:
    """The names that a package exports by ``__all__``."""
    return tuple(getattr(import_module(package), "__all__", ()))


def modules(package: str) -> Iterator[str]:
    """What stands on a package's page below it: packages that export names, and, where it exports none, modules."""
    found = import_module(package)
    for one in sorted(pkgutil.iter_modules(found.__path__), key=lambda one: one.name):
        name = f"{package}.{one.name}"
        if one.name.startswith("_"):
            continue
        if one.ispkg:
            yield from (name,) if public(name) else modules(name)
        elif not public(package):
            yield name


def directive(name: str, *options: str) -> str:
    """What mkdocstrings turns into the description of one object."""
    return "\n".join(
        (f"::: {name}", *(("    options:", *(f"      {one}" for one in options)) if options else ()))
    )


def face() -> str:
    """The page of the package itself."""
    grouped = {name for names in GROUPS.values() for name in names}
    rest = tuple(name for name in po_bridge.__all__ if name not in grouped)
    parts = [
        "# po_bridge",
        NOTE,
        FACE,
    ]
    for subject, names in (*GROUPS.items(), ("Values", rest)):
        known = [name for name in names if name in po_bridge.__all__]
        parts += [f"## {subject}", *(directive(f"po_bridge.{name}") for name in known)] if known else []
    return "\n\n".join(parts) + "\n"


def room(package: str, promise: str) -> str:
    """The page of a package: by its exported names where it has some, else module by module."""
    parts = [f"# po_bridge.{package}", NOTE, promise]
    for name in (f"po_bridge.{package}", *modules(f"po_bridge.{package}")):
        exported = public(name)
        if exported:
            parts += [f"## {name}", *(directive(f"{name}.{one}") for one in exported)]
        elif name != f"po_bridge.{package}":
            parts += [f"## {name}", directive(name, "show_root_heading: false", "heading_level: 2")]
    return "\n\n".join(parts) + "\n"


def errors() -> str:
    """The page of errors and events."""
    names = public("po_bridge.errors")
    parts = [
        "# Errors and events",
        NOTE,
        ERRORS,
        "## Errors",
        *(directive(f"po_bridge.errors.{one}") for one in names),
        "## Events",
        "What `on_event` of a Bridge is given, in order, after the commit that it reports.",
        directive("po_bridge.execution.event", "show_root_heading: false", "heading_level: 2"),
    ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """Every page with its text."""
    rooms = {FOLDER / f"{page}.md": room(*told) for page, told in ROOMS.items()}
    return {FOLDER / "po_bridge.md": face(), **rooms, FOLDER / "errors.md": errors()}


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
