"""The emulator: a stateful NuORDER that never waits and never touches the network."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from attrs import define, evolve, field, frozen

from ..app import Exchange, Front, NoMethod, NoPath
from ..fault import Fault, FaultScript
from ..message import Dropped, Request, Response
from . import desk, digest, handshake, life, pictures
from .answer import dressed, not_found, oops, problem, unsigned
from .call import BadBodyError, Call
from .deed import Scene
from .gate import Gate, Refusal
from .order_file import read_orders
from .portal import Portal
from .routes import ROUTER
from .state import Application, Document, Grant, Shelf, State, exact
from .switches import Switches


@frozen(kw_only=True)
class Snapshot:
    """All portals at one moment."""

    state: bytes = field(repr=False)
    """The state, packed."""
    late: tuple[tuple[datetime, Request], ...]
    """Requests still to be carried out."""


@define(kw_only=True)
class NuOrderSandbox:
    """One installation of the vendor with any number of brand portals; each credential opens one."""

    clock: Callable[[], datetime]
    """Gives the time, aware; judges time stamps, dates changes and drives the scripted life."""
    portals: tuple[Portal, ...] = field(converter=tuple[Portal, ...])
    """The brand portals; the first is meant where none is named."""
    switches: Switches = field(factory=Switches)
    """The vendor's open questions."""
    keeps_log: bool = True
    """Whether calls are kept in `log`."""
    refusals: list[Refusal] = field(init=False, factory=list)
    """Why callers were not let in, oldest first; they themselves are told only that a signature is wrong."""
    _state: State = field(init=False, factory=State)
    _gate: Gate = field(init=False)
    _front: Front = field(init=False)
    _under_way: list[datetime] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        """Open the portals and hand out the tokens that their credentials bring."""
        self._front = Front(serve=self._serve, clock=self.clock, busy=_busy, keeps_log=self.keeps_log)
        self._gate = Gate(switches=self.switches, keys=self.portals)
        for portal in self.portals:
            self._state.shelves[portal.name] = Shelf()
            for each in portal.credentials:
                if each.token:
                    grant = Grant(consumer_key=each.consumer_key, secret=each.token_secret)
                    self._state.grants[each.token] = grant

    def inject(self, *faults: Fault) -> None:
        """Put these faults in the place of all earlier ones."""
        self._front.faults = FaultScript(faults)

    @property
    def log(self) -> list[Exchange]:
        """Every call so far, oldest first."""
        return self._front.log

    def handle(self, request: Request) -> Response | Dropped:
        """Answer one request."""
        return self._front.handle(request)

    def add_order(self, document: Document, portal: str = "") -> str:
        """Take a copy of an order as it is and give its id; an order with the same id is replaced."""
        return self._add(self.shelf(portal).orders, document)

    def add_style(self, document: Document, portal: str = "") -> str:
        """Take a copy of a style document as it is and give its id; one with the same id is replaced."""
        return self._add(self.shelf(portal).styles, document)

    def add_company(self, document: Document, portal: str = "") -> str:
        """Take a copy of a company as it is and give its id; one with the same id is replaced."""
        return self._add(self.shelf(portal).companies, document)

    def add_stock(self, style_id: str, inventory: Iterable[Document], portal: str = "") -> None:
        """Set the inventory entries of a style."""
        self.shelf(portal).stock[style_id] = [exact(entry) for entry in inventory]

    def add_replenishment(self, row: Document, portal: str = "") -> None:
        """Take a copy of a row of the v3.0 stock."""
        self.shelf(portal).replenishments.append({"id": self._state.new_id(), **exact(row)})

    def add_picture(self, content: bytes) -> str:
        """Keep a picture for `/product/<hash>.jpg` and give the hash that a style's `images` names."""
        return pictures.keep_picture(self._state, content)

    def load_orders(self, folder: Path, portal: str = "") -> tuple[str, ...]:
        """Load each `*.json` of a folder, by name: one order or a list of orders; gives their ids.

        Raises ValueError, naming the file, for anything else.
        """
        return tuple(
            self.add_order(document, portal)
            for path in sorted(folder.glob("*.json"))
            for document in read_orders(path)
        )

    def shelf(self, portal: str = "") -> Shelf:
        """Give what a portal holds, to look at or to change; an empty name is the first portal."""
        return self._state.shelves[portal or self.portals[0].name]

    @property
    def state(self) -> State:
        """Everything that a snapshot keeps."""
        return self._state

    @property
    def pending(self) -> tuple[Application, ...]:
        """Applications that wait for approval."""
        return tuple(each for each in self._state.applications.values() if not each.verifier)

    def approve(self, token: str) -> str:
        """Approve the application with this temporary token and give its verification code.

        Raises KeyError for a token that no application has.
        """
        return handshake.approve(self._state, token)

    def revoke(self, token: str) -> None:
        """Take a permanent token back; raises KeyError for an unknown one."""
        del self._state.grants[token]

    def schedule(self, scenes: Iterable[Scene], portal: str = "", start: datetime | None = None) -> None:
        """Script the life of a portal's orders, from `start` or from now on."""
        name = portal or self.portals[0].name
        life.schedule(self._state, scenes, name, start or self.clock())

    def advance(self) -> None:
        """Do the scripted deeds whose hour has come; each call does so too.

        Raises ScriptError when one names what is not there.
        """
        life.play(self._state, self.switches, self.clock())

    def snapshot(self) -> Snapshot:
        """Copy all state but log, faults and nonces."""
        return Snapshot(state=pickle.dumps(self._state), late=tuple(self._front.late))

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot, which stays good for more; nonces are forgotten."""
        self._state = pickle.loads(snapshot.state)  # noqa: S301 - it comes from this very process
        self._front.late = list(snapshot.late)
        self._gate = Gate(switches=self.switches, keys=self.portals)
        self._under_way = []

    def digest(self) -> str:
        """Give a text that is equal for portals which hold the same things and await the same requests."""
        late = sorted(f"late {request.method} {request.path}" for _, request in self._front.late)
        return "\n".join([digest.digest(self._state), *late])

    def _add(self, shelf: dict[str, Document], document: Document) -> str:
        copy = exact(document)
        id = str(copy.get("_id") or self._state.new_id())
        shelf[id] = {**copy, "_id": id}
        return id

    def _serve(self, request: Request) -> Response:
        now = self.clock()
        self.advance()
        if request.path.startswith(pictures.PATH):
            return pictures.read_picture(request, self._state)
        if request.path.startswith(desk.PATH):
            return desk.serve_desk(request, self._state)
        self._under_way = [end for end in self._under_way if end > now]
        if len(self._under_way) >= self.switches.concurrent:
            return dressed(_busy(1 if self.switches.retry_after else 0), now)
        seconds = self.switches.call_seconds
        if seconds:
            self._under_way.append(now + timedelta(seconds=seconds))
        return evolve(dressed(self._admit(request, now), now), delay=seconds)

    def _admit(self, request: Request, now: datetime) -> Response:
        caller = self._gate.check(request, self._state, now)
        if isinstance(caller, Refusal):
            self.refusals.append(caller)
            return unsigned()
        route = ROUTER.find(request.method, request.path)
        if isinstance(route, NoPath):
            return not_found("path")
        if isinstance(route, NoMethod):
            return oops()
        call = Call(
            request=request,
            params=route.params,
            caller=caller,
            state=self._state,
            switches=self.switches,
            now=now,
        )
        try:
            return route.to(call)
        except BadBodyError as error:
            return problem(HTTPStatus.BAD_REQUEST, str(error))


def _busy(seconds: float) -> Response:
    answer = problem(HTTPStatus.TOO_MANY_REQUESTS, "too many concurrent requests")
    wait = {"retry-after": str(round(seconds))} if seconds else {}
    return evolve(answer, headers={**answer.headers, **wait})
