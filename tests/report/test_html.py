"""The page is complete in itself, and nothing foreign leaves its place."""

from __future__ import annotations

import hashlib
import itertools
import pkgutil
import re
import subprocess
import sys
from base64 import b64encode
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from attrs import evolve
from tests.report import made
from tests.report.hostile import HOSTILE, MARK, hostile
from tests.report.page import read

from po_bridge import report
from po_bridge.errors import MissingExtra
from po_bridge.report import html_report
from po_bridge.report.environment import environment

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
STYLE = Path(__file__).parents[2] / "src/po_bridge/report/templates/report.css"


def page_of(word: made.Word, *, address: str = "po-1") -> str:
    """Make a page of everything."""
    return html_report(
        made_at=made.AT,
        review=made.review(word),
        plan=made.plan(word),
        outcome=made.outcome(word, address),
        status=made.status_rows(word) + made.status_rows(lambda name: word(f"other-{name}")),
        timeline=made.timeline(word),
        orders=made.order_rows(word),
        notes=(word("page-note"),),
        pictures={made.PICTURE: PNG},
    )


def test_hostile_text_changes_no_markup() -> None:
    """Whatever products, notes and remotes are called, tags and attributes stay the same."""
    assert read(page_of(hostile)).shape == read(page_of(made.plain)).shape


def test_hostile_text_reaches_no_attribute() -> None:
    """Foreign text stands between tags only."""
    assert not [value for value in read(page_of(hostile)).attributes if MARK in value[2]]


def test_hostile_text_is_shown_as_text() -> None:
    """What is hostile can be read on the page, tags and template code included."""
    text = "".join(read(page_of(hostile)).text)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text
    assert "&lt;b&gt;" in text


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\u2028"], ids=ascii)
def test_no_invisible_character_is_left(char: str) -> None:
    """Control characters and marks that turn the direction of text are written as escapes or spaces."""
    assert char in HOSTILE
    assert char not in page_of(hostile)


FIELDS = (
    "portal order-id order-number status-word currency style-number line-upc style-name style-upc color size",
    "variant-name product-code option-value sign ours theirs evidence-note gone-id gone-name skip-reason became",
    "record-name family-name description tag-id brand-name image-address family-option member-code",
    "supplier-code member-value grown-family more-member-code touched name-before name-after purchase-number",
    "purchase-note supplier outlet-name buyer order-line revised-number added-line changed-line removed-line",
    "loss loss-value loss-reason question question-key answer-one answer-two line-question setup-question",
    "goal-number plan-store note where planned found cause remote-words mend kept wholesale-address page-note",
    "reason purchase-order milestone-source milestone-why carrier tracking lost-tracking parcel-status",
    "progress-name brand-status sibling timeline-note source store",
)


@pytest.mark.parametrize("field", " ".join(FIELDS).split())
def test_field_is_shown(field: str) -> None:
    """Each field that a person needs stands on the page."""
    assert re.search(rf"(?<![\w-]){field}(?![\w-])", "\n".join(read(page_of(made.plain)).text))


def test_page_is_well_formed() -> None:
    """Every tag is closed where it should be."""
    page = read(page_of(hostile))
    assert page.stray == []
    assert page.open == []


def test_nothing_is_fetched() -> None:
    """Pictures are data, and neither script, style, font nor frame comes from elsewhere."""
    text = page_of(made.plain, address="https://store.example/order/1")
    page = read(text)
    assert all(value.startswith("data:image/png;base64,") for value in page.values("src"))
    assert not {tag for tag, _ in page.shape} & {
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    }
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://store.example/order/1?a=b&c=d", True),
        ("http://127.0.0.1:8080/order/1", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)//https://store.example", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https:alert", False),
        ("//store.example/order", False),
        ("https://[broken", False),
        ("https://store.example/\x01", False),
        (" https://store.example/", False),
        ("02dcd191-ae2b", False),
    ],
)
def test_only_web_addresses_are_links(address: str, *, linked: bool) -> None:
    """An address becomes a link where it is http or https with a host, else it is text."""
    page = html_report(made_at=made.AT, outcome=made.outcome(made.plain, address))
    links = [value for value in read(page).values("href") if value[0] != "#"]
    assert links == ([address] if linked else [])


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (PNG, True),
        (b"\xff\xd8\xff" + bytes(10), True),
        (b"GIF89a" + bytes(10), True),
        (b"RIFF\x00\x00\x00\x00WEBP", True),
        (PNG + bytes(30_000 - len(PNG)), True),
        (PNG + bytes(30_001 - len(PNG)), False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", False),
        (b"<html>", False),
        (b"", False),
    ],
    ids=["png", "jpeg", "gif", "webp", "just small enough", "too large", "svg", "html", "empty"],
)
def test_picture(content: bytes, *, shown: bool) -> None:
    """A raster picture of at most 30 kB is put into the page, anything else is a placeholder."""
    text = html_report(made_at=made.AT, review=made.review(made.plain), pictures={made.PICTURE: content})
    assert ("data:image/" in text) is shown
    assert ("no picture" in text) is not shown


