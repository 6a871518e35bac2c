"""Ways in which papers state figures: a sentence in, all its figures out (written as in stating.py)."""

from datetime import date

import pytest

from extractors.figures.drafts import Context, Topic
from extractors.figures.prose import read_prose
from schemas.periods import Period
from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "There were 117 complaints in 2014/15, an increase of 15% from 102 in 2013/14.",
            ["complaints 117", "complaints percent_change 15", "complaints 102 in 2013/14"],
        ),
        (
            "Complaints rose by 9% (87) compared to 2013/14 (80).",
            ["complaints percent_change 9", "complaints 87", "complaints 80 in 2013/14"],
        ),
        (
            "Complaints rose by 18% (72 from 61).",
            ["complaints percent_change 18", "complaints 72", "complaints 61 in 2013/14"],
        ),
        (
            "Complaints went up by 11% (79 to 88).",
            ["complaints percent_change 11", "complaints 79 in 2013/14", "complaints 88"],
        ),
        (
            "Stage 1 complaints rose from 74 in 2013/14 to 92.",
            ["complaints 74 in 2013/14 stage=1", "complaints 92 stage=1"],
        ),
        (
            "In 2014/15 the council received 327 complaints, up from 298 in 2013/14.",
            ["complaints 327", "complaints 298 in 2013/14"],
        ),
        (
            "There were 88 complaints, a fall from 97 of 9.3%.",
            ["complaints 88", "complaints 97 in 2013/14", "complaints percent_change -9.3"],
        ),
        (
            "83 Stage 1 complaints were received, a 15.3% decrease from 98 in 2013/14.",
            ["complaints 83 stage=1", "complaints percent_change -15.3 stage=1", "complaints 98 in 2013/14 stage=1"],
        ),
        (
            "75 complaints were received, a decrease of 2 (2.6%) against the 77 of 2013/14.",
            ["complaints 75", "complaints change -2", "complaints percent_change -2.6", "complaints 77 in 2013/14"],
        ),
        (
            "Complaints fell by 25% in 2014/15 (80) compared to 2013/14 (106).",
            ["complaints percent_change -25", "complaints 80", "complaints 106 in 2013/14"],
        ),
    ],
)
def test_level_with_its_base(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Complaints were up by 29 from 73.", ["complaints change 29", "complaints 73 in 2013/14"]),
        (
            "There were 25 Stage 2 complaints, one fewer than in 2013/14.",
            ["complaints 25 stage=2", "complaints change -1 stage=2"],
        ),
        (
            "Stage 1 complaints numbered 62, nine fewer than the 71 of 2013/14.",
            ["complaints 62 stage=1", "complaints change -9 stage=1", "complaints 71 in 2013/14 stage=1"],
        ),
        ("Compliments: 31 (+9).", ["compliments 31", "compliments change 9"]),
        ("Complaints: 84 (-4 on last year).", ["complaints 84", "complaints change -4"]),
        ("62 complaints were received, 8 down on 2013/14.", ["complaints 62", "complaints change -8"]),
        (
            "61% of complaints were upheld, up 7 percentage points from 54% in 2013/14.",
            [
                "complaints percent_of 61 outcome=upheld",
                "complaints change 7 points outcome=upheld",
                "complaints percent_of 54 in 2013/14 outcome=upheld",
            ],
        ),
    ],
)
def test_change_alone(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Complaints increased by 3% (26 from 27).",
            ["complaints percent_change 3", "complaints 26", "complaints 27 in 2013/14"],
        ),
        (
            "Complaints increased by 4%, from 27 in 2013/14 to 26.",
            ["complaints percent_change 4", "complaints 27 in 2013/14", "complaints 26"],
        ),
    ],
)
def test_a_wrong_direction_is_kept_as_printed(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "62% (5) of the complaints were upheld.",
            ["complaints percent_of 62 outcome=upheld", "complaints 5 outcome=upheld"],
        ),
        (
            "17 (13.0%) complaints were upheld.",
            ["complaints 17 outcome=upheld", "complaints percent_of 13.0 outcome=upheld"],
        ),
        (
            "68 of 91 complaints, 74.7%, were upheld.",
            ["complaints 68 outcome=upheld", "complaints 91", "complaints percent_of 74.7 outcome=upheld"],
        ),
        (
            "47 out of 58 complaints were answered within the timescale.",
            ["responses_on_time 47", "complaints 58"],
        ),
        (
            "50% (1/2) of Stage 2 complaints were answered on time.",
            ["responses_on_time percent_of 50 stage=2", "responses_on_time 1 stage=2", "complaints 2 stage=2"],
        ),
        ("Three in ten complaints (30%) were upheld.", ["complaints percent_of 30 outcome=upheld"]),
        (
            "26 complaints, i.e. 9%, came from young people.",
            ["complaints 26 complainant=child", "complaints percent_of 9 complainant=child"],
        ),
        (
            "Of the 75 complaints 17 (22.7%) were upheld. The remaining 58 (77.3%) were not upheld.",
            [
                "complaints 75",
                "complaints 17 outcome=upheld",
                "complaints percent_of 22.7 outcome=upheld",
                "complaints 58 outcome=not_upheld",
                "complaints percent_of 77.3 outcome=not_upheld",
            ],
        ),
        (
            "Stage 1: 69% were answered on time (target 80%; 74% in 2013/14).",
            ["responses_on_time percent_of 69 stage=1", "responses_on_time percent_of 74 in 2013/14 stage=1"],
        ),
    ],
)
def test_share_and_number(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "633 complaints were received, of which 58 were upheld and 12 were partly upheld.",
            ["complaints 633", "complaints 58 outcome=upheld", "complaints 12 outcome=partly_upheld"],
        ),
        (
            "670 complaints were received, of which (i) 612 were at Stage 1, (ii) 58 were at Stage 2.",
            ["complaints 670", "complaints 612 stage=1", "complaints 58 stage=2"],
        ),
        (
            "There were 85 complaints: (a) 55 statutory; (b) 30 corporate.",
            ["complaints 85", "complaints 55 regime=statutory", "complaints 30 regime=corporate"],
        ),
        (
            "Upheld and partly upheld complaints were 19 and 12 respectively.",
            ["complaints 19 outcome=upheld", "complaints 12 outcome=partly_upheld"],
        ),
        (
            "24% (19) of complaints were upheld and 15% (12) were partly upheld.",
            [
                "complaints percent_of 24 outcome=upheld",
                "complaints 19 outcome=upheld",
                "complaints percent_of 15 outcome=partly_upheld",
                "complaints 12 outcome=partly_upheld",
            ],
        ),
        (
            "The outcomes were: upheld, eleven; partly upheld, thirty-two.",
            ["complaints 11 outcome=upheld", "complaints 32 outcome=partly_upheld"],
        ),
        (
            "Complaints came from parents (149), relatives (27) and carers (6).",
            [
                "complaints 149 complainant=parent",
                "complaints 27 complainant=relative",
                "complaints 6 complainant=carer",
            ],
        ),
        (
            "149 complaints came from parents; 27 came from relatives.",
            ["complaints 149 complainant=parent", "complaints 27 complainant=relative"],
        ),
        (
            "464 representations were received: 211 complaints, 187 compliments and 66 comments.",
            ["representations 464", "complaints 211", "compliments 187", "comments 66"],
        ),
        (
            "12 complaints were about staff conduct and 7 about delay.",
            ["complaints 12 category=staff conduct", "complaints 7 category=delay"],
        ),
        (
            "31 enquiries came from councillors and 12 from MPs.",
            ["enquiries 31 source=member", "enquiries 12 source=mp"],
        ),
        (
            "The Ombudsman received 14 complaints, of which 5 were premature and 3 were upheld.",
            ["ombudsman_cases 14", "ombudsman_cases 5 event=premature", "ombudsman_cases 3 outcome=upheld"],
        ),
        (
            "By quarter the numbers of complaints were 61, 71, 45 and 80.",
            [
                "complaints 61 in 2014/15 Q1",
                "complaints 71 in 2014/15 Q2",
                "complaints 45 in 2014/15 Q3",
                "complaints 80 in 2014/15 Q4",
            ],
        ),
    ],
)
def test_inline_lists(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Two hundred and forty-six complaints were received.", ["complaints 246"]),
        ("Twenty-three compliments were received.", ["compliments 23"]),
        ("61 per cent of complaints were upheld.", ["complaints percent_of 61 outcome=upheld"]),
        ("A third (33.3%) of the complaints were upheld.", ["complaints percent_of 33.3 outcome=upheld"]),
        ("No complaints reached Stage 3.", ["complaints 0 stage=3"]),
        ("There were no Stage 3 complaints.", ["complaints 0 stage=3"]),
        ("All three Stage 2 complaints were upheld.", ["complaints 3 outcome=upheld stage=2"]),
    ],
)
def test_words(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Complaints at Stage 2 were exactly double last year's 24.", ["complaints 24 in 2013/14 stage=2"]),
        (
            "Complaints have more than doubled since 2013/14 when there were 151.",
            ["complaints 151 in 2013/14"],
        ),
        ("The same number of complaints as last year, 41, was received.", ["complaints 41"]),
        ("The report for 2013/14 reported 176 complaints.", ["complaints 176 in 2013/14"]),
    ],
)
def test_by_reference(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "At 31 March 2015 there were 655 children in care.",
            ["children_supported 655 in 2015-03-31 cohort=looked_after"],
        ),
        (
            "At 31 March 2015 494 children were looked after (67 per 10,000 children), an increase from 465 "
            "(63.1 per 10,000 children) at 31 March 2014.",
            [
                "children_supported 494 in 2015-03-31 cohort=looked_after",
                "children_supported rate 67 per_10000_children in 2015-03-31 cohort=looked_after",
                "children_supported 465 in 2014-03-31 cohort=looked_after",
                "children_supported rate 63.1 per_10000_children in 2014-03-31 cohort=looked_after",
            ],
        ),
        (
            "On 31 March 2015 212 children were subject of a child protection plan.",
            ["children_supported 212 in 2015-03-31 cohort=child_protection"],
        ),
    ],
)
def test_stocks_and_their_rates(text: str, figures: list[str]) -> None:
    assert stated(text, default=None) == figures


