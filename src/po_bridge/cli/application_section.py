"""Who refreshes the tokens of a consent: an application in the configuration of either store."""

from __future__ import annotations

from ..clients.xseries import Application
from .section import Section


def read_application(place: Section, *, near: bool) -> Application | None:
    """Read the table ``application`` of a store's section; None where there is none, or none that can be used."""
    if not place.has("application"):
        return None
    inside = place.inside("application")
    client_id, secret = inside.needed("client_id"), inside.secret("client_secret", inline=near)
    inside.close()
    return Application(client_id=client_id, client_secret=secret) if client_id else None
