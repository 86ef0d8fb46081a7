"""Style documents with one thing wrong: what no order needs is left out and told, and the order goes on."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acceptance.nasty import EAN, UPC, Trial, line, order, size, style

from po_bridge import Plan
from po_bridge.errors import BadDocument
from po_bridge.planning.change import NewFamily


def told(plan: Plan) -> dict[str, str]:
    """What a plan says is lost, with its value."""
    return {loss.what: loss.value for loss in plan.losses}


def sized(name: str, code: str, **retail: Any) -> dict[str, Any]:
    """A size without a suggested price, or with this one."""
    bare = {key: value for key, value in size(name, 2, 10, code).items() if key != "retail"}
    return bare | retail


# --- suggested prices below zero


@pytest.mark.parametrize(
    ("lines", "described", "lost"),
    [
        pytest.param({"retail": "-25"}, {}, "retail price of A1 RED S", id="line"),
        pytest.param({}, {"pricing": {"USD": {"retail": "-25"}}}, "retail price of A1", id="style"),
        pytest.param(
            {},
            {"sizes": [{"size": "S", "pricing": {"USD": {"retail": "-25"}}}]},
            "retail price of A1 RED S",
            id="size of the style",
        ),
    ],
)
def test_a_retail_price_below_zero_is_told_and_not_written(
    lines: dict[str, Any], described: dict[str, Any], lost: str
) -> None:
    """Whoever states it, no product gets it; the order is taken over all the same."""
    document = order(line(sized("S", UPC, **lines), sized("M", EAN, retail="30")))
    trial = Trial(document=document, described=style(**described))
    assert told(trial.plan()) == {lost: "-25"}
    assert trial.sync().synced
    prices = {name: trial.store.state.products.by_id[trial.product(name)] for name in "SM"}
    assert not any(getattr(prices["S"], name) for name in ("price_including_tax", "price_excluding_tax"))
    assert any(getattr(prices["M"], name) == 30 for name in ("price_including_tax", "price_excluding_tax"))


# --- pictures that cannot be read


@pytest.mark.parametrize(
    ("images", "lost"),
    [
        pytest.param(
            [5, None], "$.images[0]: 5, expected an id (text, not blank); $.images[1]: None", id="all"
        ),
        pytest.param("abc", "$.images: 'abc', expected a list", id="no list"),
    ],
)
def test_unreadable_pictures_do_not_stop_an_order(images: Any, lost: str) -> None:
    """A picture is optional: the rest of its document is read, and the plan names the place."""
    trial = Trial(document=order(line(size("S", 2, 10, UPC))), described=style(images=images))
    plan = trial.plan()
    (value,) = (loss.value for loss in plan.losses if loss.what == "unreadable pictures of A1")
    assert value.startswith(lost)
    assert trial.sync().synced
    assert [product.name for product in trial.store.state.products.all_live()] == ["Tee"]


def test_readable_pictures_are_taken_beside_an_unreadable_one() -> None:
    """One bad picture takes no other with it."""
    trial = Trial(document=order(line(size("S", 2, 10, UPC))))
    picture = trial.stand.nuorder.add_picture(b"\x89PNG\r\n\x1a\n")
    trial.stand.nuorder.add_style(style(images=[5, picture]))
    (family,) = (one for one in trial.plan().changes if isinstance(one, NewFamily))
    assert [image.address.rpartition("/")[2] for image in family.images] == [f"{picture}.jpg"]


def test_what_an_order_needs_is_still_refused() -> None:
    """A document whose name is no text is refused as before, with everything that is wrong in it."""
    trial = Trial(document=order(line(size("S", 2, 10, UPC))), described=style(name=7, color=[], images=[5]))
    with pytest.raises(BadDocument) as refused:
        trial.plan()
    assert {issue.path for issue in refused.value.issues} == {"$.name", "$.color"}
