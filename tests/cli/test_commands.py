"""One order by commands alone, and what each answers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.conftest import Ran, Run

from po_bridge.cli.emulators import Stand
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.watch import writes_of
from po_bridge.planning.canonical import read_plan
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.seed import BRAND, DEMO_ORDER, SECOND_BRAND

EASY = "240119-2"
"""An order of the seed without any question."""


@pytest.fixture
def asked(run: Run, config: Path) -> str:
    """Give the key of the line that the demo order asks about."""
    questions = run("review", DEMO_ORDER, "--config", config, "--json").json["questions"]
    return str(questions[0]["line"])


def decided(run: Run, config: Path, line: str, how: str) -> Ran:
    """Decide a line of the demo order."""
    return run("decide", DEMO_ORDER, f"{line}={how}", "--config", config, "--json")


def planned(run: Run, config: Path, number: str = EASY) -> Path:
    """Write the plan of an order into a file."""
    out = config.parent / "plan.json"
    run("plan", number, "--out", out, "--config", config)
    return out


def test_orders(run: Run, config: Path) -> None:
    """Offered orders are listed, as text and as JSON."""
    text = run("orders", "--config", config)
    rows = run("orders", "--config", config, "--json").json["orders"]
    assert text.code == ExitCode.DONE
    assert all(row["number"] in text.out and row["offered"] for row in rows)
    assert DEMO_ORDER in {row["number"] for row in rows}
    assert {row["state"] for row in rows} == {"not_synced"}


def test_orders_of_any_status(run: Run, config: Path) -> None:
    """With --any-status orders that are not offered are listed too, and say so."""
    rows = run("orders", "--config", config, "--any-status", "--json").json["orders"]
    assert {row["status"] for row in rows if not row["offered"]} >= {"draft", "pending", "cancelled"}


def test_orders_of_a_portal(run: Run, config: Path) -> None:
    """Orders of one portal can be asked for."""
    rows = run("orders", "--config", config, "--portal", SECOND_BRAND, "--json").json["orders"]
    assert {row["portal"] for row in rows} == {SECOND_BRAND}


def test_review_with_a_question(run: Run, config: Path, stand: Stand) -> None:
    """A review with an open question ends with 1, names the key to decide, and writes nothing."""
    text = run("review", DEMO_ORDER, "--config", config)
    document = run("review", DEMO_ORDER, "--config", config, "--json").json
    assert text.code == ExitCode.ATTENTION
    assert document["counts"] == {"matched": 5, "needs_review": 1, "new": 5, "left_out": 0}
    assert {line["match"]["type"] for line in document["lines"]} == {"Matched", "NeedsReview", "New"}
    assert f"line:{document['questions'][0]['line']} = link:ID | create | skip" in text.out
    assert writes_of(stand.emulators) == 0


def test_review_without_a_question(run: Run, config: Path) -> None:
    """A review that leaves nothing open ends with 0."""
    assert run("review", EASY, "--config", config).code == ExitCode.DONE


def test_review_of_several_orders(run: Run, config: Path) -> None:
    """Several orders make one review."""
    document = run("review", EASY, "240119-1", "--config", config, "--json").json
    assert [order["number"] for order in document["orders"]] == [EASY, "240119-1"]


@pytest.mark.parametrize(
    ("name", "beginning"), [("review.html", "<!DOCTYPE html>"), ("review.json", "{")], ids=["html", "json"]
)
def test_review_into_a_file(run: Run, config: Path, name: str, beginning: str) -> None:
    """A review is written as HTML or JSON, by the file's ending."""
    out = config.parent / name
    run("review", DEMO_ORDER, "--out", out, "--config", config)
    assert out.read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.parametrize("asked_for", [True, False], ids=["asked for", "not asked for"])
