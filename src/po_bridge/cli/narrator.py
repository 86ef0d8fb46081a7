"""Tells a newcomer what happens, in numbered sections; counts what was promised and is not so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ..planning.text import printable


class Narrator:
    """Writes calmly, with a little colour in a terminal and without it elsewhere."""

    def __init__(self, stream: TextIO, errors: TextIO) -> None:
        self._out = Console(file=stream, highlight=False, soft_wrap=True)
        self._errors = Console(file=errors, highlight=False, soft_wrap=True)
        self._section = 0
        self.broken: list[str] = []
        """Promises that are not kept."""

    def section(self, title: str, *sentences: str) -> None:
        """Begin the next section and say what it is about."""
        self._section += 1
        self._out.print()
        self._out.print(Text(f"{self._section}. {title}", style="bold"))
        for sentence in sentences:
            self._out.print(Text(f"   {printable(sentence)}", style="dim"))

    def show(self, text: str) -> None:
        """Show a block of text that was made printable before, indented."""
        self._out.print()
        for line in text.splitlines():
            self._out.print(Text(f"   {line}".rstrip()))

    def say(self, sentence: str) -> None:
        """Say one sentence; foreign text in it is made safe."""
        self._out.print(Text(f"   {printable(sentence)}"))

    def check(self, words: str, *, holds: bool) -> None:
        """Say that a promise is kept, or note that it is not."""
        if holds:
            self._out.print(Text.assemble("   ", ("ok  ", "green"), printable(words)))
            return
        self.broken.append(words)
        self._errors.print(Text.assemble("   ", ("NOT SO  ", "bold red"), printable(words)))

    def check_all(self, promises: Iterable[tuple[str, bool]]) -> None:
        """Check several promises."""
        for words, holds in promises:
            self.check(words, holds=holds)
