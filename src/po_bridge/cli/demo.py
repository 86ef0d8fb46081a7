"""``demo``: one wholesale order on its whole way, on this machine, with an answer lost on purpose."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import Misuse
from .config import read_config
from .desk import opened
from .emulators import seeded, standing
from .exit_code import ExitCode
from .json_form import json_text
from .narrator import Narrator
from .pos import Pos
from .ready_config import config_text, write_config
from .tour import Tour
from .watch import Watch

SETTLE = 0.2
"""Seconds after which *not there* counts: an emulator next door needs no minute."""


def demo(
    *, report: Path | None = None, keep: Path | None = None, pos: Pos = Pos.XSERIES, json: bool = False
) -> ExitCode:
    """Take an order from one emulated system into the other, with a lost answer, and prove what came of it.

    Parameters
    ----------
    report
        Where the HTML report is written; demo.html in the kept folder, or nowhere to stay, unless stated.
    keep
        Keep configuration, journal, plan and report in this folder.
    pos
        Which POS the order goes to.
    json
        Print one JSON document with what was promised and is not so, instead of the story.
    """
    with ExitStack() as stack:
        folder = _folder(keep, stack)
        told = StringIO() if json else sys.stdout
        narrator = Narrator(told, sys.stderr)
        _play(folder, report or folder / "demo.html", narrator, pos)
    if json:
        print(json_text({"broken": narrator.broken, "done": not narrator.broken}))
    return ExitCode.ATTENTION if narrator.broken else ExitCode.DONE


def _folder(keep: Path | None, stack: ExitStack) -> Path:
    if keep is None:
        return Path(stack.enter_context(TemporaryDirectory(prefix="po-bridge-demo-")))
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(f"the folder {keep} cannot be made: {error.strerror}") from error
    if (keep / "bridge.db").exists():
        raise Misuse(f"{keep} holds the journal of an earlier demo; name an empty folder")
    return keep


def _play(folder: Path, report: Path, narrator: Narrator, pos: Pos) -> None:
    emulators, watch = seeded(pos), Watch()
    with standing(emulators) as stand:
        write_config(folder / "po-bridge.toml", config_text(stand, settle=SETTLE))
        config = read_config(folder / "po-bridge.toml", {})
        with opened(config, watch.take) as desk:
            Tour(stand=stand, desk=desk, watch=watch, narrator=narrator, folder=folder, report=report).walk()
