from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.xseries import Limit

SMALL = Limit(per_register=2, extra=1)


def remaining(shop: Shop, token: str | None = None) -> int:
    """Make a call and give what is left after it."""
    return int(shop.ask("GET", "outlets", token=token).headers["x-ratelimit-remaining"])


def test_limit_counts_registers() -> None:
    """The limit is 300 for each register and 50 on top; deleted registers do not count."""
    shop = Shop(limit=Limit())
    assert shop.ask("GET", "outlets").headers["x-ratelimit-limit"] == "350"
    shop.sandbox.add_register("Register 2", shop.outlet)
    assert shop.ask("GET", "outlets").headers["x-ratelimit-limit"] == "650"


def test_every_answer_counts_down() -> None:
    """Each call takes one from the window, a refused one too."""
    shop = Shop(limit=Limit())
    assert remaining(shop) == 349
    assert shop.ask("GET", "suppliers/none").headers["x-ratelimit-remaining"] == "348"
    assert remaining(shop) == 347


def test_one_call_too_many() -> None:
    """Beyond the limit comes the documented 429, with the end of the window as an HTTP date."""
    shop = Shop(limit=SMALL)
    assert [remaining(shop) for _ in range(3)] == [2, 1, 0]
    shop.clock.tick(100)
    answer = shop.ask("GET", "outlets")
    assert answer.status == 429
    assert answer.read_json() == {"error": "Too Many Requests", "message": "Rate limiting enforced"}
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert answer.headers["retry-after"].endswith("GMT")
    assert parsedate_to_datetime(answer.headers["retry-after"]) == shop.clock() + timedelta(seconds=200)


def test_window_starts_anew() -> None:
    """A window lasts 300 seconds from its first call; then the whole budget is back."""
    shop = Shop(limit=SMALL)
    for _ in range(4):
        shop.ask("GET", "outlets")
    shop.clock.tick(299)
    assert shop.ask("GET", "outlets").status == 429
    shop.clock.tick(1)
    assert remaining(shop) == 2


def test_refused_call_changes_nothing() -> None:
    """A call beyond the limit is not carried out."""
    shop = Shop(limit=SMALL)
    for _ in range(3):
        shop.ask("GET", "outlets")
    before = shop.sandbox.digest()
    assert shop.ask("POST", "brands", {"name": "New"}).status == 429
    assert shop.sandbox.digest() == before


def test_window_is_scaled_by_settings() -> None:
    """A shorter window lets tests run through many of them."""
    shop = Shop(limit=Limit(per_register=2, extra=1, window=timedelta(seconds=3)))
    for _ in range(3):
        shop.ask("GET", "outlets")
    shop.clock.tick(3)
    assert remaining(shop) == 2


def test_limit_can_be_switched_off() -> None:
    """Switched off, the headers stay and nothing is counted."""
    shop = Shop(limit=Limit(enforced=False, per_register=1, extra=0))
    assert [remaining(shop) for _ in range(5)] == [1] * 5


def test_applications_have_windows_of_their_own() -> None:
    """Each application has its own bucket; two tokens of one application share theirs."""
    shop = Shop(limit=Limit())
    shop.sandbox.add_client("app", "secret", "http://x/")
    one, two = shop.sandbox.add_pair("app"), shop.sandbox.add_pair("app")
    assert remaining(shop) == 349
    assert remaining(shop, one.access_token) == 349
    assert remaining(shop, two.access_token) == 348


def test_busy_fault_looks_like_the_real_one() -> None:
    """A scripted 429 has the documented body and a date in Retry-After."""
    shop = Shop()
    shop.sandbox.inject(Fault(kind=FaultKind.BUSY, seconds=30))
    answer = shop.ask("GET", "outlets")
    assert answer.status == 429
    assert answer.read_json()["message"] == "Rate limiting enforced"
    assert parsedate_to_datetime(answer.headers["retry-after"]) == shop.clock() + timedelta(seconds=30)


def test_retry_after_is_rounded_up() -> None:
    """A window that ends within a second is announced for the next whole second, never too early."""
    shop = Shop(limit=SMALL)
    shop.clock.tick(0.4)
    for _ in range(3):
        shop.ask("GET", "outlets")
    told = parsedate_to_datetime(shop.ask("GET", "outlets").headers["retry-after"])
    assert told == shop.clock().replace(microsecond=0) + timedelta(seconds=301)
