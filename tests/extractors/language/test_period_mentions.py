from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.periods import PeriodMention, find_periods, narrowed, resolve
from schemas.periods import Period

YEAR = Period.financial(2015)


def one(text: str) -> PeriodMention:
    mentions = find_periods(text)
    assert len(mentions) == 1, [(text[m.start : m.end], m.kind) for m in mentions]
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("in 2014/15 there", "2014/15", "2014/15"),
        ("in 2014-15 there", "2014-15", "2014/15"),
        ("in 2014-2015 there", "2014-2015", "2014/15"),
        ("Report 2017/2018", "2017/2018", "2017/18"),
        ("Report 2018 - 19", "2018 - 19", "2018/19"),
        ("Report 2020 – 21", "2020 – 21", "2020/21"),
        ("Report 1999/00", "1999/00", "1999/00"),
        ("report 2014 to 2015", "2014 to 2015", "2014/15"),
        ("in 2013–\n14 compared", "2013–\n14", "2013/14"),
        ("in 2015/1 6 there", "2015/1 6", "2015/16"),
        ("in 2O18/19", "2O18/19", "2018/19"),
        ("in 2009/1O", "2009/1O", "2009/10"),
        ("REPORT 2015-I6", "2015-I6", "2015/16"),
        ("by 59% in 2019-20(13)", "2019-20", "2019/20"),
        ("during2019/20", "2019/20", "2019/20"),
        ("#2018/19", "2018/19", "2018/19"),
        ("the '22/23 year", "'22/23 year", "2022/23"),
        ("investigations during 22/23 out of", "22/23", "2022/23"),
        ("the 2015/16 financial year", "2015/16", "2015/16"),
        ("the year ended 31st March 2015", "year ended 31st March 2015", "2014/15"),
        ("In the year to 31 March 2022 a total", "year to 31 March 2022", "2021/22"),
        ("the year ending March 2012", "year ending March 2012", "2011/12"),
        ("six months to 30 September 2019", "six months to 30 September 2019", "2019/20 H1"),
        ("quarter ended 31 December 2019", "quarter ended 31 December 2019", "2019/20 Q3"),
        ("the twelve months from 1 April 2011 to 31 March 2012", "1 April 2011 to 31 March 2012", "2011/12"),
        ("between 1 April 2023 and 31 March 2024", "1 April 2023 and 31 March 2024", "2023/24"),
        ("1st April 2020 to 31st March 2021", "1st April 2020 to 31st March 2021", "2020/21"),
        ("1 April 2016 - 31 March 2017", "1 April 2016 - 31 March 2017", "2016/17"),
        ("1 April to 31 March 2017", "1 April to 31 March 2017", "2016/17"),
        ("Between 1st April 2022 and March 2023 448", "1st April 2022 and March 2023", "2022/23"),
        ("April 2017 – March 2018", "April 2017 – March 2018", "2017/18"),
        ("between April 2021 and March 2022", "April 2021 and March 2022", "2021/22"),
        ("Learning for Apr-Sept 2019/20", "Apr-Sept 2019/20", "2019/20 H1"),
        ("April - September 2019/20", "April - September 2019/20", "2019/20 H1"),
        ("Apr-Sept\n\n2019/20 44 12", "Apr-Sept\n\n2019/20", "2019/20 H1"),
        ("2018/19 (April to September)", "2018/19 (April to September", "2018/19 H1"),
        ("the first six months of 2019/20", "first six months of 2019/20", "2019/20 H1"),
        ("first nine months of 2019/20", "first nine months of 2019/20", "2019-04/2019-12"),
        ("Q3 2018/19", "Q3 2018/19", "2018/19 Q3"),
        ("Quarter 2 2016/17", "Quarter 2 2016/17", "2016/17 Q2"),
        ("quarter three of 2021/22", "quarter three of 2021/22", "2021/22 Q3"),
        ("2019/20 Q3", "2019/20 Q3", "2019/20 Q3"),
        ("2019-20-q3", "2019-20-q3", "2019/20 Q3"),
        ("October - December 2019", "October - December 2019", "2019/20 Q3"),
        ("(October - Decernber 2019)", "October - Decernber 2019", "2019/20 Q3"),
        ("April to December 2019", "April to December 2019", "2019-04/2019-12"),
        ("academic year 2014/15", "2014/15", "2014-09/2015-08"),
        ("in the calendar year 2014", "2014", "2014"),
        ("in 2014 there were", "2014", "2014"),
        ("at 31 March 2015, Children's", "31 March 2015", "2015-03-31"),
        ("as at the end of March 2024", "end of March 2024", "2024-03-31"),
        ("as of 31 March 2025", "31 March 2025", "2025-03-31"),
        ("At December 2014, 549 children", "December 2014", "2014-12-31"),
        ("On 31 March 2019 the directorate", "31 March 2019", "2019-03-31"),
        ("By 31 March 2016 four had", "31 March 2016", "2016-03-31"),
        ("closed (31 March 2021), 1,720", "31 March 2021", "2021-03-31"),
        ("31 March 2014", "31 March 2014", "2014-03-31"),
        ("As at 3 April 2014, 28", "3 April 2014", "2014-04-03"),
    ],
)
def test_what_is_fully_stated(text: str, words: str, code: str) -> None:
    mention = one(text)
    assert text[mention.start : mention.end] == words
    assert mention.kind == Period.parse(code).kind
    assert mention.period == resolve(mention, None) == Period.parse(code)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("a peak in Q2, with", "Q2", "2015/16 Q2"),
        ("fewer in Q3.", "Q3", "2015/16 Q3"),
        ("in Quarter 3", "Quarter 3", "2015/16 Q3"),
        ("Quarter One", "Quarter One", "2015/16 Q1"),
        ("in the third quarter", "third quarter", "2015/16 Q3"),
        ("Q3 last year", "Q3 last year", "2014/15 Q3"),
        ("April to September", "April to September", "2015/16 H1"),
        ("the second half of the year", "second half of the year", "2015/16 H2"),
        ("at 31 March", "31 March", "2016-03-31"),
        ("at 31 March last year", "31 March last year", "2015-03-31"),
        ("at the end of the previous year", "the end of the previous year", "2015-03-31"),
        ("22 outstanding at the year end", "the year end", "2016-03-31"),
        ("223 at the time of this inspection", "at the time of this inspection", "2016-03-31"),
        ("the year ended 31 March", "year ended 31 March", "2015/16"),
        ("the 35 of last year", "last year", "2014/15"),
        ("last year's 48", "last year", "2014/15"),
        ("in the previous year", "previous year", "2014/15"),
        ("182 the year before", "the year before", "2014/15"),
        ("8% fewer than in the past year", "the past year", "2014/15"),
        ("over the past year we had", "the past year", "2015/16"),
        ("a year earlier it was", "a year earlier", "2014/15"),
        ("the preceding year", "preceding year", "2014/15"),
        ("the previous reporting year", "previous reporting year", "2014/15"),
        ("two years ago", "two years ago", "2013/14"),
        ("the same period last year", "the same period last year", "2014/15"),
        ("received this year", "this year", "2015/16"),
        ("in the year", "the year", "2015/16"),
        ("In this financial year 366", "this financial year", "2015/16"),
        ("During the reporting period", "the reporting period", "2015/16"),
        ("During the same period 50", "the same period", "2015/16"),
    ],
)
def test_what_leans_on_its_context(text: str, words: str, code: str) -> None:
    mention = one(text)
    assert text[mention.start : mention.end] == words
    assert mention.period is None
    assert resolve(mention, None) is None
    assert resolve(mention, YEAR) == Period.parse(code)