def test_pictures(run: Run, config: Path, stand: Stand, asked_for: bool) -> None:
    """Pictures are fetched only where they are asked for."""
    out = config.parent / "review.html"
    run("review", DEMO_ORDER, "--out", out, "--config", config, *(["--pictures"] if asked_for else []))
    fetched = [one for one in stand.emulators.nuorder.log if one.request.path.startswith("/product/")]
    assert bool(fetched) is asked_for
    assert ("data:image/png" in out.read_text(encoding="utf-8")) is asked_for


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ("create", {"matched": 5, "needs_review": 0, "new": 6, "left_out": 0}),
        ("skip", {"matched": 5, "needs_review": 0, "new": 5, "left_out": 1}),
    ],
)
def test_decide(run: Run, config: Path, asked: str, how: str, counts: dict[str, int]) -> None:
    """A decision is stored, and the next review keeps it."""
    assert decided(run, config, asked, how).json["counts"] == counts
    assert run("review", DEMO_ORDER, "--config", config, "--json").json["counts"] == counts


def test_decide_to_link(run: Run, config: Path, asked: str) -> None:
    """A line can be linked to one of its candidates; then nothing is open."""
    lines = run("review", DEMO_ORDER, "--config", config, "--json").json["lines"]
    line = next(one for one in lines if one["key"] == asked)
    chosen = line["match"]["candidates"][1]["product_id"]
    after = decided(run, config, asked, f"link:{chosen}")
    assert after.code == ExitCode.DONE
    assert next(one for one in after.json["lines"] if one["key"] == asked)["product"]["id"] == chosen


@pytest.mark.parametrize("how", ["perhaps", "link:", "create:now", ""])
def test_decide_what_is_not_understood(run: Run, config: Path, asked: str, how: str) -> None:
    """A decision that makes no sense is misuse; nothing is stored."""
    assert decided(run, config, asked, how).code == ExitCode.MISUSE
    assert run("review", DEMO_ORDER, "--config", config).code == ExitCode.ATTENTION


def test_decide_for_no_line(run: Run, config: Path) -> None:
    """A key that is neither a line nor a question is misuse, and so is no decision at all."""
    assert run("decide", DEMO_ORDER, "nowhere=create", "--config", config).code == ExitCode.MISUSE
    assert run("decide", DEMO_ORDER, "--config", config).code == ExitCode.MISUSE


def test_decide_for_a_product_that_is_not_there(run: Run, config: Path, asked: str) -> None:
    """A link to a product that the store does not have is misuse."""
    ran = decided(run, config, asked, "link:nobody")
    assert ran.code == ExitCode.MISUSE
    assert "nobody" in ran.err


def test_plan(run: Run, config: Path, stand: Stand) -> None:
    """A plan is shown as text; its file and its JSON are the same sealed plan, whatever the time it takes by then."""
    out, report = config.parent / "plan.json", config.parent / "plan.html"
    text = run("plan", EASY, "--out", out, "--report", report, "--config", config)
    document = run("plan", EASY, "--config", config, "--json")
    assert text.code == ExitCode.DONE
    assert "new purchase order" in text.out
    assert read_plan(document.out.strip().encode()) == read_plan(out.read_bytes())
    assert read_plan(out.read_bytes()).estimate
    assert 'id="plan"' in report.read_text(encoding="utf-8")
    assert writes_of(stand.emulators) == 0


def test_apply(run: Run, config: Path, stand: Stand) -> None:
    """A plan is applied from its file, read back, reported, and then nothing is left to do."""
    report = config.parent / "outcome.html"
    ran = run("apply", planned(run, config), "--report", report, "--config", config, "--json")
    assert (ran.code, ran.json["synced"]) == (ExitCode.DONE, True)
    assert Decimal(ran.json["summary"]["items"]) == 16
    assert 'id="outcome"' in report.read_text(encoding="utf-8")
    written = writes_of(stand.emulators)
    again = run("plan", EASY, "--config", config)
    assert "nothing is left to do" in again.out
    assert writes_of(stand.emulators) == written
    assert run("status", "--config", config, "--json").json["orders"][0]["state"] == "synced"


def test_apply_with_open_questions(run: Run, config: Path, stand: Stand) -> None:
    """A plan with open questions is not applied; the error lists them, and the code is 1."""
    plan = planned(run, config, DEMO_ORDER)
    ran = run("apply", plan, "--config", config)
    assert ran.code == ExitCode.ATTENTION
    assert "Merino Scarf" in ran.err
    assert writes_of(stand.emulators) == 0


