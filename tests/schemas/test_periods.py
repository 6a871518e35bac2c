from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.periods import Period

YEARS = st.integers(1980, 2059)
DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(YEARS)
    return draw(
        st.one_of(
            st.just(Period.financial(year)),
            st.integers(1, 2).map(lambda n: Period.half(year, n)),
            st.integers(1, 4).map(lambda n: Period.quarter(year, n)),
            st.just(Period.calendar(year)),
            DAYS.map(Period.day),
            st.tuples(DAYS, DAYS).map(lambda d: Period.between(min(d), max(d))),
        )
    )


@pytest.mark.parametrize(
    ("period", "code", "start", "end", "kind"),
    [
        (Period.financial(2014), "2014/15", date(2014, 4, 1), date(2015, 3, 31), "year"),
        (Period.financial(1999), "1999/00", date(1999, 4, 1), date(2000, 3, 31), "year"),
        (Period.half(2019, 1), "2019/20 H1", date(2019, 4, 1), date(2019, 9, 30), "half"),
        (Period.half(2019, 2), "2019/20 H2", date(2019, 10, 1), date(2020, 3, 31), "half"),
        (Period.quarter(2021, 3), "2021/22 Q3", date(2021, 10, 1), date(2021, 12, 31), "quarter"),
        (Period.quarter(2021, 4), "2021/22 Q4", date(2022, 1, 1), date(2022, 3, 31), "quarter"),
        (Period.calendar(2014), "2014", date(2014, 1, 1), date(2014, 12, 31), "calendar"),
        (Period.day(date(2015, 3, 31)), "2015-03-31", None, date(2015, 3, 31), "day"),
    ],
)
def test_code_and_dates(period: Period, code: str, start: date | None, end: date, kind: str) -> None:
    assert (period.code, period.start, period.end, period.kind) == (code, start, end, kind)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2014, 4, 1), date(2015, 3, 31), "2014/15"),
        (date(2019, 4, 1), date(2019, 9, 30), "2019/20 H1"),
        (date(2020, 1, 1), date(2020, 3, 31), "2019/20 Q4"),
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2019, 4, 1), date(2019, 12, 31), "2019-04/2019-12"),
        (date(2019, 4, 1), date(2019, 4, 30), "2019-04"),
        (date(2017, 3, 6), date(2017, 3, 30), "2017-03-06/2017-03-30"),
    ],
)
def test_between_gives_the_name_that_the_period_has(start: date, end: date, code: str) -> None:
    assert Period.between(start, end).code == code


@given(periods())
def test_a_code_reads_back(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(periods())
def test_previous_ends_a_year_before_and_is_of_the_same_kind(period: Period) -> None:
    before = period.previous()
    assert before.kind == period.kind
    assert timedelta(days=364) <= period.end - before.end <= timedelta(days=367)


@pytest.mark.parametrize(
    ("code", "before"),
    [("2014/15", "2013/14"), ("2019/20 H1", "2018/19 H1"), ("2015-03-31", "2014-03-31"), ("2020-02", "2019-02")],
)
def test_previous(code: str, before: str) -> None:
    assert Period.parse(code).previous().code == before


@pytest.mark.parametrize(
    ("code", "year"),
    [("2014/15", 2014), ("2019/20 Q4", 2019), ("2015-03-31", 2014), ("2015-04-01", 2015), ("2014-04/2014-12", 2014)],
)
def test_financial_year(code: str, year: int) -> None:
    assert Period.parse(code).financial_year == year


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2014/16",
        "2021/21",
        "2014-15",
        "2014/15 H3",
        "2014/15 Q5",
        "14/15",
        "2015-02-30",
        "2014/2015",
        "2014-04/2015-03",
    ],
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period.parse(code)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Period("x", date(2015, 1, 2), date(2015, 1, 1))