@pytest.mark.parametrize(
    ("context", "code"), [("2019/20 H1", "2018/19 H1"), ("2019/20 Q3", "2018/19 Q3"), ("2019/20", "2018/19")]
)
def test_the_same_period_of_a_year(context: str, code: str) -> None:
    assert resolve(one("the same period of 2018/19"), Period.parse(context)) == Period.parse(code)


def test_a_year_in_a_half_year_report_can_be_narrowed() -> None:
    assert narrowed(Period.financial(2018), Period.half(2019, 1)) == Period.half(2018, 1)
    assert narrowed(Period.financial(2018), YEAR) == Period.financial(2018)


def test_a_quarter_before_a_quarter() -> None:
    assert resolve(one("the previous quarter"), Period.quarter(2019, 1)) == Period.quarter(2018, 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 22 January 2019 it", "22 January 2019"),
        ("dated 14/11/2022 (ref.", "14/11/2022"),
        ("to review it: 30.09.15.", "30.09.15"),
        ("from 1st October 2014", "1st October 2014"),
        ("29 Nov 2022 |", "29 Nov 2022"),
        ("l5 Novernber 2016", "l5 Novernber 2016"),
        ("lockdown of March 2020", "March 2020"),
        ("contract ends on 31 March 2020", "31 March 2020"),
        ("Children Act 1989", "1989"),
        ("(England) Regulations 2006 require", "2006"),
        ("the 2006 Regulations", "2006"),
        ("Best from Complaints', 2006)", "2006"),
        ("since 2011", "2011"),
        ("SEND plan 2022-25", "2022-25"),
        ("over the last 18 months", "last 18 months"),
        ("in six months' time", "six months' time"),
    ],
)
def test_dates_are_found_but_are_no_periods_for_figures(text: str, words: str) -> None:
    mention = one(text)
    assert (text[mention.start : mention.end], mention.kind) == (words, "date")
    assert resolve(mention, YEAR) is None


