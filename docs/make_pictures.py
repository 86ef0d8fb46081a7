# ruff: noqa: INP001  # a script beside the pages, no package
"""Makes the pictures of the docs from the sandbox: terminals as SVG, reports as PNG.

Usage: python docs/make_pictures.py

Pictures of reports need a Chromium on this machine; without one they are left as they are, and it is said so.
A picture above 150 kB is refused.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from po_bridge.cli import main
from po_bridge.cli.emulators import seeded, standing
from po_bridge.cli.ready_config import config_text, write_config

FOLDER: Final = Path(__file__).parent / "pictures"
LARGEST: Final = 150_000
"""Bytes of a picture."""
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
SHOTS: Final = (("report-wide.png", "1200,1000"), ("report-narrow.png", "390,1000"))

SCARF: Final = (
    "Fennick & Rowe/6a5d00e00000000000000031/Garnet/One Size=link:02dcd191-ae2b-11e7-f130-c17c33675a87"
)
TERMINALS: Final = (
    ("orders.svg", ("orders",)),
    ("review.svg", ("review", "240117")),
    ("", ("review", "240117", "--out", "review.html", "--pictures")),
    ("", ("decide", "240117", SCARF)),
    ("plan.svg", ("plan", "240117", "--out", "plan.json")),
    ("outcome.svg", ("apply", "plan.json")),
    ("status.svg", ("status",)),
)
"""Pictures with the command that each shows; without a name the command is only run."""

THEME: Final = TerminalTheme(
    (24, 32, 38),
    (224, 228, 230),
    [(24, 32, 38), (240, 113, 120), (120, 200, 140), (240, 200, 120)] * 2,
)
REMOTE_FONT: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


@contextmanager
def shop() -> Iterator[None]:
    """Serve the emulators, with a configuration in the current folder, which is a new one."""
    before = Path.cwd()
    with TemporaryDirectory() as folder, standing(seeded()) as stand:
        os.chdir(folder)
        write_config(Path("po-bridge.toml"), config_text(stand, settle=0.1))
        try:
            yield
        finally:
            os.chdir(before)


def shown(*words: str) -> str:
    """What a command prints; the ports of this run become those of every run, and clocks do not tell."""
    told = StringIO()
    with redirect_stdout(told), redirect_stderr(StringIO()):
        main(words)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8801", told.getvalue())
    text = re.sub(r"(?<![-0-9a-f])(?=\d*[a-f])[0-9a-f]{12}\b", "5ea1ed5ea1ed", text)
    return re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d", "2026-11-20 09:30", text)


def terminal(words: tuple[str, ...], text: str) -> str:
    """A picture of a terminal with a command and what it printed; no font is fetched from anywhere."""
    lines = text.rstrip().splitlines()
    wide = min(max(len(line) for line in lines) + 2, 132)
    console = Console(record=True, width=wide, file=StringIO(), force_terminal=True)
    command = " ".join(f'"{word}"' if " " in word else word for word in words)
    console.print(Text(f"$ po-bridge {command}", style="bold green"))
    for line in lines:
        style = "bold" if line and not line.startswith(" ") else ""
        console.print(Text(line, style=style), no_wrap=True, overflow="ellipsis", crop=True)
    made = console.export_svg(title="po-bridge", theme=THEME, unique_id="po-bridge")
    return REMOTE_FONT.sub("", made).replace("Fira Code", "ui-monospace")


def screenshots(report: Path) -> None:
    """Pictures of a report, wide and narrow, where there is a browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no pictures of reports: none of {', '.join(BROWSERS)} is on this machine", file=sys.stderr)  # noqa: T201  # a script
        return
    for name, size in SHOTS:
        words = (
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={size}",
        )
        place = (f"--screenshot={FOLDER / name}", report.resolve().as_uri())
        subprocess.run((*words, *place), check=True, capture_output=True, timeout=120)  # noqa: S603  # our own page


def make() -> None:
    """Make every picture; raises SystemExit for one that is too large."""
    FOLDER.mkdir(exist_ok=True)
    with shop():
        for name, words in TERMINALS:
            text = shown(*words)
            if name:
                (FOLDER / name).write_text(terminal(words, text), encoding="utf-8")
        screenshots(Path("review.html"))
    large = [path.name for path in FOLDER.iterdir() if path.stat().st_size > LARGEST]
    if large:
        raise SystemExit(f"larger than {LARGEST} bytes: {', '.join(large)}")


if __name__ == "__main__":
    make()
