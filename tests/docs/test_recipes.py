"""The recipes of the docs, taken from their page: what they send, and what they survive."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from tests.docs.conftest import Follow
from tests.docs.letter_box import LetterBox
from tests.docs.page_text import DOCS, blocks

from po_bridge import OrderKey
from po_bridge.execution.event import RunEnded, RunStarted, StepMarked, Waiting
from po_bridge.planning.mark import Mark

PAGE = DOCS / "how-to" / "be-told.md"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ORDER = OrderKey(portal="Acme", order_id="1")
SECRET = b"shared"

Load = Callable[[str], Any]


@pytest.fixture
def load(session: Follow) -> Load:
    """Give the module that a block of the page saves."""
    opened = session(PAGE)
    for block in blocks(PAGE):
        if block.title.endswith(".py"):
            opened.take(block)
    return importlib.import_module


def ended(word: str) -> RunEnded:
    """The end of a run."""
    return RunEnded(plan="f" * 64, at=AT + timedelta(seconds=9), words=((ORDER, word),))


def marked(mark: Mark, seconds: int) -> StepMarked:
    """A mark of the one step."""
    at = AT + timedelta(seconds=seconds)
    return StepMarked(plan="f" * 64, step="s", title="create it", mark=mark, attempt=1, detail=None, at=at)


class TestSpans:
    """The recipe for OpenTelemetry."""

    @pytest.fixture
    def exporter(self) -> InMemorySpanExporter:
        """Keeps what was exported."""
        return InMemorySpanExporter()

    def spans(self, load: Load, exporter: InMemorySpanExporter, *events: object) -> dict[str, ReadableSpan]:
        """The spans of some events, by name."""
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        with load("spans").Spans(provider.get_tracer("test")) as spans:
            spans.take(RunStarted(plan="f" * 64, orders=(ORDER,), steps=1, done=0, at=AT))
            for event in events:
                spans.take(event)
        return {span.name: span for span in exporter.get_finished_spans()}

    def test_step_is_below_its_run(self, load: Load, exporter: InMemorySpanExporter) -> None:
        """A step's span has the run's as its parent, begins and ends when its marks were written, and lists them."""
        marks = (Mark.INTENDED, Mark.UNKNOWN, Mark.DONE)
        events = [marked(mark, second) for second, mark in enumerate(marks)]
        wait = Waiting(plan="f" * 64, until=AT, why="settling")
        spans = self.spans(load, exporter, *events, wait, ended("synced"))
        run, step = spans["po_bridge run"], spans["create it"]
        assert step.parent is not None
        assert run.context is not None
        assert step.parent.span_id == run.context.span_id
        assert [event.name for event in step.events] == [mark.value for mark in marks]
        assert ((step.end_time or 0) - (step.start_time or 0)) == 2_000_000_000
        assert [event.name for event in run.events] == ["waiting"]
        assert (run.status.status_code, step.status.status_code) == (StatusCode.OK, StatusCode.OK)

    @pytest.mark.parametrize("word", ["held", "halted", "differs"])
    def test_attention_is_an_error(self, load: Load, exporter: InMemorySpanExporter, word: str) -> None:
        """A run that ends otherwise than synced ends as an error, and says of which order."""
        run = self.spans(load, exporter, ended(word))["po_bridge run"]
        assert run.status.status_code is StatusCode.ERROR
        assert (run.attributes or {})[f"po_bridge.outcome.{ORDER}"] == word

    def test_crash_leaves_no_open_span(self, load: Load, exporter: InMemorySpanExporter) -> None:
        """What was under way when a run broke off is exported as an error."""
        spans = self.spans(load, exporter, marked(Mark.INTENDED, 1))
        assert {span.status.status_code for span in spans.values()} == {StatusCode.ERROR}
        assert len(spans) == 2


class TestWebhook:
    """The recipe for a signed webhook, over real HTTP."""

    def test_receiver_believes_it(self, load: Load) -> None:
        """A message arrives once, with run and outcome."""
        with load("receiver").Receiver(SECRET) as receiver:
            hook = load("webhook").Webhook(f"http://127.0.0.1:{receiver.server_port}/", SECRET)
            hook.take(marked(Mark.DONE, 1))
            hook.take(ended("held"))
            receiver.shutdown()
        assert [told["orders"] for told in receiver.told] == [{str(ORDER): "held"}]
        assert receiver.told[0]["run"] == "f" * 64

    @pytest.mark.parametrize(
        ("secret", "age", "change"),
        [(b"other", 0, b""), (SECRET, 600, b""), (SECRET, -600, b""), (SECRET, 0, b" ")],
        ids=["other secret", "old", "of the future", "changed body"],
    )
    def test_receiver_refuses(self, load: Load, secret: bytes, age: int, change: bytes) -> None:
        """A message that another wrote, that is old, or that was changed is not believed."""
        webhook = load("webhook")
        stamp = str(int(datetime.now(UTC).timestamp()) - age)
        signed = webhook.signature(secret, stamp, b"{}")
        with load("receiver").Receiver(SECRET) as receiver:
            headers = {"x-po-bridge-timestamp": stamp, "x-po-bridge-signature": signed}
            answer = httpx.post(
                f"http://127.0.0.1:{receiver.server_port}/", content=b"{}" + change, headers=headers
            )
            receiver.shutdown()
        assert (answer.status_code, receiver.told) == (401, [])

    def test_receiver_that_is_down(self, load: Load, caplog: pytest.LogCaptureFixture) -> None:
        """Nobody listens: it is logged, and the run goes on."""
        load("webhook").Webhook("http://127.0.0.1:1/", SECRET).take(ended("synced"))
        assert [record.levelname for record in caplog.records if record.name == "webhook"] == ["WARNING"] * 3


class TestLetters:
    """The recipe for an e-mail, over real SMTP."""

    @pytest.mark.parametrize(
        ("word", "subject", "todo"),
        [
            ("synced", "1 order(s) synced", "read back"),
            ("held", "1 order(s) need attention", "po-bridge resume"),
            ("halted", "1 order(s) need attention", "po-bridge decide"),
            ("differs", "1 order(s) need attention", "po-bridge status"),
        ],
        ids=["done", "held", "halted", "differs"],
    )
    def test_letter(self, load: Load, letter_box: LetterBox, word: str, subject: str, todo: str) -> None:
        """One letter a run says how it ended and what to do."""
        load("letter").Letters("a@shop.example", "b@shop.example").take(ended(word))
        (letter,) = letter_box.letters
        assert (letter["subject"], letter["to"]) == (f"po_bridge: {subject}", "b@shop.example")
        assert todo in letter.get_content()
        assert f"{ORDER}: {word}" in letter.get_content()

    def test_mail_server_that_is_down(
        self, load: Load, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Nobody listens: it is logged, and the run goes on."""
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", "1")
        load("letter").Letters("a@shop.example", "b@shop.example").take(ended("synced"))
        assert any("e-mail" in record.message for record in caplog.records)


def test_page_sends_what_it_says(session: Follow, letter_box: LetterBox) -> None:
    """Followed by a reader, the page sends one letter."""
    session(Path(PAGE)).follow()
    assert [letter["subject"] for letter in letter_box.letters] == ["po_bridge: 1 order(s) synced"]
