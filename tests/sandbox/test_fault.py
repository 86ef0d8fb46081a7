from __future__ import annotations

import pytest
from tests.sandbox.echo import Echo, get

from po_bridge.sandbox import Dropped, Fault, FaultKind, FaultScript, Response, calls

BEFORE = (FaultKind.REFUSE, FaultKind.BROKEN, FaultKind.HTML, FaultKind.BUSY)


def status(answer: Response | Dropped) -> int:
    """Give the status of an answer that came."""
    assert isinstance(answer, Response)
    return answer.status


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(FaultKind.REFUSE, 422), (FaultKind.BROKEN, 503), (FaultKind.HTML, 502), (FaultKind.BUSY, 429)],
    ids=str,
)
@pytest.mark.parametrize("handled", [False, True], ids=["before", "after"])
def test_errors_come_before_the_change_or_after_it(kind: FaultKind, expected: int, handled: bool) -> None:
    """An error answer leaves the emulator untouched unless the fault says that the change was made."""
    app = Echo(Fault(kind=kind, handled=handled))
    assert status(app.handle(get())) == expected
    assert len(app.seen) == handled


def test_html_answer_is_no_json() -> None:
    """The HTML fault answers with a page, as a proxy does."""
    answer = Echo(Fault(kind=FaultKind.HTML)).handle(get())
    assert isinstance(answer, Response)
    assert answer.headers["content-type"].startswith("text/html")
    assert b"<html>" in answer.body


def test_busy_answer_tells_how_long() -> None:
    """Without a vendor's own form a busy answer states its seconds."""
    answer = Echo(Fault(kind=FaultKind.BUSY, seconds=7)).handle(get())
    assert isinstance(answer, Response)
    assert answer.headers["retry-after"] == "7"


def test_stated_status_headers_and_body_win() -> None:
    """A fault may state status, headers and body of its answer."""
    fault = Fault(kind=FaultKind.BUSY, status=400, headers={"X-A": "1"}, body=b"no")
    answer = Echo(fault).handle(get())
    assert isinstance(answer, Response)
    assert (answer.status, answer.headers["x-a"], answer.body) == (400, "1", b"no")


def test_lost_answer_leaves_the_change() -> None:
    """LOSE drops the connection after the change."""
    app = Echo(Fault(kind=FaultKind.LOSE))
    assert app.handle(get()) == Dropped(after_change=True)
    assert len(app.seen) == 1


def test_reset_never_reaches_the_emulator() -> None:
    """RESET drops the connection before the change."""
    app = Echo(Fault(kind=FaultKind.RESET))
    assert app.handle(get()) == Dropped(after_change=False)
    assert app.seen == []


def test_late_request_is_carried_out_later() -> None:
    """LATE drops the connection, and the change happens once its time has come, before the next call."""
    app = Echo(Fault(kind=FaultKind.LATE, path="/slow", seconds=30))
    assert app.handle(get("/slow")) == Dropped(after_change=False)
    app.tick(29)
    app.handle(get("/early"))
    app.tick(1)
    app.handle(get("/then"))
    assert [request.path for request in app.seen] == ["/early", "/slow", "/then"]


def test_delay_and_cut_are_told_in_the_answer() -> None:
    """The pure core does not wait or cut; it tells the wire to."""
    app = Echo(Fault(kind=FaultKind.DELAY, seconds=3, path="/a"), Fault(kind=FaultKind.TRUNCATE, path="/b"))
    slow, cut = app.handle(get("/a")), app.handle(get("/b"))
    assert isinstance(slow, Response)
    assert isinstance(cut, Response)
    assert (slow.delay, slow.cut) == (3, False)
    assert (cut.delay, cut.cut) == (0, True)
    assert len(app.seen) == 2


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (Fault(kind=FaultKind.REFUSE), [1]),
        (Fault(kind=FaultKind.REFUSE, call=3), [3]),
        (Fault(kind=FaultKind.REFUSE, call=2, times=2), [2, 3]),
        (Fault(kind=FaultKind.REFUSE, method="POST"), []),
        (Fault(kind=FaultKind.REFUSE, path="/a"), [1]),
        (Fault(kind=FaultKind.REFUSE, path="/x/*/y"), []),
    ],
    ids=["first", "third", "twice", "other method", "path", "other path"],
)
def test_fault_strikes_the_matching_call(fault: Fault, struck: list[int]) -> None:
    """A fault strikes the n-th call that matches method and path, and as many after it as stated."""
    app = Echo(fault)
    statuses = [status(app.handle(get())) for _ in range(4)]
    assert [place for place, code in enumerate(statuses, 1) if code == 422] == struck


def test_first_fault_wins_and_all_count() -> None:
    """Where two faults strike one call the first wins, but both have counted it."""
    app = Echo(Fault(kind=FaultKind.BROKEN), Fault(kind=FaultKind.REFUSE, times=2))
    assert [status(app.handle(get())) for _ in range(3)] == [503, 422, 200]


def test_added_fault_counts_from_then() -> None:
    """A fault added to a running script counts only the calls after it."""
    app = Echo()
    app.handle(get())
    app.front.faults.add([Fault(kind=FaultKind.REFUSE)])
    assert [status(app.handle(get())) for _ in range(2)] == [422, 200]


def test_script_tells_when_it_is_spent() -> None:
    """A script is spent when no fault can strike any more."""
    script = FaultScript((Fault(kind=FaultKind.REFUSE, times=2),))
    assert not script.spent
    script.meet(get())
    assert not script.spent
    script.meet(get())
    assert script.spent


def test_log_keeps_calls_with_their_fault() -> None:
    """The log has each call with its answer and the fault that struck, and counts by method and path."""
    app = Echo(Fault(kind=FaultKind.LOSE, call=2))
    for path in ("/a", "/a", "/b"):
        app.handle(get(path))
    assert [each.fault is not None for each in app.front.log] == [False, True, False]
    assert app.front.log[1].answer == Dropped(after_change=True)
    assert calls(app.front.log) == {("GET", "/a"): 2, ("GET", "/b"): 1}


def test_log_can_be_switched_off() -> None:
    """Without the log nothing is kept."""
    app = Echo()
    app.front.keeps_log = False
    app.handle(get())
    assert app.front.log == []
