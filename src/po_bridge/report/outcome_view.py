"""What the page shows of an outcome."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from ..planning.change_text import count
from ..planning.outcome import Differs, Halted, Held, OrderOutcome, Outcome, Synced, Undone
from ..planning.plan import Plan
from .address import web_address
from .plan_view import number_of
from .text import outcome_words
from .tone import Tone


@frozen(kw_only=True)
class LinkView:
    """An address of a record."""

    what: str
    """What it is the address of."""
    text: str
    """The address, or the id where there is none."""
    href: str | None
    """The address where it may be followed."""


@frozen(kw_only=True)
class OutcomeRow:
    """One thing about an order that a person should know."""

    what: str
    """What it is about."""
    seen: str
    """What happened, in the remote's own words where it spoke."""
    mend: str
    """What to do; empty where nothing is."""


@frozen(kw_only=True)
class OrderOutcomeView:
    """What became of one order."""

    number: str
    """Its number."""
    word: str
    """What became of it."""
    tone: Tone
    """GOOD for what arrived, CALM for what was taken back, WARN where a person must do something."""
    rows: tuple[OutcomeRow, ...]
    """Notes, differences, causes or questions."""


@frozen(kw_only=True)
class OutcomeView:
    """An outcome, ready to be shown."""

    figures: tuple[tuple[str, str], ...]
    """The summary: what, and how many."""
    links: tuple[LinkView, ...]
    """Addresses of the orders on both sides."""
    orders: tuple[OrderOutcomeView, ...]
    """Each order for itself."""


def outcome_view(outcome: Outcome, plan: Plan | None) -> OutcomeView:
    """Prepare an outcome for the page."""
    summary = outcome.summary
    return OutcomeView(
        figures=(
            ("items synced", count(summary.items)),
            ("lines", str(summary.lines)),
            ("products updated", str(summary.products_updated)),
            ("drafts created", str(summary.drafts_created)),
        ),
        links=(
            *(_link("purchase order", address) for address in summary.purchase_orders),
            *(_link("wholesale order", address) for address in summary.wholesale_orders),
        ),
        orders=tuple(
            OrderOutcomeView(
                number=number_of(plan, key),
                word=outcome_words(became)[0],
                tone=_tone(became),
                rows=rows_of(became),
            )
            for key, became in outcome.orders.items()
        ),
    )


def _link(what: str, address: str) -> LinkView:
    return LinkView(what=what, text=address, href=web_address(address))


def _tone(became: OrderOutcome) -> Tone:
    match became:
        case Synced():
            return Tone.GOOD
        case Undone():
            return Tone.CALM
        case Differs() | Held() | Halted():
            return Tone.WARN
        case _:
            assert_never(became)


def rows_of(became: OrderOutcome) -> tuple[OutcomeRow, ...]:
    """Notes, differences, causes or questions of one order, each with what to do."""
    match became:
        case Synced():
            return tuple(OutcomeRow(what="note", seen=note, mend="") for note in became.notes)
        case Differs():
            return tuple(
                OutcomeRow(
                    what=one.where,
                    seen=f"planned {one.planned}, found {one.found}",
                    mend="look at it in the store, then review the order again",
                )
                for one in became.differences
            )
        case Held():
            return tuple(OutcomeRow(what=one.what, seen=one.words, mend=one.mend) for one in became.causes)
        case Halted():
            return tuple(
                OutcomeRow(what="question", seen=str(one), mend=f"answer {one.key}, then plan again")
                for one in became.questions
            )
        case Undone():
            return tuple(OutcomeRow(what="kept", seen=kept, mend="") for kept in became.kept)
        case _:
            assert_never(became)
