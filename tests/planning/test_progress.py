"""What may happen next, from plan and history alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from attrs import frozen
from hypothesis import given, strategies as st
from tests.planning.change_strategies import FINE, GRAINS, changes

from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.agenda import Agenda
from po_bridge.planning.change import Change
from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import Mark
from po_bridge.planning.progress import Divide, Finish, Probe, Progress, ReadBack, Send, State, ready
from po_bridge.planning.receipt import Absent, Done, Receipt, Refusal, Rest
from po_bridge.planning.refs import Slot
from po_bridge.planning.refs_of import made_by
from po_bridge.planning.step import Step
from po_bridge.planning.steps import steps_of
from po_bridge.planning.verdict import after_attempt, after_probe, divided, intent
from po_bridge.planning.write import AddLines, AddMembers, CreateBrand, CreateFamily, CreateOrder, Write
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.subject import START
from po_bridge.testing.toy_target import COARSE

SETTLE = timedelta(seconds=60)
NO = Refusal(status=422, words="no", mend="mend it")


@frozen(kw_only=True)
class Steps:
    """Anything with an agenda."""

    agenda: Agenda


def plan_of(planned: tuple[Change, ...], grain: Capabilities) -> Steps:
    """Steps of changes."""
    return Steps(agenda=Agenda.of(steps_of(planned, grain)))


def done(send: Send, at: datetime = START) -> tuple[Entry, ...]:
    """Entries of an attempt that went well."""
    made = {slot: f"id of {slot}" for slot in made_by(send.step.write)}
    return (intent(send, at), *after_attempt(send, at, Receipt(made=made), at))


def refused(send: Send) -> tuple[Entry, ...]:
    """Entries of an attempt that was refused."""
    return (intent(send, START), *after_attempt(send, START, NO, START))


# --- laws -----------------------------------------------------------------------------------------


@given(changes(), GRAINS, st.integers(1, 4))
def test_every_plan_is_done_step_by_step(
    planned: tuple[Change, ...], grain: Capabilities, parallel: int
) -> None:
    """As long as all goes well there is something to send, at most so many at once, until every step was sent once."""
    plan, history = plan_of(planned, grain), History()
    sent: list[str] = []
    while not isinstance(actions := ready(plan, history, parallel=parallel), Finish):
        assert 1 <= len(actions) <= parallel
        for action in actions:
            assert isinstance(action, Send)
            assert all(Progress(agenda=plan.agenda, history=history).done(need) for need in action.step.needs)
            sent.append(action.step.key)
        history = history.plus(
            *(entry for action in actions if isinstance(action, Send) for entry in done(action))
        )
    assert sorted(sent) == sorted(step.key for step in plan.agenda.steps)


@given(changes(), GRAINS, st.data())
def test_whatever_is_refused_the_run_ends_and_the_rest_is_done(
    planned: tuple[Change, ...], grain: Capabilities, data: st.DataObject
) -> None:
    """Steps that need something refused are not sent, all others are; nothing loops."""
    plan, history = plan_of(planned, grain), History()
    keys = [step.key for step in plan.agenda.steps]
    bad = set(data.draw(st.lists(st.sampled_from(keys), unique=True, max_size=3))) if keys else set()
    for _ in range(400):
        actions = ready(plan, history)
        if isinstance(actions, Finish):
            break
        (action,) = actions
        match action:
            case Send():
                is_bad = action.step.key.partition("/")[0] in bad
                history = history.plus(*(refused(action) if is_bad else done(action)))
            case Divide():
                history = history.plus(divided(action, START))
            case _:
                raise AssertionError(action)
    else:
        pytest.fail("the run does not end")
    progress = Progress(agenda=plan.agenda, history=history)
    for step in plan.agenda.steps:
        if step.key not in bad and not any(progress.hopeless(need) for need in step.needs):
            assert progress.done(step.key)
        if step.key in bad:
            assert not progress.done(step.key)


@given(changes(), GRAINS)
def test_leaves_of_an_undivided_plan_are_its_steps(planned: tuple[Change, ...], grain: Capabilities) -> None:
    """Only what was divided has children."""
    plan = plan_of(planned, grain)
    progress = Progress(agenda=plan.agenda, history=History())
    assert tuple(progress.leaves()) == tuple(progress.open_leaves()) == plan.agenda.steps


# --- one plan, step by step -----------------------------------------------------------------------

PLAN = sample_plan(COARSE)


def until(wanted: type[Write]) -> tuple[History, Send]:
    """The history just before the first step of a kind is sent, and that action."""
    history = History()
    while True:
        actions = ready(PLAN, history)
        assert not isinstance(actions, Finish)
        (action,) = actions
        assert isinstance(action, Send)
        if isinstance(action.step.write, wanted):
            return history, action
        history = history.plus(*done(action))


def test_what_is_under_way_is_waited_for() -> None:
    """An intended step is neither sent again nor probed in the same run; nothing else starts beyond the limit."""
    (action,) = _actions(ready(PLAN, History()))
    assert isinstance(action, Send)
    history = History().plus(intent(action, START))
    assert ready(PLAN, history) == ()
    assert len(_actions(ready(PLAN, history, parallel=2))) == 1


def _actions(found: object) -> tuple[object, ...]:
    assert isinstance(found, tuple)
    return found


def test_an_unknown_outcome_is_probed_and_nothing_else_is_done_to_the_step() -> None:
    """Not sent again, whatever the number of attempts."""
    history, action = until(CreateOrder)
    unknown = Entry(step=action.step.key, mark=Mark.UNKNOWN, at=START, attempt=1, sent_at=START)
    history = history.plus(intent(action, START), unknown)
    assert ready(PLAN, history) == (Probe(step=action.step, sent_at=START, attempt=1),)


def test_absent_is_sent_again_as_a_new_attempt() -> None:
    """With an intent and a number of its own."""
    history, action = until(CreateOrder)
    unknown = Entry(step=action.step.key, mark=Mark.UNKNOWN, at=START, attempt=1, sent_at=START)
    history = history.plus(intent(action, START), unknown)
    (probe,) = _actions(ready(PLAN, history))
    assert isinstance(probe, Probe)
    history = history.plus(after_probe(probe, Absent(), SETTLE, START + SETTLE))
    assert ready(PLAN, history) == (Send(step=action.step, attempt=2),)


def test_found_goes_on() -> None:
    """What a probe found has its ids, and what waited for it can be sent."""
    history, action = until(CreateOrder)
    unknown = Entry(step=action.step.key, mark=Mark.UNKNOWN, at=START, attempt=1, sent_at=START)
    probe = Probe(step=action.step, sent_at=START, attempt=1)
    made = dict.fromkeys(made_by(action.step.write), "o-1")
    found = Done(receipt=Receipt(made=made, found=True))
    history = history.plus(intent(action, START), unknown, after_probe(probe, found, SETTLE, START))
    (following,) = _actions(ready(PLAN, history))
    assert isinstance(following, Send)
    assert isinstance(following.step.write, AddLines)


def test_a_held_step_stops_the_run_until_it_was_mended() -> None:
    """In the same run it is over; a run that says it was mended sends it again, once."""
    history, action = until(CreateOrder)
    history = history.plus(*refused(action))
    assert isinstance(ready(PLAN, history), Finish)
    mended = frozenset({action.step.key})
    again = Send(step=action.step, attempt=2)
    assert ready(PLAN, history, mended=mended) == (again,)
    assert ready(PLAN, history.plus(intent(again, START)), mended=mended) == ()
    (following,) = _actions(ready(PLAN, history.plus(*done(again)), mended=mended))
    assert isinstance(following, Send)
    assert following.step.key != action.step.key


def test_a_resting_step_is_left_alone_for_this_run() -> None:
    """And what waits for it too."""
    history, action = until(CreateOrder)
    assert isinstance(ready(PLAN, history, resting=frozenset({action.step.key})), Finish)


def test_time_enters_through_the_history() -> None:
    """What must wait says until when; nobody asks a clock."""
    history, action = until(CreateOrder)
    noon = START + timedelta(hours=3)
    later = Refusal(status=429, words="later", mend="wait", again=True, retry_at=noon)
    history = history.plus(intent(action, START), *after_attempt(action, START, later, START))
    assert ready(PLAN, history) == (Send(step=action.step, attempt=2, not_before=noon),)


# --- parts ----------------------------------------------------------------------------------------


def test_a_refused_batch_goes_on_in_halves_until_the_bad_line_is_alone() -> None:
    """The good lines are added, the bad one is held by itself, and the step is held with it."""
    history, action = until(AddLines)
    assert isinstance(action.step.write, AddLines)
    bad = action.step.write.lines[0]
    while not isinstance(actions := ready(PLAN, history), Finish):
        (one,) = actions
        assert isinstance(one, Send)
        write = one.step.write
        has_bad = isinstance(write, AddLines) and bad in write.lines
        history = history.plus(*(refused(one) if has_bad else done(one)))
    progress = Progress(agenda=PLAN.agenda, history=history)
    leaves = [leaf for leaf in progress.leaves() if isinstance(leaf.write, AddLines)]
    assert [(leaf.key, progress.state(leaf)) for leaf in leaves] == [
        (f"{action.step.key}/0", State.HELD),
        (f"{action.step.key}/1", State.DONE),
    ]
    assert progress.state(action.step) is State.HELD


def test_the_rest_of_a_partly_done_step_is_a_child() -> None:
    """A child has its parent's key with its number, and waits for the makers of what it uses."""
    history, action = until(AddLines)
    assert isinstance(action.step.write, AddLines)
    rest = Rest(writes=(AddLines(order=action.step.write.order, lines=action.step.write.lines[1:]),))
    history = history.plus(intent(action, START), *after_attempt(action, START, rest, START))
    (child,) = _actions(ready(PLAN, history))
    assert isinstance(child, Send)
    assert child.step.key == f"{action.step.key}/0"
    assert set(child.step.needs) <= set(action.step.needs)
    assert child.step.orders == action.step.orders
    history = history.plus(*done(child))
    assert Progress(agenda=PLAN.agenda, history=history).done(action.step.key)


