"""Lets shells of the docs run ``po-bridge`` without starting an interpreter with the whole library each time.

A small program called ``po-bridge`` stands first on the shell's path, hands its arguments over a socket, and prints
what comes back. What runs is the command's own entry point, in this process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from socketserver import StreamRequestHandler, UnixStreamServer
from threading import Thread
from typing import cast

from attrs import asdict, frozen

PROGRAM = """\
#!{python} -SE
import json, os, socket, sys

with socket.socket(socket.AF_UNIX) as line:
    line.connect({address!r})
    ours = {{name: value for name, value in os.environ.items() if name.startswith("PO_BRIDGE")}}
    line.sendall((json.dumps([os.getcwd(), ours, *sys.argv[1:]]) + "\\n").encode())
    told = json.loads(line.makefile().readline())
sys.stdout.write(told["out"])
sys.stderr.write(told["err"])
sys.exit(told["code"])
"""


@frozen(kw_only=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str = ""


class Switchboard(UnixStreamServer):
    """Serves from its making until `close`."""

    def __init__(
        self, place: Path, folder: Path, command: Callable[[list[str], dict[str, str]], Ran]
    ) -> None:
        """Put the program into *place*, a new folder; commands are run in *folder* only."""
        place.mkdir()
        address = place / "line"
        super().__init__(str(address), _Line)
        program = place / "po-bridge"
        program.write_text(PROGRAM.format(python=sys.executable, address=str(address)), encoding="utf-8")
        program.chmod(0o755)
        self.folder, self.command = folder, command
        self._thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Line(StreamRequestHandler):
    def handle(self) -> None:
        board = cast("Switchboard", self.server)
        where, environ, *arguments = json.loads(self.rfile.readline())
        if Path(where).resolve() != board.folder.resolve():
            ran = Ran(code=99, out="", err=f"the pages run commands in {board.folder} only, not in {where}\n")
        else:
            ran = board.command(arguments, environ)
        self.wfile.write(f"{json.dumps(asdict(ran))}\n".encode())
