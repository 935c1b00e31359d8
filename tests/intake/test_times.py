"""Times: the right moment, whatever the way of writing it, and none where it could be another."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import times

EIGHT = datetime(2026, 11, 10, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-10 10:00:00 +0200",
        "2026-11-10 10:00:00 +02:00",
        "2026-11-10 10:00:00+02:00",
        "2026-11-10 10:00:00+02",
        "2026-11-10T10:00:00+0200",
        "2026-11-10 09:00:00.000000 Europe/Berlin",
        "2026-11-10 03:00:00 America/New_York",
        "2026-11-10 04:30:00 -0330",
        "2026-11-10 04:30:00 \u22120330",
        "2026-11-10 08:00:00 UTC",
        "2026-11-10 08:00:00.000000 UTC",
        "2026-11-10 08:00 GMT",
        "2026-11-10T08:00:00Z",
        "2026-11-10T08:00:00.000000000z",
        "2026-11-10 08:00:00 Z",
        "2026-11-10 08:00:00",
        "  2026-11-10 08:00:00\n",
    ],
)
def test_one_moment_is_written_in_many_ways(text: str) -> None:
    assert times.moment(text) == EIGHT


@pytest.mark.parametrize(
    ("fraction", "wanted"),
    [(".5", 500_000), (",5", 500_000), (".123456", 123_456), (".123456789", 123_456), (".000001", 1)],
)
def test_fractions_of_a_second_are_kept(fraction: str, wanted: int) -> None:
    assert times.moment(f"2026-11-10 10:00:00{fraction} +02:00") == EIGHT.replace(microsecond=wanted)


@pytest.mark.parametrize(
    "text",
    [
        "10.11.2026", "10.11.2026 10:00", "11/10/2026", "11/10/2026 10:00:00 UTC", "10-11-2026 10:00:00",
        "26-11-10 10:00:00", "2026-11-10", "10:00:00", "2026", "tomorrow", "", "\0", "9" * 5_000, "20261110",
        "2026-13-10 10:00:00", "2026-02-30 10:00:00", "2026-11-10 25:00:00", "2026-11-10 10:00:00 +2500",
        "2026-11-10 10:00:00 +0260", "2026-11-10 10:00:00 +2", "0001-01-01 00:00:00 +0100", "9999-12-31 23:59:59 -01",
        "2026-11-10 10:00:00 CST", "2026-11-10 10:00:00 UTC+2", "2026-11-10 10:00:00 Europe",
        "2026-11-10 10:00:00 Europe/", "2026-11-10 10:00:00 Europe/Nowhere", "2026-11-10 10:00:00 ../etc/passwd",
        "2026-11-10 10:00:00 +0200 UTC", "٢٠٢٦-11-10 10:00:00", "2026-11-10 10:00:00 PM",
    ],
)  # fmt: skip
def test_what_could_be_another_moment_is_none(text: str) -> None:
    assert times.moment(text) is None


def test_an_hour_that_comes_twice_needs_an_offset() -> None:
    assert times.moment("2026-10-25 02:30:00 Europe/Berlin") is None
    assert times.moment("2026-03-29 02:30:00 Europe/Berlin") is None  # and this one never comes
    assert times.moment("2026-10-25 02:30:00 +0100") == datetime(2026, 10, 25, 1, 30)


@pytest.mark.parametrize(("name", "hour"), [("CEST", 0), ("CET", 1), ("CST", None)])
def test_letters_mean_what_the_zone_of_the_course_means_by_them(name: str, hour: int | None) -> None:
    wanted = None if hour is None else datetime(2026, 10, 25, hour, 30)
    assert times.moment(f"2026-10-25 02:30:00.0 {name}", times.zone("Europe/Berlin")) == wanted


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    st.sampled_from([" ", "T"]),
)
def test_what_python_writes_is_read_as_it_was_meant(at: datetime, where: timezone, between: str) -> None:
    meant = at.replace(tzinfo=where)
    assert times.moment(meant.isoformat(between)) == meant.astimezone(UTC).replace(tzinfo=None)