WAYS: Mapping[Mark | None, tuple[Mark, ...]] = {
    Mark.ASKED: (Mark.INTENDED, Mark.UNKNOWN),
    Mark.HELD: (Mark.INTENDED, Mark.REFUSED),
    Mark.UNKNOWN: (Mark.INTENDED,),
    Mark.MADE: (Mark.INTENDED,),
    Mark.DONE: (Mark.INTENDED,),
    Mark.UNDONE: (Mark.INTENDED, Mark.DONE, Mark.UNDOING),
}
"""What a step passes before it stands at a mark."""


def in_two(*marks: Mark | None) -> tuple[Step, Progress]:
    """The step of lines, divided in children that stand at these marks; None was not begun."""
    history, action = until(AddLines)
    rest = Rest(writes=(action.step.write,) * len(marks))
    history = history.plus(intent(action, START), *after_attempt(action, START, rest, START))
    children = Progress(agenda=PLAN.agenda, history=history).children(action.step)
    entries = (
        Entry(step=child.key, mark=passed, at=START)
        for child, mark in zip(children, marks, strict=True)
        for passed in (*WAYS.get(mark, ()), mark)
        if passed is not None
    )
    return action.step, Progress(agenda=PLAN.agenda, history=history.plus(*entries))


FROM_WORST = (
    (Mark.ASKED, State.ASKED),
    (Mark.HELD, State.HELD),
    (Mark.UNKNOWN, State.DOUBTFUL),
    (Mark.INTENDED, State.RUNNING),
    (Mark.MADE, State.MADE),
    (None, State.WAITING),
    (Mark.UNDONE, State.UNDONE),
    (Mark.DONE, State.DONE),
)


