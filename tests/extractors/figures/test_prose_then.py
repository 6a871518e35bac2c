"""Numbers of this year beside those of another, each beside what looks like it and says something else (written as in stating.py)."""

import pytest

from extractors.document import extract
from extractors.figures.bracketed import always_prior_in_brackets, prior_in_brackets
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.sniff import sniff
from tests.extractors.figures.stating import YEAR, stated


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The main subject of each complaint, with 2013-14 in brackets, was:", True),
        ("Outcome of Stage 1 complaints, with last year's in brackets:", True),
        ("Figures for the previous year are shown in brackets.", True),
        ("Stage 1 by division, with 2013/14 beside it:", True),
        ("Figures in brackets are the numbers upheld last year.", False),
        ("Percentages in brackets are of all the complaints of the previous year.", False),
        ("Figures for 2010/11 are in brackets.", False),
        ("Complaints have fallen since the previous year.", False),
    ],
)
def test_what_brackets_are_said_to_hold(text: str, told: bool) -> None:
    assert prior_in_brackets(text, YEAR) is told


def test_a_list_may_say_it_of_itself_and_a_sentence_of_the_whole_paper() -> None:
    assert always_prior_in_brackets(
        "A report.\nWhere a figure for the previous year is known it is given in brackets.", YEAR
    )
    assert always_prior_in_brackets("(Figures in brackets are for 2013-14.)", YEAR)
    assert not always_prior_in_brackets("Outcome of Stage 1 complaints, with last year's in brackets:", YEAR)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "We received 84 complaints (91). They took 14 working days on average (17).",
            ["complaints 84", "complaints 91 in 2013/14", "response_time mean 14 working days", "response_time mean 17 working days in 2013/14"],
        ),
        ("17 complaints (22%) were upheld.", ["complaints 17 outcome=upheld", "complaints percent_of 22 outcome=upheld"]),
        (
            "There were more complaints from women (49) than from men (31).",
            ["complaints 49 gender=women", "complaints 31 gender=men"],
        ),
    ],
)  # fmt: skip
def test_numbers_in_brackets_where_those_are_of_the_year_before(text: str, figures: list[str]) -> None:
    assert stated(text, bracketed=True) == figures


def test_brackets_hold_shares_and_other_things_elsewhere() -> None:
    assert stated("We received 84 complaints (91).") == ["complaints 84", "complaints 91"]


def document(text: str) -> list[str]:
    opening = (
        "ANYSHIRE COUNTY COUNCIL\nCHILDREN'S SERVICES COMPLAINTS ANNUAL REPORT 2014/15\n\n1. Stage 1 complaints\n\n"
    )
    data = (opening + text).encode()
    pdf = render(data, sniff(data, "report.txt")).pdf
    read = extract(read_pdf(pdf), pdf=pdf, file_name="report.txt")
    return [
        f"{x.value} {x.period.code if x.period else ''} {' '.join(sorted((v for _, v in x.dims), reverse=True))}"
        for x in read.figures
    ]


def test_a_list_whose_introduction_says_it() -> None:
    listed = (
        "Outcomes, with last year's in brackets:\n\nUpheld - 31 (25)\nPartly upheld - 40 (37)\nNot upheld - 52 (49)\n"
    )
    assert document(listed) == [
        "31 2014/15 upheld 1", "25 2013/14 upheld 1", "40 2014/15 partly_upheld 1", "37 2013/14 partly_upheld 1",
        "52 2014/15 not_upheld 1", "49 2013/14 not_upheld 1",
    ]  # fmt: skip


def test_a_list_whose_first_line_says_it() -> None:
    listed = "Which teams?\n\nMASH - 31 (2013/14: 28)\nFostering - 44 (33)\nLeaving care - 24 (23)\n"
    assert document(listed) == [
        "31 2014/15 MASH 1", "28 2013/14 MASH 1", "44 2014/15 Fostering 1", "33 2013/14 Fostering 1",
        "24 2014/15 Leaving care 1", "23 2013/14 Leaving care 1",
    ]  # fmt: skip


