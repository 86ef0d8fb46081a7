"""Executes the blocks of one page: in a folder of its own, with one namespace, against served emulators.

Python blocks share a namespace. A block with a title is a file. A block called *output* is what the Python block
before it printed. In console blocks each line after ``$`` is run; the lines below it are what it prints, where ``...``
stands for anything. ``po-bridge`` and ``python FILE`` run in this process, the emulators on threads of it, and
everything else in a shell.
"""

from __future__ import annotations

import io
import os
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from attrs import define, field
from tests.docs.page_text import OTHER_SHELLS, ROOT, RUN, Block, blocks, needs, titled
from tests.docs.switchboard import Ran, Switchboard

from po_bridge.cli import main
from po_bridge.cli.app import make_app
from po_bridge.cli.config import read_config
from po_bridge.cli.emulators import Emulators, seeded, standing
from po_bridge.cli.ready_config import config_text, write_config
from po_bridge.sandbox.seed.living_order import life_in

SHELL = frozenset("$|<>;&`()")
SETTLE = 0.1
OUTPUT = "output"


@define(kw_only=True)
class Session:
    """One page as a reader follows it."""

    page: Path
    folder: Path
    emulators: Emulators | None = None
    namespace: dict[str, Any] = field(factory=lambda: {"__name__": "page"})
    printed: str = ""
    last: int = 0
    _stack: ExitStack = field(factory=ExitStack)
    _known: frozenset[str] = frozenset()
    _place: Path = field(init=False)

    def __enter__(self) -> Self:
        self._known = frozenset(sys.modules)
        place = Path(self._stack.enter_context(TemporaryDirectory()))
        self._place = place / "bin"
        board = Switchboard(self._place, self.folder, _called)
        self._stack.callback(board.close)
        sys.path.insert(0, str(self.folder))
        for other, title in needs(self.page):
            (self.folder / title).write_text(titled(other, title), encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        sys.path.remove(str(self.folder))
        for name in set(sys.modules) - self._known:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(self.folder)):
                del sys.modules[name]

    def follow(self) -> None:
        """Execute every block in order."""
        for block in blocks(self.page):
            self.take(block)

    def take(self, block: Block) -> None:
        """Execute one block, or check what cannot be executed."""
        loose = block.language in OTHER_SHELLS and not block.title
        assert not loose, f"{block.name}: write python or console, or name the file"
        if block.title == OUTPUT:
            agree(block.name, block.text, self.printed)
        elif block.title and not block.not_run:
            self._save(block)
        elif block.language == "toml":
            check_toml(block, self.folder)
        elif block.language in RUN and not block.not_run:
            self._python(block) if block.language == "python" else self._console(block)

    def _save(self, block: Block) -> None:
        path = self.folder / block.title
        path.write_text(block.text, encoding="utf-8")
        if path.suffix == ".py":
            compile(block.text, block.name, "exec")
        if block.text.startswith("#!"):
            path.chmod(0o755)

    def _python(self, block: Block) -> None:
        code = compile("\n" * (block.line - 1) + block.text, str(block.page), "exec")
        told = io.StringIO()
        with redirect_stdout(told):
            exec(code, self.namespace)  # noqa: S102  # executing the pages is the point
        self.printed = told.getvalue()

    def _console(self, block: Block) -> None:
        assert block.text.startswith("$ "), f"{block.name}: a console block begins with a command"
        parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
        commands = [part.replace("\\\n> ", "").partition("\n") for part in parts]
        asked = [command == "echo $?" for command, _, _ in commands[1:]] + [False]
        for (command, _, expected), known in zip(commands, asked, strict=True):
            ran = self.run(command)
            self.last = ran.code
            fine = {0, 1} if command.startswith("po-bridge") else {0}
            assert known or ran.code in fine, f"{block.name}: {command}\n{ran.out}{ran.err}"
            if expected.strip():
                shown = ran.out if re.search(_pattern(expected), ran.out) else ran.out + ran.err
                agree(f"{block.name}: {command}", expected, shown)

    def run(self, command: str) -> Ran:
        """Run one command line."""
        lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
        if words[:2] == ["po-bridge", "sandbox"]:
            return self._serve(words[1:])
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            os.environ[name] = value
            return Ran(code=0, out="")
        if words[0] == "make":
            return self._shell(shlex.join(["make", "--dry-run", *words[1:]]), ROOT)
        if "$" in command or any(set(word) <= SHELL for word in words if word):
            return self._shell(command, self.folder)
        match words:
            case ["po-bridge", *arguments]:
                return _caught(lambda: main(arguments))
            case ["python", file, *arguments] if file.endswith(".py"):
                return _caught(lambda: self._script(file, arguments))
            case _:
                return self._shell(command, self.folder)

    def _script(self, file: str, arguments: list[str]) -> int:
        before, sys.argv = sys.argv, [file, *arguments]
        try:
            runpy.run_path(str(self.folder / file), run_name="__main__")
        except SystemExit as end:
            return int(end.code or 0)
        finally:
            sys.argv = before
        return 0

    def _shell(self, command: str, folder: Path) -> Ran:
        places = os.pathsep.join((str(self._place), str(Path(sys.executable).parent), os.environ["PATH"]))
        ran = subprocess.run(
            ("bash", "-c", f"(exit {self.last})\n{command}"),
            cwd=folder,
            env={**os.environ, "PATH": places},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=60,
        )
        return Ran(code=ran.returncode, out=ran.stdout, err=ran.stderr)

    def _serve(self, words: list[str]) -> Ran:
        """Serve the emulators as the command does, until the page ends."""
        _, bound, _ = make_app().parse_args([word for word in words if word != "&"])
        given = bound.arguments
        self.emulators = seeded()
        if given.get("life") is not None:
            self.emulators.nuorder.schedule(life_in(given["life"]), self.emulators.portals[0].name)
        stand = self._stack.enter_context(standing(self.emulators))
        ready = config_text(
            stand,
            settle=SETTLE,
            connected=not given.get("unconnected"),
            store=not given.get("store_unconnected"),
        )
        if given.get("write"):
            write_config(self.folder / given["write"], ready)
        return Ran(code=0, out=ready)