@pytest.mark.parametrize(
    ("mark", "state", "better"),
    [
        (mark, state, better)
        for place, (mark, state) in enumerate(FROM_WORST)
        for better, _ in FROM_WORST[place:]
    ],
)
def test_a_divided_step_stands_where_its_worst_child_stands(
    mark: Mark | None, state: State, better: Mark | None
) -> None:
    """A question outweighs everything; what needs a person outweighs what is still to be done."""
    for marks in ((mark, better), (better, mark)):
        step, progress = in_two(*marks)
        assert progress.state(step) is state


def test_open_leaves_are_those_that_are_not_done() -> None:
    """Children that are done are not looked at again."""
    step, progress = in_two(Mark.DONE, None)
    leaves = [leaf.key for leaf in progress.open_leaves() if leaf.key.startswith(step.key)]
    assert leaves == [f"{step.key}/1"]


def test_a_divided_step_is_hopeless_only_as_a_whole() -> None:
    """As long as one child may still be done, so may the step."""
    for mark, hopeless in ((None, False), (Mark.HELD, True)):
        step, progress = in_two(Mark.HELD, mark)
        assert progress.hopeless(step.key) is hopeless


def test_the_first_stands_for_all_that_are_read_back() -> None:
    """Whatever is told of the step of a reading back is told of one of its steps."""
    first, second, *_ = PLAN.steps
    assert ReadBack(steps=(first, second)).step is first


def test_one_look_waits_for_the_last_that_has_to_be_waited_for() -> None:
    """Of several made steps the latest moment counts; one that names none waits for nobody."""
    first, second, *others = PLAN.steps
    history = History()
    for step in others:
        history = history.plus(*done(Send(step=step, attempt=1)))
    for step, not_before in ((first, None), (second, START + timedelta(seconds=3))):
        history = history.plus(
            Entry(step=step.key, mark=Mark.INTENDED, at=START, sent_at=START),
            Entry(step=step.key, mark=Mark.MADE, at=START, sent_at=START, not_before=not_before),
        )
    (look,) = _actions(ready(PLAN, history, parallel=9))
    assert look == ReadBack(steps=(first, second), not_before=START + timedelta(seconds=3))


