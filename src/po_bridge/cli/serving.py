"""``sandbox``: both emulators on loopback, for experiments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ..execution.clock import SystemClock
from ..sandbox.seed.living_order import life_in
from .emulators import DOMAIN_PREFIX, Stand, recorded, seeded, standing
from .exit_code import ExitCode
from .json_form import json_text
from .ready_config import config_text, write_config

_TURN = 1.0
"""Seconds slept at once, so that Ctrl-C is heard soon."""


def sandbox(
    *,
    nuorder_orders: Path | None = None,
    currency: str = "USD",
    write: Annotated[Path | None, Parameter(name="--write-config")] = None,
    nuorder_port: int = 0,
    xseries_port: int = 0,
    seconds: Annotated[float | None, Parameter(name="--for")] = None,
    life: float | None = None,
    unconnected: bool = False,
    json: bool = False,
) -> ExitCode:
    """Serve the emulated systems on this machine until Ctrl-C, and print a ready configuration.

    Parameters
    ----------
    nuorder_orders
        Serve the orders of this folder's *.json files, beside an empty store, instead of the invented shop.
    currency
        Currency of the empty store.
    write
        Write the configuration to this file; only a file that the sandbox wrote is overwritten.
    nuorder_port
        Port of the wholesale side; 0 takes a free one.
    xseries_port
        Port of the store; 0 takes a free one.
    seconds
        Serve this many seconds and end.
    life
        Play the life of the living order in so many seconds: approved, edited, shipped in two parcels, delivered.
    unconnected
        Leave the brands' tokens out of the configuration, to be had by ``po-bridge connect nuorder``.
    json
        Print one JSON document with addresses and configuration.
    """
    emulators = recorded(nuorder_orders, currency) if nuorder_orders else seeded()
    if life is not None and nuorder_orders is None:
        emulators.nuorder.schedule(life_in(life), emulators.portals[0].name)
    with standing(emulators, ports=(nuorder_port, xseries_port)) as stand:
        ready = config_text(stand, connected=not unconnected)
        if write is not None:
            write_config(write, ready)
        print(_document(stand, ready) if json else _told(stand, ready, write), flush=True)
        _wait(seconds)
    return ExitCode.DONE


def _document(stand: Stand, ready: str) -> str:
    return json_text(
        {
            "nuorder": stand.nuorder,
            "xseries": stand.xseries,
            "domain_prefix": DOMAIN_PREFIX,
            "portals": [portal.name for portal in stand.emulators.portals],
            "config": ready,
        }
    )


def _told(stand: Stand, ready: str, written: Path | None) -> str:
    where = f"written to {written}" if written else "save it as po-bridge.toml, or pass --write-config FILE"
    return "\n".join(
        (
            f"NuORDER    {stand.nuorder}",
            f"X-Series   {stand.xseries}",
            f"configuration ({where}):",
            "",
            ready,
            "serving on this machine only; Ctrl-C ends it",
        )
    )


def _wait(seconds: float | None) -> None:
    clock = SystemClock()
    if seconds is not None:
        clock.sleep(seconds)
        return
    try:
        while True:
            clock.sleep(_TURN)
    except KeyboardInterrupt:
        return
