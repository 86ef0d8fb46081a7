"""The store in the configuration: a personal token, or an application that the merchant agreed to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import field, frozen

from ..clients.xseries import ApiVersion, Application, BodyForm, OrderReading, Settings, XSeries
from ..journal import TokenFile
from ..models.secret import Secret
from .application_section import read_application
from .faults import Faults
from .portal_section import is_near
from .section import Section

REDIRECT: Final = "http://127.0.0.1:8417/callback"
"""Where the merchant is sent back to, unless configured otherwise; to the letter as registered with the vendor."""
_UNUSED: Final = Secret("none")
"""Stands in where no token is needed, since the adapter wants one."""

_VERSIONS: Final = {version.value: version for version in ApiVersion}
_FORMS: Final = {form.value: form for form in BodyForm}
_READINGS: Final = {reading.value: reading for reading in OrderReading}


@frozen(kw_only=True)
class StoreSide:
    """Everything that a configuration says of the store."""

    domain_prefix: str
    """First label of its host name."""
    tokens: Path
    """The token file."""
    token: Secret | None = field(default=None, repr=False)
    """Personal token, where the configuration names one."""
    application: Application | None = None
    """Who refreshes the tokens of a consent."""
    redirect: str = REDIRECT
    """Where the merchant is sent back to."""
    address: str | None = None
    """In the place of the store's own, as of an emulator."""
    image_host: str = ""
    """Where pictures are fetched from."""
    page_size: int = 200
    """Records on a page."""
    settings: Settings = field(factory=Settings)
    """What the vendor leaves unsaid."""

    @property
    def account(self) -> str:
        """Name under which its tokens are kept."""
        return self.silent().store

    @property
    def connected(self) -> bool:
        """Whether there is a token; raises OperatorError where others may read the file."""
        return bool(self.token) or bool(TokenFile(self.tokens).load(self.account))

    def adapter(self) -> XSeries:
        """The store by its token, or by the kept ones."""
        return self._adapter(self.token)

    def silent(self) -> XSeries:
        """The store for commands that call nobody."""
        return self._adapter(self.token or _UNUSED)

    def tried(self, token: Secret) -> XSeries:
        """The store by a token that is not kept yet."""
        return self._adapter(token)

    def _adapter(self, token: Secret | None) -> XSeries:
        return XSeries(
            domain_prefix=self.domain_prefix,
            token=token,
            tokens=None if token else TokenFile(self.tokens),
            application=None if token else self.application,
            address=self.address,
            image_host=self.image_host,
            page_size=self.page_size,
            settings=self.settings,
        )


def read_store_side(place: Section, faults: Faults, tokens: Path, image_host: str) -> StoreSide | None:
    """Read the section; None where anything is wrong in it, which is noted."""
    known = len(faults.found)
    address = place.text("address")
    near = is_near(address)
    token = place.secret("token", inline=near) if place.has("token") else None
    side = StoreSide(
        domain_prefix=place.needed("domain_prefix"),
        tokens=tokens,
        token=token,
        address=address or None,
        image_host=place.text("image_host", image_host),
        page_size=place.whole("page_size", 200),
        settings=_settings(place.inside("settings")),
        redirect=place.text("redirect", REDIRECT),
        application=read_application(place, near=near),
    )
    place.close()
    if token is not None and side.application is not None:
        place.refuse("either token or application; a store is connected by one of them")
    return None if len(faults.found) > known else side


def _settings(place: Section) -> Settings:
    unsaid = Settings()
    read = Settings(
        generation=place.choice("generation", _VERSIONS, unsaid.generation),
        rows_assumed=place.flag("rows_assumed", default=unsaid.rows_assumed),
        images_assumed=place.flag("images_assumed", default=unsaid.images_assumed),
        members_wrapped=place.flag("members_wrapped", default=unsaid.members_wrapped),
        family_delete=place.flag("family_delete", default=unsaid.family_delete),
        body=place.choice("body", _FORMS, unsaid.body),
        bulk_atomic=place.maybe("bulk_atomic"),
        line_moves_version=place.maybe("line_moves_version"),
        deleted_codes_free=place.maybe("deleted_codes_free"),
        orders_read=place.choice("orders_read", _READINGS, unsaid.orders_read),
        settle=place.seconds("settle", unsaid.settle),
        window=place.seconds("window", unsaid.window),
    )
    place.close()
    return read
