"""Descriptions may hold HTML: a few tags are kept, everything else is shown as text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

KEPT = frozenset({"b", "strong", "i", "em", "u", "p", "br", "ul", "ol", "li"})
"""Tags that may stay, without attributes."""

_VOID = frozenset({"br"})

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
"""Signs that are no text; a zero byte alone makes some systems refuse a whole record."""

_REMEMBERED = 64
"""A style is described once and read for each of its sizes."""


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser calls it so
        if tag not in KEPT:
            self.parts.append(escape(self.get_starttag_text() or "", quote=False))
            return
        self.parts.append(f"<{tag}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in KEPT:
            self.parts.append(escape(f"</{tag}>", quote=False))
            return
        if tag in self.open:
            while self.open:
                last = self.open.pop()
                self.parts.append(f"</{last}>")
                if last == tag:
                    return

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_comment(self, data: str) -> None:
        self.parts.append(escape(f"<!--{data}-->", quote=False))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(escape(f"<!{decl}>", quote=False))

    def handle_pi(self, data: str) -> None:
        self.parts.append(escape(f"<?{data}>", quote=False))

    def unknown_decl(self, data: str) -> None:
        self.parts.append(escape(f"<![{data}]>", quote=False))


@lru_cache(maxsize=_REMEMBERED)
def clean_html(text: str) -> str:
    """Keep the allowed tags without attributes and close them; escape everything else.

    The text of a refused tag stays readable, its markup becomes text: nothing is lost and nothing runs.
    """
    cleaner = _Cleaner()
    cleaner.feed(_CONTROL.sub("", text))
    cleaner.close()
    cleaner.parts.extend(f"</{tag}>" for tag in reversed(cleaner.open))
    return "".join(cleaner.parts).strip()
