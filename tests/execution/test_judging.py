"""What became of each order, from the history of its steps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from tests.execution.trial import Trial

from po_bridge import Setup
from po_bridge.execution.judging import Judge
from po_bridge.models.keys import OrderKey
from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import Mark
from po_bridge.planning.outcome import Difference, Differs, Halted, Held, Synced
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Doubt, Receipt
from po_bridge.planning.write import AttachImage, CreateBrand, CreateOrder
from po_bridge.testing.subject import START


def judged(trial: Trial, causes: dict[str, str] | None = None) -> Judge:
    """A judge over what a trial committed."""
    return Judge(plan=trial.plan, history=trial.history, causes=causes or {})


def test_all_done_and_nothing_different_is_synced() -> None:
    """The ids of the purchase orders come along, and notes of the steps."""
    trial = Trial()
    trial.run()
    judge = judged(trial)
    outcome = judge.outcome(trial.plan.goals[0], ())
    assert isinstance(outcome, Synced)
    assert outcome.purchase_orders == tuple(trial.pos.tables["orders"])
    assert judge.steps_done == len(trial.plan.steps)


def test_notes_of_receipts_reach_the_outcome() -> None:
    """What a step wants a person to know is told with the order."""
    trial = Trial()
    trial.run()
    image = trial.step(AttachImage).key
    entries = tuple(
        evolve(entry, detail=Receipt(notes=("the picture was refused",)))
        if entry.step == image and entry.mark is Mark.DONE
        else entry
        for entry in trial.history.entries
    )
    outcome = Judge(plan=trial.plan, history=History.of(entries), causes={}).outcome(trial.plan.goals[0], ())
    assert outcome == Synced(
        purchase_orders=tuple(trial.pos.tables["orders"]), notes=("the picture was refused",)
    )


def test_a_difference_makes_it_differ() -> None:
    """Every step is done, but the POS says otherwise."""
    trial = Trial()
    trial.run()
    different = Difference(where="line 1 count", planned="3", found="4")
    outcome = judged(trial).outcome(trial.plan.goals[0], (different,))
    assert isinstance(outcome, Differs)
    assert outcome.differences == (different,)


def test_a_refusal_holds_with_the_remotes_words_and_what_to_do() -> None:
    """Each refused step is a cause; steps that only wait for it are none."""
    trial = Trial()
    trial.subject.target.gateway.refused = frozenset({"CreateBrand"})
    trial.run()
    outcome = judged(trial).outcome(trial.plan.goals[0], ())
    assert isinstance(outcome, Held)
    assert [cause.step for cause in outcome.causes] == [trial.step(CreateBrand).key]
    assert (outcome.causes[0].words, outcome.causes[0].mend) == ("no", "mend the data, then resume")


def test_what_was_not_reached_is_held_and_told_so() -> None:
    """A run that stopped at once has one cause: it was not reached."""
    outcome = judged(Trial()).outcome(Trial().plan.goals[0], ())
    assert isinstance(outcome, Held)
    assert outcome.causes[0].words == "not reached"
    assert outcome.purchase_orders == ()


def test_a_doubt_that_could_not_be_asked_about_is_told_in_the_words_of_the_run() -> None:
    """Why the probe failed is nearer to what a person must mend than why the answer was lost."""
    plan, key = Trial().plan, Trial().plan.steps[0].key
    lost = Doubt(why="the answer was lost")
    entries = (
        Entry(step=key, mark=Mark.INTENDED, at=START, sent_at=START),
        Entry(step=key, mark=Mark.UNKNOWN, at=START, sent_at=START, detail=lost),
    )
    for causes, words in (({}, "the answer was lost"), ({key: "the list is down"}, "the list is down")):
        outcome = Judge(plan=plan, history=History.of(entries), causes=causes).outcome(plan.goals[0], ())
        assert isinstance(outcome, Held)
        assert [cause.words for cause in outcome.causes] == [words]


def test_a_question_halts() -> None:
    """What only a person can answer comes before everything else."""
    trial = Trial()
    step = trial.step(CreateOrder).key
    question = Question(key="which", text="which of the two?", stops=Stops.ORDER)
    entries = (
        Entry(step=step, mark=Mark.INTENDED, at=START, sent_at=START),
        Entry(step=step, mark=Mark.UNKNOWN, at=START, sent_at=START),
        Entry(step=step, mark=Mark.ASKED, at=START, sent_at=START, detail=question),
    )
    judge = Judge(plan=trial.plan, history=History.of(entries), causes={})
    assert judge.outcome(trial.plan.goals[0], ()) == Halted(purchase_orders=(), questions=(question,))


@pytest.mark.parametrize(
    ("setup", "addresses"),
    [
        (Setup(), ("{order}", "sample/order-1")),
        (
            Setup(
                purchase_order_address="https://pos.example/po/{id}",
                wholesale_order_address="https://brand.example/o/{id}?n={number}",
            ),
            ("https://pos.example/po/{order}", "https://brand.example/o/order-1?n=PO-1"),
        ),
    ],
    ids=["no templates", "templates"],
)
def test_the_summary_counts_and_names(setup: Setup, addresses: tuple[str, str]) -> None:
    """Units, lines and products are counted; addresses come from the setup's templates, else ids and keys."""
    trial = Trial()
    trial.run()
    judge = judged(trial)
    key: OrderKey = trial.plan.orders[0]
    summary = judge.summary({key: judge.outcome(trial.plan.goals[0], ())}, setup)
    (order,) = trial.pos.tables["orders"]
    assert (summary.items, summary.lines, summary.drafts_created) == (Decimal(5), 2, 2)
    assert summary.purchase_orders == (addresses[0].replace("{order}", order),)
    assert summary.wholesale_orders == (addresses[1],)
    assert "items synced: 5 on 2 line(s)" in str(summary)


def test_a_held_order_counts_no_items() -> None:
    """Only what is synced is counted as synced; drafts are counted as they were made."""
    trial = Trial()
    trial.subject.target.gateway.refused = frozenset({"AddLines"})
    trial.run()
    judge = judged(trial)
    goal = trial.plan.goals[0]
    summary = judge.summary({goal.order: judge.outcome(goal, ())}, Setup())
    assert (summary.items, summary.lines, summary.drafts_created) == (Decimal(0), 0, 2)


def test_the_book_remembers_only_lines_that_were_written() -> None:
    """A line that could not be written is not remembered as applied, or the next review would not bring it."""
    trial = Trial()
    goal = trial.plan.goals[0]
    trial.subject.target.gateway.refused = frozenset({"AddLines"})
    trial.run()
    judge = judged(trial)
    assert judge.applied(goal, judge.outcome(goal, ()), None, START).lines == ()
    trial.subject.target.gateway.refused = frozenset()
    trial.run()
    judge = judged(trial)
    applied = judge.applied(goal, judge.outcome(goal, ()), None, START)
    assert [(line.count, line.product_id) for line in applied.lines] == [
        (line.count, product) for line, product in zip(goal.lines, trial.pos.tables["products"], strict=True)
    ]
    assert (applied.status, applied.content, applied.at) == ("synced", goal.content, START)