def test_apply_twice(run: Run, config: Path, stand: Stand) -> None:
    """A used plan is refused with 4, and nothing is written."""
    plan = planned(run, config)
    run("apply", plan, "--config", config)
    written = writes_of(stand.emulators)
    assert run("apply", plan, "--config", config).code == ExitCode.PLAN
    assert writes_of(stand.emulators) == written


def test_apply_a_foreign_plan(run: Run, config: Path, stand: Stand) -> None:
    """A plan whose content was changed is refused with 4, and nothing is written."""
    plan = planned(run, config)
    plan.write_bytes(plan.read_bytes().replace(b'"240119-2"', b'"240119-9"'))
    assert run("apply", plan, "--config", config).code == ExitCode.PLAN
    assert writes_of(stand.emulators) == 0


def test_apply_a_stale_plan(run: Run, config: Path, stand: Stand) -> None:
    """A plan is refused with 4 when the order was edited since, and nothing is written."""
    plan = planned(run, config)
    shelf = stand.emulators.nuorder.shelf(BRAND)
    order = next(one for one in shelf.orders.values() if one["order_number"] == EASY)
    order["line_items"][0]["sizes"][0]["quantity"] += 1
    ran = run("apply", plan, "--config", config)
    assert ran.code == ExitCode.PLAN
    assert "stale" in ran.err
    assert writes_of(stand.emulators) == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, ExitCode.MISUSE), (b"# no plan", ExitCode.UNREADABLE), (b"{}", ExitCode.PLAN)],
    ids=["no file", "not JSON", "no plan"],
)
def test_apply_what_is_no_plan(run: Run, config: Path, content: bytes | None, code: ExitCode) -> None:
    """A file that is no plan is refused by name."""
    file = config.parent / "plan.json"
    if content is not None:
        file.write_bytes(content)
    assert run("apply", file, "--config", config).code == code


def test_resume(run: Run, config: Path, stand: Stand) -> None:
    """A run that the store stopped is held with 1, shown by status, and finished by resume."""
    refusal = Fault(kind=FaultKind.REFUSE, method="POST", path="*/consignments", times=100)
    stand.emulators.xseries.inject(refusal)
    held = run("apply", planned(run, config), "--config", config)
    assert held.code == ExitCode.ATTENTION
    assert "refused by the fault script" in held.out
    status = run("status", "--config", config, "--json")
    assert status.code == ExitCode.ATTENTION
    assert status.json["orders"][0]["state"] == "attention"
    stand.emulators.xseries.inject()
    digest = status.json["orders"][0]["plan"]
    assert run("resume", "ffffffff", "--config", config).code == ExitCode.MISUSE
    report = config.parent / "resumed.html"
    assert run("resume", digest[:8], "--report", report, "--config", config, "--json").json["synced"]
    assert report.exists()
    assert run("status", "--config", config).code == ExitCode.DONE


def test_resume_without_anything_to_resume(run: Run, config: Path) -> None:
    """Where no plan is unfinished, resume says so and ends with 0."""
    assert run("resume", "--config", config).code == ExitCode.DONE


def test_status_of_nothing(run: Run, config: Path) -> None:
    """Before the first plan there is no journal, and status does not make one."""
    assert run("status", "--config", config, "--json").json["orders"] == []
    assert not (config.parent / "bridge.db").exists()


def test_progress_is_no_output(run: Run, config: Path, stand: Stand) -> None:
    """What a run tells on its way goes to the standard error stream, a lost answer included."""
    stand.emulators.xseries.inject(Fault(kind=FaultKind.LOSE, method="POST", path="*/consignments/*/bulk"))
    ran = run("apply", planned(run, config), "--config", config, "--json")
    assert ran.json["synced"]
    assert "unknown -> found there" in ran.err


def test_file_that_cannot_be_written(run: Run, config: Path) -> None:
    """A file that cannot be written is misuse, by name."""
    out = config.parent / "nowhere" / "plan.json"
    ran = run("plan", EASY, "--out", out, "--config", config)
    assert ran.code == ExitCode.MISUSE
    assert str(out) in ran.err
