"""Each report in a real browser: silent, alone, accessible, wide and narrow, light and dark.

Run by ``make browser``, which brings the browser's driver and names the browser in ``PO_BRIDGE_BROWSER``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.browser.pages import every_page

Browser = Any
Page = Any
"""Of playwright, which only ``make browser`` brings: the types of a package that may be missing cannot be named."""

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
BROWSER = os.environ.get("PO_BRIDGE_BROWSER", "")

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(not BROWSER, reason="make browser runs these"),
]

NAMES = (
    *("review", "plan", "outcome", "several", "orders", "notebook", "status", "timeline"),
    "every-field",
)
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SERIOUS = {"serious", "critical", "moderate"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every page as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = every_page()
    assert set(found) == {*NAMES, "hostile"}
    for name, text in found.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in found}


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """One browser for all."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield opened
        opened.close()


class Watched:
    """A page that notes what it says and what it asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: Path) -> None:
        """Open a page and wait until it is quiet."""
        self.page.goto(path.as_uri(), wait_until="load")


@pytest.fixture
def watched(browser: Browser, request: pytest.FixtureRequest) -> Generator[Watched]:
    """A fresh window; the test's parameter says how large, and whether scripts and motion are allowed."""
    given: dict[str, Any] = getattr(request, "param", {})
    width, height = SIZES[given.get("size", "wide")]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="no-preference" if given.get("motion") else "reduce",
        java_script_enabled=given.get("script", True),
    )
    yield Watched(context.new_page())
    context.close()


def window(**given: Any) -> pytest.MarkDecorator:
    """Say what window a test wants."""
    return pytest.mark.parametrize("watched", [given], indirect=True, ids=lambda _: "")


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds that is more than minor, as a rule with the places; all its rules unless some are named."""
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else None
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes']][:5]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(
    "watched", [{"size": size} for size in SIZES], indirect=True, ids=lambda given: given["size"]
)
@pytest.mark.parametrize("name", NAMES)
def test_page(name: str, watched: Watched, pages: Mapping[str, Path], request: pytest.FixtureRequest) -> None:
    """A page says nothing, asks nobody, fits its window, and axe has nothing against it, light or dark."""
    size = request.node.callspec.params["watched"]["size"]
    watched.open(pages[name])
    found: dict[str, list[str]] = {}
    for scheme, rules in (("light", ()), ("dark", ("color-contrast",))):
        watched.page.emulate_media(color_scheme=scheme)
        watched.page.screenshot(path=str(SHOTS / f"{name}-{size}-{scheme}.png"), full_page=True)
        found[scheme] = violations(watched.page, rules)
    assert watched.said == []
    assert watched.asked == [pages[name].as_uri()]
    assert watched.page.evaluate(TOO_WIDE) <= 0
    assert found == {"light": [], "dark": []}


def test_hostile_text_does_nothing(watched: Watched, pages: Mapping[str, Path]) -> None:
    """With markup and scripts in every field nothing runs, nothing is asked for, and the page keeps its shape."""
    watched.open(pages["hostile"])
    watched.page.screenshot(path=str(SHOTS / "hostile-wide-light.png"))
    for link in watched.page.locator("nav a").all():
        link.hover()
    assert watched.said == []
    assert watched.asked == [pages["hostile"].as_uri()]
    assert watched.page.locator("img, script:not(body > script)").count() == 0
    assert watched.page.evaluate(TOO_WIDE) <= 0


def test_what_is_wrong_is_seen(watched: Watched, tmp_path: Path) -> None:
    """A page that calls for others, fails and keeps people out is told in every way."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<img src="http://127.0.0.1:9/x.png"><p style="color:#eee">pale</p><p style="width:9999px">wide</p>'
        "<script>y()</script>"
    )
    watched.open(bad)
    assert len(watched.asked) == 2
    assert any("y is not defined" in line for line in watched.said)
    assert watched.page.evaluate(TOO_WIDE) > 0
    assert {line.partition(" ")[0] for line in violations(watched.page)} >= {"color-contrast", "image-alt"}


def shown(page: Page) -> list[str]:
    """Numbers of the orders that a status page shows."""
    heads = page.locator("tbody tr:visible th").all_inner_texts()
    return [re.split(r"\s", head)[0] for head in heads]


@pytest.mark.parametrize(
    "watched", [{"script": True}, {"script": False}], indirect=True, ids=["script", "no script"]
)
def test_states_are_chosen(watched: Watched, pages: Mapping[str, Path]) -> None:
    """A state is chosen with or without script; only its orders are left."""
    watched.open(pages["status"])
    everything = shown(watched.page)
    watched.page.get_by_label("needs attention").check()
    some = shown(watched.page)
    watched.page.get_by_label("all").check()
    assert len(everything) == 60
    assert some == everything[:5]
    assert shown(watched.page) == everything


def test_orders_are_found_by_words(watched: Watched, pages: Mapping[str, Path]) -> None:
    """Words are looked for in whole rows, within the chosen state, and the count is told."""
    watched.open(pages["status"])
    watched.page.get_by_label("find").fill("FENNICK 24010")
    assert sorted(shown(watched.page)) == ["240100", "240102", "240104", "240106", "240108"]
    watched.page.get_by_label("synced").check()
    assert watched.page.locator(".found").inner_text() == "3 of 60 shown"
    assert len(shown(watched.page)) == 3
    assert watched.said == []


@window(script=False)
def test_without_script_there_is_no_empty_field(watched: Watched, pages: Mapping[str, Path]) -> None:
    """What only a script can do is not offered without one."""
    watched.open(pages["status"])
    assert not watched.page.get_by_role("searchbox").is_visible()


def test_keyboard(watched: Watched, pages: Mapping[str, Path]) -> None:
    """The first stop leads past the head to the report; every further stop can be seen."""
    watched.open(pages["review"])
    watched.page.keyboard.press("Tab")
    assert watched.page.locator(":focus").inner_text() == "Skip to the report"
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.id") == "main"
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    watched.page.keyboard.press("Enter")
    assert watched.page.locator("details[open]").count() == 1


@pytest.mark.parametrize(
    ("watched", "behavior"), [({"motion": True}, "smooth"), ({"motion": False}, "auto")], indirect=["watched"]
)
def test_motion(watched: Watched, behavior: str, pages: Mapping[str, Path]) -> None:
    """Nothing moves for those who asked for less motion."""
    watched.open(pages["review"])
    assert watched.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behavior


@pytest.mark.parametrize("name", ["review", "status", "timeline"])
def test_paper(name: str, watched: Watched, pages: Mapping[str, Path]) -> None:
    """On paper there is black on white, without what is only of use on a screen."""
    watched.open(pages[name])
    watched.page.emulate_media(media="print", color_scheme="dark")
    watched.page.screenshot(path=str(SHOTS / f"{name}-paper.png"), full_page=True)
    watched.page.pdf(path=str(SHOTS / f"{name}.pdf"), format="A4")
    colors = watched.page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    assert colors == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert not watched.page.locator("nav, .filter, .skip, summary").locator("visible=true").count()


def test_style_of_a_notebook_stays_inside(watched: Watched, pages: Mapping[str, Path]) -> None:
    """Outputs look like reports, and the page around them is left alone."""
    watched.open(pages["notebook"])
    look = "(element) => getComputedStyle(element).fontFamily"
    assert "Segoe" in watched.page.locator(".po-bridge table").first.evaluate(look)
    assert "Segoe" not in watched.page.locator("h1").evaluate(look)
