"""The emulator of the X-Series API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus

from attrs import evolve, frozen

from ..app import Exchange, Found, Front, NoMethod
from ..fault import Fault, FaultScript
from ..message import Dropped, Request, Response
from . import auth, seed
from .call import Call
from .digest import digest
from .image import finish_images
from .limit import Limit, Standing, count, too_many
from .merchant import Merchant
from .records import Retailer
from .refusal import Refusal, answer, missing
from .routes import ROUTERS, VERSIONS, Endpoint, served_version
from .seed import Furniture, Goods
from .state import State
from .switches import Switches
from .token import ALL_SCOPES, Client

TOKEN_PATH = "/api/1.0/token"  # noqa: S105 - an address, no secret
"""The token endpoint; its version stays whatever the API's is."""
CONNECT_PATH = "/connect"
"""The authorize address, in reality on a host of its own."""


@frozen(kw_only=True)
class Snapshot:
    """A store and its pending requests at one moment."""

    state: State
    """A copy of its own."""
    late: tuple[tuple[datetime, Request], ...]
    """Requests still to be carried out."""


class XSeriesSandbox:
    """A Lightspeed X-Series store behind its HTTP API, up to version 2026-10.

    Everything is kept in memory; ids and versions come from counters and the time from the clock, so
    that equal calls give equal answers. It is not safe for threads; transport and server take turns.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        switches: Switches | None = None,
        retailer: Retailer | None = None,
        limit: Limit | None = None,
        oldest_version: str = "2026-01",
    ) -> None:
        """Open an empty store; `furnish` makes it a shop."""
        self.clock = clock
        self.switches = switches or Switches()
        self.limit = limit or Limit()
        self.oldest_version = oldest_version
        self.state = State(retailer=retailer or Retailer())
        self.merchant = Merchant(store=lambda: self.state, clock=self.now, switches=lambda: self.switches)
        self.front = Front(serve=self._serve, clock=clock, busy=self._busy)

    # --- the wire

    def handle(self, request: Request) -> Response | Dropped:
        """Answer one request, as the fault script will have it."""
        return self.front.handle(request)

    def inject(self, *faults: Fault) -> None:
        """Put these faults in the place of all earlier ones."""
        self.front.faults = FaultScript(faults)

    @property
    def log(self) -> list[Exchange]:
        """Every call so far, oldest first."""
        return self.front.log

    def now(self) -> datetime:
        """Give the time as the store writes it: UTC, whole seconds."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    # --- its state

    def snapshot(self) -> Snapshot:
        """Copy the store; later changes do not show in the copy."""
        return Snapshot(state=self.state.copy(), late=tuple(self.front.late))

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot, which stays good for more."""
        self.state = snapshot.state.copy()
        self.front.late = list(snapshot.late)

    def digest(self) -> str:
        """Write what the store holds, without generated ids, versions and times."""
        pending = sorted(f"late {request.method} {request.path}" for _, request in self.front.late)
        return "\n".join([digest(self.state), *pending])

    # --- seeding

    def furnish(self) -> Furniture:
        """Put one outlet, register, tax, user and an almighty personal token into the store."""
        return seed.furnish(self.state, self.now())

    def add_outlet(
        self,
        name: str,
        *,
        time_zone: str = "America/New_York",
        currency: str = "",
        reference_prefix: str = "",
    ) -> str:
        """Add an outlet and give its id; its currency is the retailer's unless stated."""
        return seed.add_outlet(
            self.state, name, time_zone=time_zone, currency=currency, reference_prefix=reference_prefix
        )

    def add_register(self, name: str, outlet_id: str) -> str:
        """Add a register and give its id; each raises the rate limit by 300."""
        return seed.add_register(self.state, name, outlet_id)

    def add_tax(self, name: str, rate: Decimal, *, is_default: bool = False) -> str:
        """Add a tax and give its id."""
        return seed.add_tax(self.state, name, rate, is_default=is_default)

    def add_supplier(self, name: str) -> str:
        """Add a supplier and give its id."""
        return seed.add_supplier(self.state, name)

    def add_brand(self, name: str) -> str:
        """Add a brand and give its id."""
        return seed.add_brand(self.state, name)

    def add_tag(self, name: str) -> str:
        """Add a tag and give its id."""
        return seed.add_tag(self.state, name)

    def add_attribute(self, name: str) -> str:
        """Give the id of the variant attribute of that name, added when it is new."""
        return seed.add_attribute(self.state, name, self.now())

    def add_product(self, goods: Goods) -> str:
        """Add a product and give its id; raises ValueError for a taken code."""
        return seed.add_product(self.state, goods, self.now())

    def add_token(self, scopes: Iterable[str] = ALL_SCOPES) -> str:
        """Make a personal token, which does not expire."""
        return auth.personal(self.state, frozenset(scopes))

    def add_client(self, id: str, secret: str, redirect_uri: str) -> Client:
        """Register an application."""
        self.state.clients[id] = Client(id=id, secret=secret, redirect_uri=redirect_uri)
        return self.state.clients[id]

    def add_pair(self, client_id: str, scopes: Iterable[str] = ALL_SCOPES) -> auth.Pair:
        """Give an application an access and a refresh token without the hand-shake."""
        return auth.issue(self.state, self.state.clients[client_id], frozenset(scopes), self.now())

    def revoke(self, token: str) -> None:
        """End an access token, as a merchant does who disconnects the application."""
        auth.revoke(self.state, token)

    # --- how a request is answered

    def _serve(self, request: Request) -> Response:
        now = self.clock().astimezone(UTC)
        finish_images(self.state, now)
        try:
            return self._route(request, now)
        except Refusal as refusal:
            return self._headed(answer(refusal, self.switches.error_shape), None)

    def _route(self, request: Request, now: datetime) -> Response:
        path = request.path
        if (request.method, path) == ("POST", TOKEN_PATH):
            return auth.exchange(self.state, request, now)
        if (request.method, path) == ("GET", CONNECT_PATH):
            return auth.connect(self.state, request, now)
        found, version = self._find(request.method, path)
        token = auth.authenticate(self.state, request, now)
        standing = count(self.state, self.limit, token.application, now)
        if standing.refused:
            return self._headed(too_many(standing.resets_at), standing)
        call = Call(
            request=request,
            params=found.params,
            version=version,
            token=token,
            state=self.state,
            switches=self.switches,
            now=now.replace(microsecond=0),
        )
        try:
            call.need(*found.to.scopes)
            return self._headed(found.to.handler(call), standing)
        except Refusal as refusal:
            return self._headed(answer(refusal, self.switches.error_shape), standing)

    def _find(self, method: str, path: str) -> tuple[Found[Endpoint], str]:
        _, _, rest = path.partition("/api/")
        asked, _, rest = rest.partition("/")
        version = served_version(asked, self.oldest_version)
        if version is None:
            raise missing(f"API version {asked!r}, newest is {VERSIONS[-1]};")
        found = ROUTERS[version].find(method, rest)
        if isinstance(found, Found):
            return found, version
        if isinstance(found, NoMethod):
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"allowed are {', '.join(found.allowed)}")
        raise missing(path)

    def _headed(self, response: Response, standing: Standing | None) -> Response:
        size = self.limit.size(self.state)
        unknown = {"x-ratelimit-limit": str(size), "x-ratelimit-remaining": str(size)}
        return evolve(response, headers={**response.headers, **(standing.headers() if standing else unknown)})

    def _busy(self, seconds: float) -> Response:
        response = too_many(self.clock() + timedelta(seconds=seconds))
        spent = {"x-ratelimit-limit": str(self.limit.size(self.state)), "x-ratelimit-remaining": "0"}
        return evolve(response, headers={**response.headers, **spent})
