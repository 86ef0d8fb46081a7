from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st

from po_bridge.mapping import DAY, EPOCH_MILLISECONDS, MOMENT, SLASHED_DAY, Codec, Unreadable
from po_bridge.mapping.codec import UNREADABLE

CODECS: dict[str, tuple[Codec[Any], st.SearchStrategy[Any]]] = {
    "day": (DAY, st.dates()),
    "day with slashes": (SLASHED_DAY, st.dates()),
    "moment": (MOMENT, st.datetimes(timezones=st.just(UTC))),
    "milliseconds": (
        EPOCH_MILLISECONDS,
        st.integers(-(10**12), 10**13).map(
            lambda count: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=count)
        ),
    ),
}


@pytest.mark.parametrize("name", CODECS)
@given(data=st.data())
def test_time_is_read_as_written(name: str, data: st.DataObject) -> None:
    """Reading what a codec of days or moments wrote gives the same day or moment."""
    codec, values = CODECS[name]
    value = data.draw(values)
    assert codec.read(codec.write(value)) == value


@given(st.dates(), st.sampled_from(["", "T00:00:00.000Z", "T00:00:00Z", "T00:00Z", "T00:00:00+00:00"]))
def test_midnight_is_the_day(day: date, rest: str) -> None:
    """A day at midnight UTC is that calendar day, wherever the program runs."""
    assert DAY.read(f"{day.isoformat()}{rest}") == day


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param("2025-03-01T05:00:00.000Z", id="another time of day"),
        pytest.param("2025-03-01T00:00:00+05:00", id="midnight elsewhere"),
        pytest.param("2025-03-01T00:00:00", id="midnight of no zone"),
        pytest.param("2025-02-30", id="no such day"),
        pytest.param("2025-W09-6", id="week date"),
        pytest.param("20250301", id="without separators"),
        pytest.param("2025/03/01", id="slashes"),
        pytest.param("\uff12025-03-01", id="full-width digits"),
        pytest.param("", id="empty"),
        pytest.param(20250301, id="number"),
        pytest.param(None, id="null"),
    ],
)
def test_no_day(wire: Any) -> None:
    """Nobody can say which day is meant, so it is refused."""
    with pytest.raises(UNREADABLE):
        DAY.read(wire)


@pytest.mark.parametrize("wire", ["2025-03-01", "2025/3/1", "01/03/2025", None], ids=str)
def test_no_slashed_day(wire: Any) -> None:
    """Year, month, day, each of full width, with slashes."""
    with pytest.raises(UNREADABLE):
        SLASHED_DAY.read(wire)


def test_moment_comes_to_utc() -> None:
    """Moments are kept in UTC whatever their offset."""
    assert MOMENT.read("2025-03-01T09:30:00+02:00") == datetime(2025, 3, 1, 7, 30, tzinfo=UTC)
    assert MOMENT.read("2025-03-01T09:30:00+02:00").tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (datetime(2025, 3, 1, 9, 30, tzinfo=UTC), "2025-03-01T09:30:00.000Z"),
        (datetime(2025, 3, 1, 9, 30, 0, 1, tzinfo=UTC), "2025-03-01T09:30:00.000001Z"),
        (datetime(2025, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))), "2025-03-01T07:30:00.000Z"),
    ],
    ids=["milliseconds", "microseconds", "other zone"],
)
def test_moment_is_written(value: datetime, wire: str) -> None:
    """Moments are written in UTC with milliseconds, finer only where they are."""
    assert MOMENT.write(value) == wire


@pytest.mark.parametrize(
    "wire",
    [
        "2025-03-01T09:30:00",
        "2025-03-01",
        "2025-03-01T25:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "now",
        7,
        None,
    ],
    ids=["no zone", "day only", "no such hour", "after the last year", "word", "number", "null"],
)
def test_no_moment(wire: Any) -> None:
    """A moment needs a time and a zone."""
    with pytest.raises(UNREADABLE):
        MOMENT.read(wire)


@pytest.mark.parametrize("wire", ["1700000000000", True, 10**30], ids=["text", "flag", "after the last year"])
def test_no_milliseconds(wire: Any) -> None:
    """Milliseconds are a whole number that names a date."""
    with pytest.raises(UNREADABLE):
        EPOCH_MILLISECONDS.read(wire)


def test_naive_moment_is_not_written() -> None:
    """A moment without a zone never reaches a wire."""
    with pytest.raises(Unreadable):
        MOMENT.write(datetime(2025, 3, 1))  # noqa: DTZ001  # that is the point


def test_microseconds_are_no_milliseconds() -> None:
    """What milliseconds cannot hold is refused, not rounded."""
    with pytest.raises(Unreadable):
        EPOCH_MILLISECONDS.write(datetime(2025, 3, 1, 0, 0, 0, 1, tzinfo=UTC))
