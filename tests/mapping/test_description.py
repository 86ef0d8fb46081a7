"""Descriptions come from strangers: a few tags stay, nothing runs, no word is lost."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from po_bridge.mapping.description import KEPT, clean_html


class _Reader(HTMLParser):
    """Reads what a browser would make of a description."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.depth: list[str] = []
        self.attributes: list[object] = []
        self.other: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "br":
            self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>Cable knit, <b>heavy</b>.</p>", "<p>Cable knit, <b>heavy</b>.</p>"),
        ("one<br>two<br/>three", "one<br>two<br>three"),
        ('<p onclick="x()" style="color:red">warm</p>', "<p>warm</p>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<a href='javascript:x'>more</a>", "&lt;a href='javascript:x'&gt;more&lt;/a&gt;"),
        ("<ul><li>a<li>b</ul>after", "<ul><li>a<li>b</li></li></ul>after"),
        ("<p>open <b>twice", "<p>open <b>twice</b></p>"),
        ("closed</b> too early</p>", "closed too early"),
        ("a <!-- hidden --> b", "a &lt;!-- hidden --&gt; b"),
        ("<!DOCTYPE html>x", "&lt;!DOCTYPE html&gt;x"),
        ("<?php x ?>", "&lt;?php x ?&gt;"),
        ("5 < 6 & 7 > 2", "5 &lt; 6 &amp; 7 &gt; 2"),
        ("Tom &amp; Jerry &lt;b&gt;", "Tom &amp; Jerry &lt;b&gt;"),
        ("<scr<script>ipt>x", "&lt;scr&lt;script&gt;ipt&gt;x"),
        ("a\x00b\x1fc\td\ne", "abc\td\ne"),
        ("<B>LOUD</B>", "<b>LOUD</b>"),
        ("  \n ", ""),
    ],
)
def test_what_stays_and_what_becomes_text(written: str, expected: str) -> None:
    """Each kind of markup, by what people read afterwards."""
    assert clean_html(written) == expected


_PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<p/>", "<b>", "</b>", "<br>", "<ul><li>", "</ul>", "&lt;", "&", '"', "x"),
        *("<script>", "</script>", "<img src=x onerror=y>", "<svg/onload=x>"),
        *("<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<?"),
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=12).map("".join))
def test_only_allowed_tags_remain(written: str) -> None:
    """Whatever came in, a reader finds allowed tags without attributes, each closed in its order."""
    reader = _Reader()
    reader.feed(clean_html(written))
    reader.close()
    assert (set(reader.tags) <= KEPT, reader.attributes, reader.other, reader.depth) == (True, [], [], [])


@given(st.text(max_size=40))
def test_text_without_markup_is_read_as_written(written: str) -> None:
    """Words without markup are what they were, control characters and outer white space apart."""
    plain = re.sub(r"[<>&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\r]", "", written)
    assert unescape(clean_html(plain)) == plain.strip()