def test_a_misprinted_year_is_kept_as_printed() -> None:
    mention = one("Children's Services 2021-21")
    assert (mention.kind, mention.misprint, resolve(mention, YEAR)) == ("year", True, None)


@pytest.mark.parametrize(
    "text",
    [
        "pages 131 and 138",
        "from 5 to 10",
        "2 569 assessments",
        "room 2018a",
        "0207 2018 1920",
        "a 65-20 vote",
        "ref. 22 003 000",
        "aged 11 to 17",
        "for 16-17 year olds",
        "£2019",
        "2,015 complaints",
        "2015 complaints were received",
        "stages 2/3",
        "it may be extended",
        "the March of progress",
        "three quarters of the complaints",
        "a quarter of them",
        "in the second half of the meeting",
        "every year",
        "paragraph 3.2.1",
        "0.2019",
        "8.30am to 5pm",
    ],
)
def test_what_is_neither_period_nor_date(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Q3 2018/19, Quarter 2 2016/17, 2019/20 Q3", ["2018/19 Q3", "2016/17 Q2", "2019/20 Q3"]),
        ("Quarter 2021 to 2022 2022 to 2023", ["2021/22", "2022/23"]),
        ("at 31 March 2014 and 31 March 2015", ["2014-03-31", "2015-03-31"]),
        ("in 2013, 2014 and 2015", ["2013", "2014", "2015"]),
        ("for the period from 1 April 2014 to 31 March 2015", ["2014/15"]),
        ("from 61 in 2016-17 to 63 in 2017-18", ["2016/17", "2017/18"]),
    ],
)
def test_several_in_a_row(text: str, codes: list[str]) -> None:
    assert [m.period.code for m in find_periods(text) if m.period] == codes


@given(st.integers(1995, 2034), st.sampled_from(["/", "-", " - ", "–", " – "]), st.booleans())
def test_every_printed_year_reads_back(year: int, dash: str, long: bool) -> None:
    second = str(year + 1) if long else f"{(year + 1) % 100:02d}"
    assert one(f"In {year}{dash}{second} there were 12").period == Period.financial(year)


@given(
    st.dates(date(1995, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]),
)
def test_every_printed_day_reads_back(day: date, form: str) -> None:
    assert one(f"As at {day.strftime(form)} there were 12").period == Period.day(day)


@given(st.text(alphabet="0123456789 /-–.(),QHOlIto andMarch'", max_size=60))
def test_mentions_lie_in_order_and_apart(text: str) -> None:
    mentions = find_periods(text)
    assert all(m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in zip(mentions, mentions[1:], strict=False))
    for mention in mentions:
        resolve(mention, YEAR)


def test_a_nought_is_no_day_of_a_month() -> None:
    assert one("Children in Care 0-11 March 2015").period == Period.day(date(2015, 3, 11))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("55 last year and 61 the year before that", ["2014/15", "2013/14"]),
        ("55 in 2015/16 and 61 the year before that", ["2015/16", "2014/15"]),
        ("55 last year and 61 the year before", ["2014/15", "2014/15"]),
        ("55 last year. In the year before that there were 61", ["2014/15", "2014/15"]),
    ],
)
def test_the_year_before_that(text: str, codes: list[str]) -> None:
    found = [resolve(mention, YEAR) for mention in find_periods(text)]
    assert [period.code for period in found if period is not None] == codes