IN_CARE = Topic(measure="children_supported", dims={"cohort": "looked_after"}, period=Period.day(date(2015, 3, 31)))


def test_shares_of_a_part_of_those_just_counted() -> None:
    text = "Of these, 98 live in residential homes, of whom 33% live out of the authority area."
    assert stated(text, default=None, topic=IN_CARE) == [
        "children_supported 98 in 2015-03-31 category=residential homes cohort=looked_after",
        "children_supported percent_of 33 in 2015-03-31 category=residential homes, out of the authority area cohort=looked_after",
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("There were 1.4 complaints per 1,000 children.", ["complaints rate 1.4 per_1000_children"]),
        ("1.1 complaints were received for every 1,000 children.", ["complaints rate 1.1 per_1000_children"]),
    ],
)
def test_rates(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The mean response time was 14 working days and the median 10.",
            ["response_time mean 14 working days", "response_time median 10 working days"],
        ),
        (
            "Stage 2 complaints took an average of 78 working days to answer; the limit is sixty-five.",
            ["response_time mean 78 working days stage=2"],
        ),
    ],
)
def test_times(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Compensation of £5,400 was paid (£1,800 a case).", ["payments amount 5400", "payments mean 1800"]),
        (
            "Redress of £300 was paid in one case and £2,050 in all.",
            ["payments amount 300", "payments 1", "payments amount 2050"],
        ),
        (
            "Compensation was £2,000, up from £1,500 in 2013/14.",
            ["payments amount 2000", "payments amount 1500 in 2013/14"],
        ),
        (
            "Payments of £5,400 were made, £1,400 more than in 2013/14.",
            ["payments amount 5400", "payments change 1400"],
        ),
        ("Savings of £12,500 were made.", ["savings amount 12500"]),
    ],
)
def test_money(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "1.2% of complaints were upheld (3.4% in 2013/14).",
            ["complaints percent_of 1.2 outcome=upheld", "complaints percent_of 3.4 in 2013/14 outcome=upheld"],
        ),
        (
            "Complaints rose by 6% in 2014/15 (&$) compared to 70 in 2013/14.",
            ["complaints percent_change 6", "complaints ?74", "complaints 70 in 2013/14"],
        ),
        ("509% of complaints were upheld.", ["complaints percent_of ?50 outcome=upheld"]),
    ],
)
def test_corrections_and_slips(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The council received over 70 complaints.", ["complaints 70 (at_least)"]),
        ("About 40 compliments were received.", ["compliments 40 (about)"]),
        ("Nearly 30 enquiries were received.", ["enquiries 30 (about)"]),
        ("Fewer than 30 complaints were received.", ["complaints 30 (at_most)"]),
    ],
)
def test_hedges(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("6 cases were settled by alternative dispute resolution.", ["adr_cases 6"]),
        (
            "12 subject access requests were received, 9 of them late.",
            ["subject_access_requests 12", "subject_access_requests 9 event=late"],
        ),
        ("There were 8,178 referrals in the year.", ["referrals 8178"]),
        ("2,569 assessments were completed.", ["assessments 2569"]),
        ("In Quarter 2 there were 45 complaints.", ["complaints 45 in 2014/15 Q2"]),
        ("Ten complaints progressed to Stage 2.", ["complaints 10 stage=2"]),
        ("Four complaints were withdrawn.", ["complaints 4 event=withdrawn"]),
    ],
)
def test_other_measures_periods_and_events(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A report on complaints about Children's Services 2021-21 was received.", ["2021-21"]),
        ("Complaints rose to 90 in 2014/14 (from 80).", ["2014/14"]),
        ("The report for 2020-21 was received.", []),
        ("The plan for 2021-25 was noted.", []),
        ("Minute 2021/21 was agreed, as was minute no. 2021/21.", []),
    ],
)
def test_a_year_that_is_none_is_marked_as_a_misprint(text: str, printed: list[str]):
    marks = read_prose(text, Context(period=Period.parse("2014/15"), default="complaints")).marks
    assert [text[m.start : m.end] for m in marks if m.reason == "misprint"] == printed


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("In 2015/16 the team means to cut the time a Stage 2 investigation takes to 45 working days.", []),
        ("The team intends to reduce the average time of a reply to 12 working days.", []),
        ("The average time of a reply fell to 12 working days.", ["response_time mean 12 working days"]),
        (
            "The average reply took 12 working days, and the team aims to do better.",
            ["response_time mean 12 working days"],
        ),
        (
            "The team wanted to do better, and the average reply took 12 working days.",
            ["response_time mean 12 working days"],
        ),
    ],
)
def test_a_time_that_is_intended_is_no_figure(text: str, figures: list[str]):
    assert stated(text) == figures
