"""The emulator of the R-Series API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus

from attrs import evolve, frozen

from ..app import Exchange, Found, Front, NoMethod
from ..fault import Fault, FaultScript
from ..message import Dropped, Request, Response
from . import auth, handshake, seed
from .call import Call
from .cost import cost_of
from .digest import digest
from .limit import Limit, Standing, count, too_many
from .merchant import Merchant
from .records import Account
from .refusal import Denial, Refusal, answer, denied, missing
from .routes import ROUTER, Endpoint
from .seed import Furniture, Goods
from .state import State
from .switches import Switches
from .token import ALL_SCOPES, Client, Token
from .xml import as_xml, wants_json

OAUTH = "/auth/oauth"
"""Where tokens are made, in reality on a host of its own."""
OWN_CLIENT = "sandbox"
"""The application of the tokens that `add_token` makes."""

_YEARS = timedelta(days=3650)


@frozen(kw_only=True)
class Snapshot:
    """An account and its pending requests at one moment."""

    state: State
    """A copy of its own."""
    late: tuple[tuple[datetime, Request], ...]
    """Requests still to be carried out."""


class RSeriesSandbox:
    """A Lightspeed R-Series account behind its HTTP API, version V3.

    Everything is kept in memory; numbers come from counters and the time from the clock, so that equal
    calls give equal answers. It is not safe for threads; transport and server take turns.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        switches: Switches | None = None,
        account: Account | None = None,
        limit: Limit | None = None,
    ) -> None:
        """Open an account without shops; `furnish` adds one."""
        self.clock = clock
        self.switches = switches or Switches()
        self.limit = limit or Limit()
        self.state = State(account=account or Account())
        seed.build(self.state, self.switches)
        self.ignored: list[str] = []
        """Members of request bodies that were dropped without a word, with method and path."""
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
        """Give the time as the account writes it: UTC, whole seconds."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    # --- its state

    def snapshot(self) -> Snapshot:
        """Copy the account; later changes do not show in the copy."""
        return Snapshot(state=self.state.copy(), late=tuple(self.front.late))

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot, which stays good for more."""
        self.state = snapshot.state.copy()
        self.front.late = list(snapshot.late)

    def digest(self) -> str:
        """Write what the account holds, without generated numbers and times."""
        pending = sorted(f"late {request.method} {request.path}" for _, request in self.front.late)
        return "\n".join([digest(self.state), *pending])

    # --- seeding

    def furnish(self) -> Furniture:
        """Put one shop and a token with every scope into the account."""
        return Furniture(shop_id=self.add_shop("Main Shop"), token=self.add_token())

    def add_shop(self, name: str, *, time_zone: str = "America/New_York") -> int:
        """Add a shop and give its number; add shops before items."""
        return seed.add_shop(self.state, name, time_zone, self.now())

    def add_vendor(self, name: str, *, currency: str = "") -> int:
        """Add a vendor and give its number; it is paid in the account's currency unless stated."""
        return seed.add_vendor(self.state, name, currency, self.now())

    def add_manufacturer(self, name: str) -> int:
        """Add a brand and give its number."""
        return seed.add_manufacturer(self.state, name, self.now())

    def add_tag(self, name: str) -> int:
        """Give the number of the tag of that name, added when it is new."""
        return seed.add_tag(self.state, name).id

    def add_set(self, name: str, first: str, second: str = "", third: str = "") -> int:
        """Add an attribute set and give its number."""
        return seed.add_set(self.state, name, (first, second, third))

    def add_matrix(
        self, description: str, *, set_id: int = 1, vendor_id: int = 0, manufacturer_id: int = 0
    ) -> int:
        """Add a matrix and give its number; set 1 is colour and size."""
        return seed.add_matrix(self.state, description, set_id, vendor_id, manufacturer_id, self.now())

    def add_item(self, goods: Goods) -> int:
        """Add an item and give its number; raises ValueError for a taken code."""
        return seed.add_goods(self.state, goods, self.switches, self.now())

    def add_client(self, id: str, secret: str, redirect_uri: str) -> Client:
        """Register an application."""
        self.state.clients[id] = Client(id=id, secret=secret, redirect_uri=redirect_uri)
        return self.state.clients[id]

    def add_pair(self, client_id: str, scopes: Iterable[str] = ALL_SCOPES) -> auth.Pair:
        """Give an application an access and a refresh token without the hand-shake."""
        client, now = self.state.clients[client_id], self.clock().astimezone(UTC)
        return auth.connect(self.state, client, frozenset(scopes), self.switches, now)

    def add_token(self, scopes: Iterable[str] = ALL_SCOPES) -> str:
        """Make an access token that lives for years; the vendor has none such, tests and demos do."""
        self.state.clients.setdefault(OWN_CLIENT, Client(id=OWN_CLIENT, secret="", redirect_uri=""))
        value = self.add_pair(OWN_CLIENT, scopes).access_token
        token = self.state.tokens[value]
        self.state.tokens[value] = evolve(token, expires_at=self.clock().astimezone(UTC) + _YEARS)
        return value

    def revoke(self, token: str) -> None:
        """End the connection of an access token, as a merchant does who disconnects the application."""
        auth.revoke(self.state, self.state.tokens[token].connection)

    # --- how a request is answered

    def _serve(self, request: Request) -> Response:
        now = self.clock().astimezone(UTC)
        try:
            if request.path.startswith(f"{OAUTH}/"):
                return self._oauth(request, now)
            response = self._route(request, now)
            return response if wants_json(request) else as_xml(response)
        except Denial as denial:
            return denied(denial)
        except Refusal as refusal:
            return answer(refusal, self.switches)

    def _oauth(self, request: Request, now: datetime) -> Response:
        name = request.path.removeprefix(f"{OAUTH}/")
        match request.method, name:
            case "GET", "authorize":
                return handshake.authorize(self.state, request, now)
            case "POST", "token":
                return handshake.exchange(self.state, request, self.switches, now)
            case "POST", "revoke":
                return handshake.end(self.state, request)
            case "GET", "introspect":
                return handshake.introspect(self.state, request, now)
            case _, "authorize" | "token" | "revoke" | "introspect":
                status = HTTPStatus.METHOD_NOT_ALLOWED
                raise Denial(status, "invalid_request", "the method is not allowed here")
            case _:
                raise missing()

    def _route(self, request: Request, now: datetime) -> Response:
        found = self._find(request)
        token = auth.authenticate(self.state, request, now)
        standing = count(self.state, self.limit, token.client_id, self._cost(request, found.to), now)
        if standing.refused:
            return _headed(too_many(self.switches.busy_body, standing.refused), standing)
        call = Call(
            request=request,
            params=found.params,
            token=token,
            state=self.state,
            switches=self.switches,
            now=now.replace(microsecond=0),
            ignored=self.ignored,
        )
        try:
            self._admit(found, token)
            return _headed(found.to.handler(call), standing)
        except Refusal as refusal:
            return _headed(answer(refusal, self.switches), standing)

    def _find(self, request: Request) -> Found[Endpoint]:
        found = ROUTER.find(request.method, request.path.removesuffix(".json"))
        if isinstance(found, Found):
            return found
        if isinstance(found, NoMethod):
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"allowed are {', '.join(found.allowed)}")
        raise missing()

    def _cost(self, request: Request, endpoint: Endpoint) -> Decimal:
        return cost_of(
            request,
            endpoint.kind,
            listed=endpoint.listed,
            dear=endpoint.dear,
            everything=self.switches.nested_cost,
        )

    def _admit(self, found: Found[Endpoint], token: Token) -> None:
        if found.params.get("account", self.state.account.id) != self.state.account.id:
            raise Refusal(HTTPStatus.FORBIDDEN, "Access denied.")
        wanted = found.to.rights
        if wanted and not auth.rights_of(self.state, token) & set(wanted):
            raise Refusal(HTTPStatus.FORBIDDEN, f"Access denied. One of these is needed: {', '.join(wanted)}")

    def _busy(self, seconds: float) -> Response:
        room = self.limit.room(self.state)
        standing = Standing(
            account=self.state.account.id,
            client=OWN_CLIENT,
            level=room,
            room=room,
            calls=1,
            burst=self.limit.burst(self.state),
            flow=self.limit.flow(self.state),
            cost=Decimal(1),
            refused="api-leaky-bucket",
            wait=max(1, round(seconds)),
        )
        return _headed(too_many(self.switches.busy_body), standing)


def _headed(response: Response, standing: Standing) -> Response:
    return evolve(response, headers={**response.headers, **standing.headers()})
