"""A process of its own that reads a store with shared tokens; run with the store's address and the token file."""

from __future__ import annotations

import sys

from po_bridge.clients.xseries import Application, XSeries
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import World, drive
from po_bridge.execution.http import HttpSender
from po_bridge.journal import TokenFile
from po_bridge.planning.snapshot import Collection


def main(address: str, file: str) -> None:
    """Read once with the tokens as they are, wait for a word, then read again."""
    clock = SystemClock()
    sender = HttpSender(clock)
    target = XSeries(
        domain_prefix="example",
        address=address,
        tokens=TokenFile(file),
        application=Application(client_id="client", client_secret="top-secret"),
    )
    for _ in range(2):
        drive(target.changes(Collection.TAGS, ""), World(sender.send, clock))
        sys.stdout.write("read\n")
        sys.stdout.flush()
        sys.stdin.readline()
    sender.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