def test_a_list_that_says_nothing_of_its_brackets() -> None:
    listed = "Outcomes:\n\nUpheld - 31 (25)\nPartly upheld - 40 (37)\nNot upheld - 52 (49)\n"
    assert document(listed) == ["31 2014/15 upheld 1", "40 2014/15 partly_upheld 1", "52 2014/15 not_upheld 1"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "A total of 94 complaints and 138 compliments were received, as against 107 and 126 respectively in 2013-14.",
            ["complaints 94", "compliments 138", "complaints 107 in 2013/14", "compliments 126 in 2013/14"],
        ),
        (
            "There were 94 complaints, 138 compliments and 12 comments, compared with 107, 126 and 9 respectively.",
            [
                "complaints 94", "compliments 138", "comments 12",
                "complaints 107 in 2013/14", "compliments 126 in 2013/14", "comments 9 in 2013/14",
            ],
        ),
        (
            "There were 94 complaints, as against 107 in 2013-14, and 20 compliments.",
            ["complaints 94", "complaints 107 in 2013/14", "compliments 20"],
        ),
        (
            "Complaints fell by 12% whilst compliments rose by 10%.",
            ["complaints percent_change -12", "compliments percent_change 10"],
        ),
        (
            "Complaints had gone up, from 203 in 2012-13 and 228 in 2013-14 to 251, an increase on the previous year of 10%.",
            ["complaints 203 in 2012/13", "complaints 228 in 2013/14", "complaints 251", "complaints percent_change 10"],
        ),
        (
            "Of the complaints 20 came from parents and 28 in 2014-15 from carers.",
            ["complaints 20 complainant=parent", "complaints 28 complainant=carer"],
        ),
        (
            "It was expected that complaints would have fallen, as they had from 134 in 2013/14 to 109 in 2014/15 (19%).",
            ["complaints 134 in 2013/14", "complaints 109", "complaints percent_change -19"],
        ),
        (
            "There were six Ombudsman decisions, half as many as in the previous year (12).",
            ["ombudsman_cases 6", "ombudsman_cases 12 in 2013/14"],
        ),
        (
            "81% of Stage 1 replies were in time, an improvement of nine percentage points on the year before (72%).",
            [
                "responses_on_time percent_of 81 stage=1", "responses_on_time change 9 points stage=1",
                "responses_on_time percent_of 72 in 2013/14 stage=1",
            ],
        ),
        (
            "The average response time had lengthened by three working days to 18.",
            ["response_time change 3 working days", "response_time mean 18 working days"],
        ),
        (
            "The average response time was shortened by two working days.",
            ["response_time change -2 working days"],
        ),
        (
            "Fourteen Ombudsman decisions reached us, five more than the nine of the previous year: four upheld, three not upheld.",
            [
                "ombudsman_cases 14", "ombudsman_cases change 5", "ombudsman_cases 9 in 2013/14",
                "ombudsman_cases 4 outcome=upheld", "ombudsman_cases 3 outcome=not_upheld",
            ],
        ),
        (
            "In the year before, when there were 68 complaints and 84 compliments, fewer people wrote.",
            [  "complaints 68 in 2013/14", "compliments 84 in 2013/14"],
        ),
        (
            "We received 164 complaints. This is 22 down on 2013/14, when there were 186 (-11.8%).",
            ["complaints 164", "complaints change -22", "complaints 186 in 2013/14", "complaints percent_change -11.8"],
        ),
        ("There were 5 complaints in 2013/14, when staff were away. 6 complaints came this year.", ["complaints 5 in 2013/14", "complaints 6"]),
        (
            "There were 76 complaints, 51 compliments and 15 comments. The figures for 2013/14 were 83, 37 and 11 respectively, so that complaints fell by seven.",
            [
                "complaints 76", "compliments 51", "comments 15", "complaints 83 in 2013/14", "compliments 37 in 2013/14",
                "comments 11 in 2013/14", "complaints change -7",
            ],
        ),
        (
            "Complaints in the previous year numbered 262; there has been an increase of 12.5%.",
            ["complaints 262 in 2013/14", "complaints percent_change 12.5"],
        ),
        (
            "Complaints have gone up every year, by 27 this time, which is 7.3%.",
            ["complaints change 27", "complaints percent_change 7.3"],
        ),
        ("There were 119 complaints in 2013/14. That was a fall of 15, or of 12.6 per cent.", ["complaints 119 in 2013/14", "complaints change -15", "complaints percent_change -12.6"]),
        (
            "The drop from 146 complaints in 2013/14 to 129 (it is 11.6 per cent) was welcomed.",
            ["complaints 146 in 2013/14", "complaints 129", "complaints percent_change -11.6"],
        ),
        (
            "The average time taken to reply at Stage 1 was 12.6 working days, having been 15.2.",
            ["response_time mean 12.6 working days stage=1", "response_time mean 15.2 working days in 2013/14 stage=1"],
        ),
        (
            "The mean time at Stage 2 was 71 working days, six more than the law allows.",
            ["response_time mean 71 working days stage=2"],
        ),
        (
            "97 complaints were received, an increase of 9% (8) on the 89 of 2013/14.",
            ["complaints 97", "complaints percent_change 9", "complaints change 8", "complaints 89 in 2013/14"],
        ),
        ("Complaints fell by 3% (74).", ["complaints percent_change -3", "complaints 74"]),
        (
            "A Stage 1 answer took 13 working days on average, down from 17.",
            ["response_time mean 13 working days stage=1", "response_time mean 17 working days in 2013/14 stage=1"],
        ),
        ("Complaints on their own fell further, from 331 (13%).", ["complaints 331 in 2013/14", "complaints percent_change -13"]),
        ("65 letters and cards of thanks reached us, up from 41.", ["compliments 65", "compliments 41 in 2013/14"]),
        ("Complaints received: 143 (2013/14: 121).", ["complaints 143", "complaints 121 in 2013/14"]),
        (
            "The Ombudsman upheld 71% of ours, which compared with 84% for similar authorities.",
            ["ombudsman_cases percent_of 71 outcome=upheld"],
        ),
    ],
)  # fmt: skip
def test_this_year_and_another(text: str, figures: list[str]) -> None:
    assert stated(text) == figures
