"""``sandbox``: both emulators on loopback, for experiments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ..errors import Misuse
from ..execution.clock import SystemClock
from ..sandbox.seed.living_order import life_in
from .emulators import DOMAIN_PREFIX, Emulators, Stand, recorded, seeded, standing
from .exit_code import ExitCode
from .json_form import json_text
from .pos import Pos
from .ready_config import config_text, write_config

_TURN = 1.0
"""Seconds slept at once, so that Ctrl-C is heard soon."""


def sandbox(  # noqa: PLR0913  # each is an option of the command
    *,
    nuorder_orders: Path | None = None,
    currency: str = "USD",
    write: Annotated[Path | None, Parameter(name="--write-config")] = None,
    nuorder_port: int = 0,
    xseries_port: int = 0,
    seconds: Annotated[float | None, Parameter(name="--for")] = None,
    life: float | None = None,
    unconnected: bool = False,
    store_unconnected: bool = False,
    pos: Pos = Pos.XSERIES,
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
        Play a life in so many seconds: 240120 is approved, edited, shipped in two parcels, delivered; 240118 is split.
    unconnected
        Leave the brands' tokens out of the configuration, to be had by ``po-bridge connect nuorder``.
    store_unconnected
        Leave the store's token out of the configuration, to be had by ``po-bridge connect xseries``.
    pos
        Which POS the store is.
    json
        Print one JSON document with addresses and configuration.
    """
    _check(pos, alone=nuorder_orders is None and not store_unconnected)
    emulators = recorded(nuorder_orders, currency) if nuorder_orders else _living(pos, life)
    with standing(emulators, ports=(nuorder_port, xseries_port)) as stand:
        ready = config_text(stand, connected=not unconnected, store=not store_unconnected)
        if write is not None:
            write_config(write, ready)
        print(_document(stand, ready) if json else _told(stand, ready, write), flush=True)
        _wait(seconds)
    return ExitCode.DONE


def _check(pos: Pos, *, alone: bool) -> None:
    if pos is Pos.RSERIES and not alone:
        raise Misuse("--pos rseries serves the invented shop with its token; leave the other options out")


def _living(pos: Pos, life: float | None) -> Emulators:
    emulators = seeded(pos)
    if life is not None:
        emulators.nuorder.schedule(life_in(life), emulators.portals[0].name)
    return emulators


def _document(stand: Stand, ready: str) -> str:
    return json_text(
        {
            "nuorder": stand.nuorder,
            **_store(stand),
            "portals": [portal.name for portal in stand.emulators.portals],
            "config": ready,
        }
    )


def _store(stand: Stand) -> dict[str, str]:
    if stand.emulators.pos is Pos.RSERIES:
        return {"rseries": stand.store, "account_id": stand.emulators.account_id}
    return {"xseries": stand.store, "domain_prefix": DOMAIN_PREFIX}


def _told(stand: Stand, ready: str, written: Path | None) -> str:
    where = f"written to {written}" if written else "save it as po-bridge.toml, or pass --write-config FILE"
    return "\n".join(
        (
            f"NuORDER    {stand.nuorder}",
            f"{stand.emulators.pos.value:10} {stand.store}",
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
