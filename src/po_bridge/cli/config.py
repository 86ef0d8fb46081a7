"""The configuration: one TOML file, over which the environment speaks; secrets are in the environment alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from ..clients.nuorder import Portal
from ..clients.rseries import RSeries
from ..clients.xseries import XSeries
from ..errors import BadDocument, Misuse
from ..models.setup import Setup
from .credentials import DEFAULT_FILE, Credentials
from .faults import OVER, Faults
from .portal_section import read_portals
from .rseries_section import AccountSide, read_account_side
from .section import Section
from .setup_section import read_setup
from .xseries_section import StoreSide, read_store_side

DEFAULT_PATH: Final = Path("po-bridge.toml")
"""Where the configuration is looked for."""


@frozen(kw_only=True)
class Config:
    """Everything a command needs to know."""

    journal: Path
    """The journal file; a relative path counts from the configuration's folder."""
    cache: Path
    """The cache file; it may be deleted at any time."""
    tokens: Path
    """The token file."""
    portals: tuple[Portal, ...]
    """Where orders come from; those that are connected."""
    unconnected: tuple[str, ...]
    """Names of the portals that have no token yet."""
    target: XSeries | RSeries = field(repr=False)
    """Where they go."""
    connected: bool
    """Whether there is a token for it; always so where secrets were asked for."""
    setup: Setup
    """The merchant's choices."""


@frozen(kw_only=True)
class Wholesale:
    """The wholesale side alone, for connecting it."""

    portals: tuple[Portal, ...]
    """Every configured portal; those that are not connected yet have no token."""
    credentials: Credentials
    """Where tokens are kept."""


def read_wholesale(path: Path, environ: Mapping[str, str]) -> Wholesale:
    """Read the wholesale side of a configuration; raises Misuse with everything that is wrong in it."""
    root, faults = _root(path, environ, needs_secrets=True)
    credentials = Credentials(_tokens(path, root))
    portals = read_portals(root, faults, credentials)
    if faults.found:
        raise _wrong(path, faults)
    return Wholesale(portals=portals, credentials=credentials)


def read_store(path: Path, environ: Mapping[str, str]) -> StoreSide:
    """Read the store's side of a configuration; raises Misuse with everything that is wrong in it."""
    root, faults = _root(path, environ, needs_secrets=True)
    side = read_store_side(root.inside("xseries"), faults, _tokens(path, root), "")
    if side is None:
        raise _wrong(path, faults)
    return side


def read_account(path: Path, environ: Mapping[str, str]) -> AccountSide:
    """Read the R-Series account of a configuration; raises Misuse with everything that is wrong in it."""
    root, faults = _root(path, environ, needs_secrets=True)
    side = read_account_side(root.inside("rseries"), faults, _tokens(path, root), "")
    if side is None:
        raise _wrong(path, faults)
    return side


def read_config(path: Path, environ: Mapping[str, str], *, needs_secrets: bool = True) -> Config:
    """Read a configuration; raises Misuse with everything that is wrong in it.

    Without *needs_secrets* environment variables may be unset and accounts unconnected: for commands that call no
    remote.
    """
    root, faults = _root(path, environ, needs_secrets=needs_secrets)
    tokens = _tokens(path, root)
    journal = path.parent / root.text("journal", "bridge.db")
    cache = path.parent / root.text("cache", "bridge.cache.db")
    every = read_portals(root, faults, Credentials(tokens))
    portals = tuple(portal for portal in every if portal.connected or not needs_secrets)
    if every and not portals:
        name = every[0].name
        faults.hide(
            "$.nuorder.portals", f"a token; get one with: po-bridge connect nuorder --portal {name!r}"
        )
    side = _pos_side(root, faults, tokens, _image_host(portals))
    connected = side is not None and side.connected
    if side is not None and needs_secrets and not connected:
        name = "xseries" if isinstance(side, StoreSide) else "rseries"
        faults.lack(
            f"$.{name}.token", f'a token, as {{ env = "NAME" }}; or get one with: po-bridge connect {name}'
        )
    setup = read_setup(root.inside("setup"))
    root.close()
    faults.close()
    if faults.found or side is None:
        raise _wrong(path, faults)
    return Config(
        journal=journal,
        cache=cache,
        tokens=tokens,
        portals=portals,
        unconnected=tuple(portal.name for portal in every if not portal.connected),
        target=side.adapter() if connected else side.silent(),
        connected=connected,
        setup=setup,
    )


def _pos_side(root: Section, faults: Faults, tokens: Path, image_host: str) -> StoreSide | AccountSide | None:
    """The one POS that is configured."""
    if root.has("rseries"):
        return read_account_side(root.inside("rseries"), faults, tokens, image_host)
    return read_store_side(root.inside("xseries"), faults, tokens, image_host)


def _root(path: Path, environ: Mapping[str, str], *, needs_secrets: bool) -> tuple[Section, Faults]:
    faults = Faults(environ=environ, needs_secrets=needs_secrets)
    alone = any(variable.startswith(OVER) for variable in environ)
    return Section(_document(path, alone=alone), "$", faults), faults


def _tokens(path: Path, root: Section) -> Path:
    return path.parent / root.text("tokens", DEFAULT_FILE)


def _wrong(path: Path, faults: Faults) -> Misuse:
    return Misuse(str(BadDocument(str(path), tuple(faults.found))))


def _document(path: Path, *, alone: bool) -> Any:
    """The file as TOML reads it; *alone*: the environment may do without one."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if alone:
            return {}
        raise Misuse(
            f"there is no configuration {path}; write one (README), or try the emulators with: "
            f"po-bridge sandbox --write-config {path}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"the configuration {path} cannot be read: {error}") from error
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"the configuration {path} is not TOML: {error}") from error


def _image_host(portals: tuple[Portal, ...]) -> str:
    """Scheme and host of the first portal's pictures: the one host that they are fetched from."""
    parts = urlsplit(portals[0].images) if portals else urlsplit("")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