def test_lines_whose_products_will_not_come_are_left_behind() -> None:
    """One refused variant holds its own line; all other lines are ordered."""
    plan = sample_plan(Capabilities(members_per_create=0, members_per_add=1, lines_per_add=500))
    lost: Slot | None = None
    history = History()
    divisions = 0
    while not isinstance(actions := ready(plan, history), Finish):
        (action,) = actions
        match action:
            case Send() if isinstance(action.step.write, AddMembers) and lost is None:
                lost = action.step.write.members[0].slot
                history = history.plus(*refused(action))
            case Send():
                history = history.plus(*done(action))
            case Divide():
                divisions += 1
                history = history.plus(divided(action, START))
            case Probe():
                raise AssertionError(action)
    progress = Progress(agenda=plan.agenda, history=history)
    ordered = [
        line.product
        for leaf in progress.leaves()
        if isinstance(leaf.write, AddLines) and progress.state(leaf) is State.DONE
        for line in leaf.write.lines
    ]
    assert divisions == 1
    assert lost not in ordered
    assert len(ordered) == 1


@pytest.mark.parametrize(
    ("marks", "resting", "expected"),
    [
        ((), False, [Send]),
        ((), True, [Divide]),
        ((Mark.INTENDED,), False, []),
        ((Mark.INTENDED, Mark.UNKNOWN), False, [Probe]),
        ((Mark.INTENDED, Mark.MADE), False, [ReadBack]),
        ((Mark.INTENDED, Mark.REFUSED, Mark.HELD), False, [Divide]),
    ],
    ids=["not begun", "resting", "under way", "in doubt", "made", "held"],
)
def test_lines_are_divided_only_where_a_product_will_not_come(
    marks: tuple[Mark, ...], resting: bool, expected: list[type]
) -> None:
    """A product that may still come is waited for; one that is left alone or held is not."""
    plan = sample_plan(Capabilities(members_per_create=0, members_per_add=1, lines_per_add=500))
    late = next(step for step in plan.steps if isinstance(step.write, AddMembers))
    history = History()
    for step in plan.steps:
        if step is not late and not isinstance(step.write, AddLines):
            history = history.plus(*done(Send(step=step, attempt=1)))
    history = history.plus(*(Entry(step=late.key, mark=mark, at=START, sent_at=START) for mark in marks))
    rests = frozenset({late.key} if resting else ())
    found = ready(plan, history, parallel=9, resting=rests)
    assert [type(action) for action in _actions(found)] == expected
    progress = Progress(agenda=plan.agenda, history=history, resting=rests)
    lines = next(step for step in plan.steps if isinstance(step.write, AddLines))
    assert not progress.hopeless(lines.key)
    assert progress.hopeless(late.key) is (expected == [Divide])
    begun = (Entry(step=lines.key, mark=mark, at=START) for mark in (Mark.INTENDED, Mark.NOT_SENT))
    assert Progress(agenda=plan.agenda, history=history.plus(*begun), resting=rests).division(lines) is None


def test_lines_of_an_order_that_will_not_come_stay_whole() -> None:
    """Dividing them would help nobody: not even the good ones have where to go."""
    plan = sample_plan(Capabilities(members_per_create=0, members_per_add=1, lines_per_add=500))
    late = next(step for step in plan.steps if isinstance(step.write, AddMembers))
    order = next(step for step in plan.steps if isinstance(step.write, CreateOrder))
    history = History()
    for step in plan.steps:
        if step not in (late, order) and not isinstance(step.write, AddLines):
            history = history.plus(*done(Send(step=step, attempt=1)))
    resting = frozenset({late.key, order.key})
    assert isinstance(ready(plan, history, parallel=9, resting=resting), Finish)


@pytest.mark.parametrize("lost", [CreateBrand, CreateFamily, CreateOrder], ids=lambda kind: kind.__name__)
def test_what_everything_needs_leaves_nothing_to_divide(lost: type[Write]) -> None:
    """Where no product will come, or no order, the lines wait whole, for a resume."""
    history = History()
    while not isinstance(actions := ready(PLAN, history), Finish):
        (action,) = actions
        assert isinstance(action, Send)
        history = history.plus(*(refused(action) if isinstance(action.step.write, lost) else done(action)))
    progress = Progress(agenda=PLAN.agenda, history=history)
    lines = next(step for step in PLAN.steps if isinstance(step.write, AddLines))
    assert progress.state(lines) is State.WAITING
    assert progress.hopeless(lines.key)


def test_a_plan_without_steps_is_finished() -> None:
    """Nothing to do is done."""
    assert isinstance(ready(plan_of((), FINE), History()), Finish)
