from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import Switches


def sweep(shop: Shop, path: str, size: int, extra: str = "") -> list[str]:
    """Read a whole cursor list as a careful client does: until a page is empty."""
    after, found = 0, list[str]()
    while True:
        answer = shop.ask("GET", f"{path}?page_size={size}&after={after}{extra}").read_json()
        if not answer["data"]:
            assert answer["version"] == {"min": None, "max": None}
            return found
        versions = [row["version"] for row in answer["data"]]
        assert versions == sorted(versions)
        assert answer["version"] == {"min": versions[0], "max": versions[-1]}
        assert versions[0] > after
        after = answer["version"]["max"]
        found += [row["id"] for row in answer["data"]]


@settings(max_examples=25, deadline=None)
@given(count=st.integers(0, 12), size=st.integers(1, 6), short=st.booleans())
def test_sweep_finds_everything_once(count: int, size: int, short: bool) -> None:
    """Whatever the page size, and with short pages too, a sweep meets each record once, ascending."""
    shop = Shop(Switches(short_pages=short))
    made = [shop.sandbox.add_tag(f"tag {place}") for place in range(count)]
    assert sweep(shop, "tags", size) == made


def test_short_page_is_not_the_last() -> None:
    """With the switch a page may be shorter than asked for although more follows."""
    shop = Shop(Switches(short_pages=True))
    for place in range(10):
        shop.sandbox.add_tag(f"tag {place}")
    assert len(shop.take("GET", "tags?page_size=8")) == 4


def test_changed_record_moves_to_the_end(shop: Shop) -> None:
    """A change gives a record a new version, so that a cursor beyond the old one meets it again."""
    first, second = shop.sandbox.add_tag("one"), shop.sandbox.add_tag("two")
    position = shop.ask("GET", "tags").read_json()["version"]["max"]
    shop.take("PUT", f"tags/{first}", {"name": "uno"})
    assert [row["id"] for row in shop.take("GET", f"tags?after={position}")] == [first]
    assert sweep(shop, "tags", 10) == [second, first]


def test_versions_are_global_and_large(shop: Shop) -> None:
    """One counter, above 2^32 and not consecutive, serves all kinds of records."""
    tag, brand = shop.sandbox.add_tag("t"), shop.sandbox.add_brand("b")
    low = shop.take("GET", f"tags/{tag}")["version"]
    high = shop.take("GET", f"brands/{brand}")["version"]
    assert 2**32 < low < high


def test_before_is_an_upper_bound(shop: Shop) -> None:
    """`before` keeps records below a version."""
    made = [shop.sandbox.add_tag(f"tag {place}") for place in range(3)]
    limit = shop.take("GET", f"tags/{made[2]}")["version"]
    assert [row["id"] for row in shop.take("GET", f"tags?before={limit}")] == made[:2]


def test_page_size_is_100_by_default_and_capped() -> None:
    """A page has 100 rows unless asked otherwise; more than the store's maximum is silently capped."""
    shop = Shop(Switches(max_page_size=150))
    for place in range(200):
        shop.sandbox.add_tag(f"tag {place}")
    assert len(shop.take("GET", "tags")) == 100
    assert len(shop.take("GET", "tags?page_size=1000")) == 150


@pytest.mark.parametrize("query", ["after=x", "after=-1", "page_size=ten", "before=1.5"])
def test_bad_cursor_is_400(shop: Shop, query: str) -> None:
    """A cursor that is no whole number is refused."""
    assert shop.ask("GET", f"tags?{query}").status == 400


def test_lying_cursor() -> None:
    """With the switch the list ignores `after` and shows its first page for ever."""
    shop = Shop(Switches(stuck_cursor=True))
    shop.sandbox.add_tag("one")
    first = shop.ask("GET", "tags").read_json()
    assert shop.ask("GET", f"tags?after={first['version']['max']}").read_json() == first


@pytest.mark.parametrize("path", ["suppliers", "brands", "tags", "products"])
def test_deleted_records_show_when_asked_for(shop: Shop, path: str) -> None:
    """`deleted=true` shows deleted records with their time; without it they are gone."""
    make: dict[str, Callable[[str], str]] = {
        "suppliers": shop.sandbox.add_supplier,
        "brands": shop.sandbox.add_brand,
        "tags": shop.sandbox.add_tag,
        "products": lambda name: shop.family(name, "S")[0],
    }
    key = make[path]("Gone")
    shop.ask("DELETE", f"{path}/{key}")
    assert key not in sweep(shop, path, 10)
    everything = sweep(shop, path, 10, "&deleted=true")
    assert everything[-1] == key
    rows = {row["id"]: row for row in shop.take("GET", f"{path}?deleted=true")}
    assert rows[key]["deleted_at"] == "2026-08-03T09:30:00+00:00"


def test_many_changes_keep_the_order(shop: Shop) -> None:
    """The list stays right after far more changes than records."""
    keys = [shop.sandbox.add_tag(f"tag {place}") for place in range(3)]
    for turn in range(200):
        shop.take("PUT", f"tags/{keys[turn % 3]}", {"name": f"turn {turn}"})
    assert sweep(shop, "tags", 2) == [keys[2], keys[0], keys[1]]
