"""The configuration: one TOML file, and environment variables for secrets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from ..clients.nuorder import Portal, Scheme, Side
from ..clients.xseries import BodyForm, Settings, XSeries
from ..errors import BadDocument, Misuse
from ..models.secret import Secret
from ..models.setup import Setup
from .credentials import DEFAULT_FILE, Credentials
from .section import Faults, Section
from .setup_section import read_setup

DEFAULT_PATH: Final = Path("po-bridge.toml")
"""Where the configuration is looked for."""

_SIDES: Final = {side.value: side for side in Side}
_SCHEMES: Final = {"rfc5849": Scheme.RFC5849, "vendor": Scheme.VENDOR}
_FORMS: Final = {form.value: form for form in BodyForm}
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts of this machine: what answers there is an emulator."""


@frozen(kw_only=True)
class Config:
    """Everything a command needs to know."""

    journal: Path
    """The journal file; a relative path counts from the configuration's folder."""
    portals: tuple[Portal, ...]
    """Where orders come from; those that are connected."""
    unconnected: tuple[str, ...]
    """Names of the portals that have no token yet."""
    target: XSeries = field(repr=False)
    """Where they go."""
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
    faults = Faults(environ=environ, needs_secrets=True)
    root = Section(_document(path), "$", faults)
    credentials = _credentials(path, root)
    portals = _portals(root, faults, credentials)
    if faults.found:
        raise Misuse(str(BadDocument(str(path), tuple(faults.found))))
    return Wholesale(portals=portals, credentials=credentials)


def _credentials(path: Path, root: Section) -> Credentials:
    return Credentials(path.parent / root.text("tokens", DEFAULT_FILE))


def _portals(root: Section, faults: Faults, credentials: Credentials) -> tuple[Portal, ...]:
    places = root.inside("nuorder").sections("portals")
    read = (_portal(place, faults, credentials) for place in places)
    portals = tuple(one for one in read if one)
    if not portals and not faults.found:
        faults.hide("$.nuorder.portals", "at least one portal")
    return portals


def read_config(path: Path, environ: Mapping[str, str], *, needs_secrets: bool = True) -> Config:
    """Read a configuration; raises Misuse with everything that is wrong in it.

    Without *needs_secrets* environment variables may be unset: for commands that call no remote.
    """
    faults = Faults(environ=environ, needs_secrets=needs_secrets)
    root = Section(_document(path), "$", faults)
    journal = path.parent / root.text("journal", "bridge.db")
    every = _portals(root, faults, _credentials(path, root))
    portals = tuple(portal for portal in every if portal.connected or not needs_secrets)
    if every and not portals:
        name = every[0].name
        faults.hide(
            "$.nuorder.portals", f"a token; get one with: po-bridge connect nuorder --portal {name!r}"
        )
    target = _target(root.inside("xseries"), faults, _image_host(portals))
    setup = read_setup(root.inside("setup"))
    root.close()
    if faults.found or target is None:
        raise Misuse(str(BadDocument(str(path), tuple(faults.found))))
    return Config(
        journal=journal,
        portals=portals,
        unconnected=tuple(portal.name for portal in every if not portal.connected),
        target=target,
        setup=setup,
    )


def _document(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
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


def _is_near(address: str) -> bool:
    """Whether an address is on this machine, so that its secrets are an emulator's."""
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False


def _portal(place: Section, faults: Faults, credentials: Credentials) -> Portal | None:
    known = len(faults.found)
    address = place.text("address")
    given: dict[str, Any] = {
        "name": place.needed("name"),
        "side": place.choice("side", _SIDES, Side.RETAILER),
        "scheme": place.choice("scheme", _SCHEMES, Scheme.RFC5849),
        "consumer_key": place.needed("consumer_key"),
        "consumer_secret": place.secret("consumer_secret", inline=_is_near(address)),
    }
    stated = place.has("token") or place.has("token_secret")
    if stated:
        given["token"] = place.secret("token", inline=_is_near(address)).reveal()
        given["token_secret"] = place.secret("token_secret", inline=_is_near(address))
    for key in ("address", "images"):
        if place.has(key):
            given[key] = place.text(key)
    place.close()
    if len(faults.found) > known:
        return None
    try:
        portal = Portal(**given)
    except ValueError as error:
        place.refuse(str(error))
        return None
    return portal if stated else credentials.connected(portal)


def _image_host(portals: tuple[Portal, ...]) -> str:
    """Scheme and host of the first portal's pictures: the one host that they are fetched from."""
    parts = urlsplit(portals[0].images) if portals else urlsplit("")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _target(place: Section, faults: Faults, image_host: str) -> XSeries | None:
    known = len(faults.found)
    address = place.text("address")
    domain = place.needed("domain_prefix")
    token = place.secret("token", inline=_is_near(address))
    host = place.text("image_host", image_host)
    pages = place.whole("page_size", 200)
    settings = _settings(place.inside("settings"))
    place.close()
    if len(faults.found) > known:
        return None
    try:
        return XSeries(
            domain_prefix=domain,
            token=token or Secret("none"),  # stands in where none is needed, since the adapter wants one
            address=address or None,
            image_host=host,
            page_size=pages,
            settings=settings,
        )
    except ValueError as error:
        place.refuse(str(error))
        return None


def _settings(place: Section) -> Settings:
    unsaid = Settings()
    read = Settings(
        body=place.choice("body", _FORMS, unsaid.body),
        create_as_sent=place.flag("create_as_sent", default=unsaid.create_as_sent),
        bulk_atomic=place.maybe("bulk_atomic"),
        line_moves_version=place.maybe("line_moves_version"),
        deleted_codes_free=place.maybe("deleted_codes_free"),
        settle=place.seconds("settle", unsaid.settle),
    )
    place.close()
    return read
