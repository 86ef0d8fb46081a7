"""Orders, reviews, plans, outcomes, states and timelines for people: text, HTML, data frames, notebooks."""

from __future__ import annotations

from .ended import Ended, tell, when_ended
from .event_log import EventLog
from .frame import to_frame
from .html import html_report
from .notebook import load_ipython_extension
from .notebook_progress import NotebookProgress
from .plain_text import to_text
from .plan_view import names_of
from .progress import terminal_progress
from .rich_text import to_rich
from .text import orders_text, outcome_text, review_text, status_text

__all__ = [
    "Ended",
    "EventLog",
    "NotebookProgress",
    "html_report",
    "load_ipython_extension",
    "names_of",
    "orders_text",
    "outcome_text",
    "review_text",
    "status_text",
    "tell",
    "terminal_progress",
    "to_frame",
    "to_rich",
    "to_text",
    "when_ended",
]
