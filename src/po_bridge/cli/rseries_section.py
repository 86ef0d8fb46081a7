"""An R-Series account in the configuration: an access token, or an application with kept tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import field, frozen

from ..clients.rseries import Application, OrderNote, RSeries, Settings
from ..journal import TokenFile
from ..models.secret import Secret
from ..models.store import TaxForm
from .application_section import read_application
from .faults import Faults
from .portal_section import is_near
from .section import Section

_UNUSED: Final = Secret("none")
"""Stands in where no token is needed, since the adapter wants one."""
_NOTES: Final = {one.value: one for one in OrderNote}
_TAXES: Final = {one.value: one for one in TaxForm}


@frozen(kw_only=True)
class AccountSide:
    """Everything that a configuration says of the account."""

    account_id: str
    """Account id, digits."""
    tokens: Path
    """The token file."""
    token: Secret | None = field(default=None, repr=False)
    """An access token, where the configuration names one."""
    application: Application | None = None
    """Who refreshes the kept tokens."""
    address: str | None = None
    """In the place of the vendor's, as of an emulator."""
    image_host: str = ""
    """Where pictures are fetched from."""
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

    def adapter(self) -> RSeries:
        """The account by its token, or by the kept ones."""
        return self._adapter(self.token)

    def silent(self) -> RSeries:
        """The account for commands that call nobody."""
        return self._adapter(self.token or _UNUSED)

    def _adapter(self, token: Secret | None) -> RSeries:
        return RSeries(
            account_id=self.account_id,
            token=token,
            tokens=None if token else TokenFile(self.tokens),
            application=None if token else self.application,
            address=self.address,
            image_host=self.image_host,
            settings=self.settings,
        )


def read_account_side(place: Section, faults: Faults, tokens: Path, image_host: str) -> AccountSide | None:
    """Read the section; None where anything is wrong in it, which is noted."""
    known = len(faults.found)
    address = place.text("address")
    near = is_near(address)
    account_id = place.needed("account_id")
    token = place.secret("token", inline=near) if place.has("token") else None
    application = read_application(place, near=near)
    side = AccountSide(
        account_id=account_id,
        tokens=tokens,
        token=token,
        application=application,
        address=address or None,
        image_host=place.text("image_host", image_host),
        settings=_settings(place.inside("settings")),
    )
    place.close()
    if account_id and not (account_id.isascii() and account_id.isdecimal()):
        place.refuse("account_id is the number of the account, digits only")
    if token is not None and application is not None:
        place.refuse("either token or application; an account is connected by one of them")
    return None if len(faults.found) > known else side


def _settings(place: Section) -> Settings:
    unsaid = Settings()
    read = Settings(
        order_note=place.choice("order_note", _NOTES, unsaid.order_note),
        price_levels=place.texts("price_levels") if place.has("price_levels") else unsaid.price_levels,
        tax_form=place.choice("tax_form", _TAXES, unsaid.tax_form),
        tax_class=place.text("tax_class", unsaid.tax_class),
        vendor_costs=place.flag("vendor_costs", default=unsaid.vendor_costs),
        settle=place.seconds("settle", unsaid.settle),
    )
    place.close()
    return read