def _called(arguments: list[str], environ: dict[str, str]) -> Ran:
    """Run a command for a shell, with what the shell set for it."""
    before = dict(os.environ)
    os.environ.update(environ)
    try:
        return _caught(lambda: main(arguments))
    finally:
        os.environ.clear()
        os.environ.update(before)


def _caught(work: Any) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = work()
    return Ran(code=int(code), out=out.getvalue(), err=err.getvalue())


def _pattern(expected: str) -> str:
    lines = [line.rstrip() for line in expected.strip("\n").splitlines()]
    parts = [r"(?:.*\n)*?" if line.strip() == "..." else _line(line) for line in lines]
    return r"\A\n*" + "".join(parts) + r"\n*\Z"


def _line(line: str) -> str:
    return ".*?".join(re.escape(part) for part in line.split("...")) + r"[ ]*\n"


def agree(where: str, expected: str, shown: str) -> None:
    """Hold what a page says is printed against what was; ``...`` stands for anything."""
    assert re.search(_pattern(expected), shown.rstrip("\n") + "\n"), (
        f"{where} does not print what the page says, but:\n{shown}"
    )


PORTAL = """
[[nuorder.portals]]
name = "Acme"
consumer_key = "key"
consumer_secret = { env = "SECRET" }
token = { env = "TOKEN" }
token_secret = { env = "TOKEN_SECRET" }
"""
STORE = """
[xseries]
domain_prefix = "shop"
token = { env = "STORE" }
"""


def check_toml(block: Block, folder: Path) -> None:
    """A block of TOML is a configuration, or a part of one."""
    document = tomllib.loads(block.text)
    has_store = {"xseries", "rseries"} & document.keys()
    missing = (text for has, text in (("nuorder" in document, PORTAL), (has_store, STORE)) if not has)
    text = "\n".join((block.text, *missing))
    path = folder / f"checked-{block.line}.toml"
    path.write_text(text, encoding="utf-8")
    read_config(path, dict.fromkeys(re.findall(r'env = "(\w+)"', text), "a secret"), needs_secrets=False)
