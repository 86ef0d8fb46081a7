"""A configuration that leads to the emulators, ready to be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..errors import Misuse
from .emulators import APPLICATION, DOMAIN_PREFIX, Stand
from .pos import Pos

MARK: Final = "# Written by po-bridge sandbox; it may be overwritten."
"""First line of a written file: only such a file is ever overwritten."""


def config_text(stand: Stand, *, settle: float = 2.0, connected: bool = True, store: bool = True) -> str:
    """Write the configuration; tokens of an emulator are no secrets, so they stand in it.

    *settle* is in seconds: an emulator on this machine does not keep a request for a minute.
    Without *connected* the portals have their key pairs only, as before a hand-shake,
    and without *store* the store has its application only, as before the merchant's consent.
    """
    return "\n".join(_lines(stand, settle, connected=connected, store=store)) + "\n"


def _lines(stand: Stand, settle: float, *, connected: bool, store: bool) -> Iterator[str]:
    yield MARK
    yield 'journal = "bridge.db"'
    for portal in stand.emulators.portals:
        opened = portal.credentials[0]
        yield ""
        yield "[[nuorder.portals]]"
        yield f"name = {_quoted(portal.name)}"
        yield f"address = {_quoted(stand.nuorder)}"
        yield f"images = {_quoted(f'{stand.nuorder}/product/{{hash}}.jpg')}"
        yield f"consumer_key = {_quoted(opened.consumer_key)}"
        yield f"consumer_secret = {_quoted(opened.consumer_secret)}"
        if connected:
            yield f"token = {_quoted(opened.token)}"
            yield f"token_secret = {_quoted(opened.token_secret)}"
    yield ""
    yield from _store_lines(stand, settle, store=store)
    yield ""
    yield "[setup]"
    path = "api/2026-07/consignments/{id}" if stand.emulators.pos is Pos.XSERIES else _order_path(stand)
    yield f"purchase_order_address = {_quoted(f'{stand.store}/{path}')}"
    yield f"wholesale_order_address = {_quoted(f'{stand.nuorder}/api/order/{{id}}')}"
    if stand.emulators.outlets:
        pairs = (f"{_quoted(code)} = {_quoted(name)}" for code, name in stand.emulators.outlets)
        yield f"outlets = {{ {', '.join(pairs)} }}"


def _order_path(stand: Stand) -> str:
    return f"API/V3/Account/{stand.emulators.account_id}/Order/{{id}}.json"


def _store_lines(stand: Stand, settle: float, *, store: bool) -> Iterator[str]:
    if stand.emulators.pos is Pos.RSERIES:
        yield "[rseries]"
        yield f"account_id = {_quoted(stand.emulators.account_id)}"
        yield f"address = {_quoted(stand.store)}"
        yield f"token = {_quoted(stand.emulators.token)}"
        yield f"settings = {{ settle = {settle} }}"
        return
    yield "[xseries]"
    yield f"domain_prefix = {_quoted(DOMAIN_PREFIX)}"
    yield f"address = {_quoted(stand.xseries)}"
    if store:
        yield f"token = {_quoted(stand.emulators.token)}"
    else:
        client, secret = map(_quoted, APPLICATION)
        yield f"application = {{ client_id = {client}, client_secret = {secret} }}"
    yield f"settings = {{ settle = {settle} }}"


def _quoted(text: str) -> str:
    # A JSON text without surrogate escapes is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)


def write_config(path: Path, text: str) -> None:
    """Write the file; raises Misuse where a file is there that the sandbox did not write."""
    try:
        if path.exists() and not path.read_text(encoding="utf-8").startswith(MARK):
            raise Misuse(f"{path} is there and was not written by the sandbox; name another file")
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"{path} cannot be written: {error}") from error
