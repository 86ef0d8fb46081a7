# ruff: noqa: INP001  # a script beside the pages, no package
"""Writes docs/reference/cli.md: every command with its options, from the application itself.

Usage: python docs/make_cli.py
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from po_bridge.cli.app import make_app
from po_bridge.cli.exit_code import MEANINGS

PAGE: Final = Path(__file__).parent / "reference" / "cli.md"

HEAD: Final = """\
# Command line

<!-- Written by docs/make_cli.py from the application itself. Do not edit. -->

Each command takes `--json` and then prints one JSON document on the standard output.
Progress and errors go to the standard error stream.
Scripts read the JSON and the exit code; the text for people may change at any time.
Where accounts and choices stand is told under [configuration](configuration.md).

## Exit codes

| code | meaning |
| --- | --- |
"""


def page() -> str:
    """The whole page."""
    codes = "".join(f"| {int(code)} | {text} |\n" for code, text in MEANINGS.items())
    return f"{HEAD}{codes}\n{commands()}"


def commands() -> str:
    """Every command, as the application documents itself, less its lists of contents and what goes without saying."""
    made = make_app().generate_docs()
    body = made[made.index("\n## po-bridge ") + 1 :]
    body = re.sub(r"^\*\*Commands\*\*:\n\n(?:\* .*\n)+\n?", "", body, flags=re.MULTILINE)
    body = re.sub(r" \*\[default: (?:False|\(\)|None|)\]\*", "", body)
    body = body.replace("```console\n", "```text\n")
    lines = (line.rstrip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