def test_headings_go_down_by_one() -> None:
    """No level of headings is skipped, and there is one of the first."""
    levels = [int(tag[1]) for tag, _ in read(page_of(made.plain)).shape if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_headers() -> None:
    """Each table has a caption, and each header says what it heads."""
    page = read(page_of(made.plain))
    tags = [tag for tag, _ in page.shape]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert all("scope" in names for tag, names in page.shape if tag == "th")


def test_inner_links_lead_somewhere() -> None:
    """Each link inside the page has its place, and no id stands twice."""
    page = read(page_of(made.plain))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(ids)


def luminance(color: str) -> float:
    """Tell how light a colour is, by WCAG 2.2."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Tell the contrast of two colours, by WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("color", ["ink", "soft", "link", "good", "warn"])
@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast(scheme: int, color: str, ground: str) -> None:
    """Text can be read on every ground it stands on: at least 4.5 to 1."""
    colors = palette(scheme)
    assert contrast(colors[color], colors[ground]) >= 4.5


@pytest.mark.parametrize("color", ["good", "warn", "new"])
@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_of_badges(scheme: int, color: str) -> None:
    """A word on its own colour's ground can be read."""
    colors = palette(scheme)
    assert contrast(colors[color], colors[f"{color}-ground"]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_of_edges(scheme: int) -> None:
    """What is used, as a field to write in, can be seen: at least 3 to 1."""
    colors = palette(scheme)
    assert contrast(colors["edge"], colors["paper"]) >= 3
    assert contrast(colors["ink"], colors["calm-ground"]) >= 4.5


def palette(scheme: int) -> dict[str, str]:
    """Read the colours of one scheme."""
    block = re.findall(r"\.report \{([^}]*--paper.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)[
        scheme
    ]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def test_script_is_the_only_one() -> None:
    """A page of many orders has one script, which its policy names by digest; other pages have none."""
    page = html_report(made_at=made.AT, status=made.status_rows(hostile))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert len(scripts) == 1
    assert f"script-src 'sha256-{digest}'" in policy_of(page)
    other = html_report(made_at=made.AT, review=made.review(hostile), timeline=made.timeline(hostile))
    assert "<script>" not in other
    assert "script-src" not in other


def test_policy_allows_nothing_else() -> None:
    """Without a word of permission nothing is loaded, sent or framed."""
    policy = policy_of(page_of(hostile))
    assert policy.split("; ")[0] == "default-src 'none'"
    assert "http" not in policy


def policy_of(text: str) -> str:
    """Read the content security policy of a page."""
    return next(
        value
        for tag, name, value in read(text).attributes
        if (tag, name) == ("meta", "content") and "src" in value
    )


def test_part_of_a_page() -> None:
    """What is not given is not on the page, nor in its list of parts."""
    page = read(html_report(made_at=made.AT, plan=made.plan(made.plain, empty=True)))
    assert "review" not in page.values("id")
    assert "Nothing is left to do." in "".join(page.text)


@pytest.mark.parametrize(
    ("numbers", "title"),
    [(1, "Order n0"), (3, "Orders n0, n1, n2"), (7, "7 orders")],
    ids=["one", "some", "many"],
)
def test_title(numbers: int, title: str) -> None:
    """A page is called by its orders, as long as they can be read at a glance."""
    plan = made.plan(made.plain)
    goals = tuple(evolve(plan.goals[0], number=f"n{number}") for number in range(numbers))
    page = html_report(made_at=made.AT, plan=evolve(plan, goals=goals))
    assert f"<h1>{title}</h1>" in page
    assert f"<title>{title}</title>" in page


def test_names_without_orders() -> None:
    """A page of states or of a source's orders says so."""
    assert "<h1>Orders and where they stand</h1>" in html_report(made_at=made.AT, status=())
    assert "The journal knows no order yet." in html_report(made_at=made.AT, status=())
    assert "<h1>Orders</h1>" in html_report(made_at=made.AT, orders=())
    assert "<h1>Order order-number</h1>" in html_report(made_at=made.AT, timeline=made.timeline(made.plain))


def test_unknown_is_never_zero() -> None:
    """Units that nobody states are shown as unknown, without a bar."""
    page = html_report(made_at=made.AT, timeline=made.timeline(made.plain))
    assert "unknown" in page
    assert 'class="bar"' not in page


def test_page_without_anything() -> None:
    """A page of nothing is a page."""
    assert "Report" in html_report(made_at=made.AT)


def test_extras_are_imported_late() -> None:
    """Asking for the reports imports no extra, so that each is needed by what uses it only."""
    extras = {"IPython", "jinja2", "narwhals", "pandas", "polars", "pyarrow", "rich"}
    code = f"import sys, po_bridge.report; print(sorted({extras!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without jinja2 the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    environment.cache_clear()
    with pytest.raises(MissingExtra) as caught:
        html_report(made_at=made.AT)
    assert (caught.value.extra, caught.value.needs) == ("report", "jinja2")


def test_no_public_name_is_a_module() -> None:
    """A module imported later must not take the place of a function of the same name."""
    for module in pkgutil.iter_modules(report.__path__):
        import_module(f"po_bridge.report.{module.name}")
    assert not [name for name in report.__all__ if isinstance(getattr(report, name), ModuleType)]
