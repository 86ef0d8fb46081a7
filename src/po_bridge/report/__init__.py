"""Reviews, plans and outcomes for people: text for a terminal, one self-contained HTML file."""

from __future__ import annotations

from .html import html_report
from .plan_view import names_of
from .text import orders_text, outcome_text, review_text, status_text

__all__ = ["html_report", "names_of", "orders_text", "outcome_text", "review_text", "status_text"]
