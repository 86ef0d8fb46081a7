"""Links lead somewhere: pages, anchors and pictures exist, and addresses of others are at least well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.docs.page_text import DOCS, ROOT, named, pages, prose

LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\((?P<place>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
EXPLICIT = re.compile(r"\{: *#([\w-]+)|<a (?:id|name)=\"([\w-]+)\"")
REFERENCED = re.compile(r"^::: (\S+)$", re.MULTILINE)
EVERY = [*pages(), ROOT / "CHANGELOG.md"]


def links(page: Path) -> Iterator[str]:
    """Every place that a page links to."""
    for found in LINK.finditer(prose(page)):
        yield found["place"]


def anchor(heading: str) -> str:
    """What a heading is called in an address."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading).lower()
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", text)).strip("-")


@cache
def anchors(page: Path) -> frozenset[str]:
    """Every place on a page that can be linked to."""
    text = page.read_text(encoding="utf-8")
    explicit = {one or other for one, other in EXPLICIT.findall(text)}
    return frozenset({*map(anchor, HEADING.findall(text)), *explicit, *REFERENCED.findall(text)})


@pytest.mark.parametrize("page", EVERY, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link names a file of the repository, and an anchor that is there."""
    broken = [place for place in links(page) if not urlsplit(place).scheme and not _leads(page, place)]
    assert broken == []


def _leads(page: Path, place: str) -> bool:
    path, _, mark = place.partition("#")
    target = (page.parent / unquote(path)).resolve() if path else page
    if not target.exists():
        return False
    return not mark or target.suffix != ".md" or unquote(mark) in anchors(target)


@pytest.mark.parametrize("page", EVERY, ids=named)
def test_addresses_are_well_formed(page: Path) -> None:
    """Addresses of others are https and have a host; nobody is asked."""
    addresses = [urlsplit(place) for place in links(page) if urlsplit(place).scheme]
    good = {"https": "netloc", "mailto": "path"}
    assert [one.geturl() for one in addresses if not getattr(one, good.get(one.scheme, ""), "")] == []


@pytest.mark.parametrize("page", [page for page in pages() if page.is_relative_to(DOCS)], ids=named)
def test_page_is_found(page: Path) -> None:
    """Every page stands in the contents of the site."""
    assert f": {page.relative_to(DOCS)}\n" in _contents() or f"- {page.relative_to(DOCS)}\n" in _contents()


@cache
def _contents() -> str:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return text[text.index("\nnav:") :]


def test_contents_name_pages() -> None:
    """The contents of the site name no page that is not there."""
    named_there = re.findall(r"([\w/-]+\.md)$", _contents(), re.MULTILINE)
    assert [one for one in named_there if not (DOCS / one).exists()] == []


def test_a_broken_link_is_noticed(tmp_path: Path) -> None:
    """The check can fail: a page that is not there, and a heading that is not there."""
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](other.md) [b](#two) [c](#one) `[d](x.md)`\n", encoding="utf-8")
    assert [place for place in links(page) if not _leads(page, place)] == ["other.md", "#two"]
