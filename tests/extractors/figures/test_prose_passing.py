"""What is told in passing: in brackets, between dashes, of those who were paid or asked; each beside what looks like it."""

import pytest

from extractors.figures.drafts import Topic
from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Replies: 243 of 361 in time (67.3%; 2008/09, 61.0%).",
            [
                "responses_on_time 243",
                "complaints 361",
                "responses_on_time percent_of 67.3",
                "responses_on_time percent_of 61.0 in 2008/09",
            ],
        ),
        (
            "85 complaints had been received, +12 on the 73 of 2013-14 (16.4%).",
            ["complaints 85", "complaints change 12", "complaints 73 in 2013/14", "complaints percent_change 16.4"],
        ),
        (
            "85 complaints had been received. Of the 73 of 2013-14 (16.4%) were upheld.",  # no change, whatever it is
            ["complaints 85", "complaints 73 in 2013/14", "complaints percent_of 16.4 in 2013/14 outcome=upheld"],
        ),
        (
            "At Stage 2 the average was 120 working days, albeit that this was an improvement on 2013/14 (138).",
            [
                "response_time mean 120 working days stage=2",
                "response_time mean 138 working days in 2013/14 stage=2",
            ],
        ),
        (
            "13 complaints came from children and 10 from advocates (9 and 4 in 2013/14).",
            [
                "complaints 13 complainant=child",
                "complaints 10 complainant=advocate",
                "complaints 9 in 2013/14 complainant=child",
                "complaints 4 in 2013/14 complainant=advocate",
            ],
        ),
        (
            "On the statutory side, twenty-nine - that's 24% - had been upheld and another 44 in part. 49 hadn't been upheld at all.",
            [
                "complaints 29 outcome=upheld regime=statutory",
                "complaints percent_of 24 outcome=upheld regime=statutory",
                "complaints 44 outcome=partly_upheld regime=statutory",
                "complaints 49 outcome=not_upheld regime=statutory",
            ],
        ),
        (
            "There were 21 complaints at Stage 2, 14 of them statutory and seven corporate.",
            ["complaints 21 stage=2", "complaints 14 regime=statutory stage=2", "complaints 7 regime=corporate stage=2"],
        ),
        (
            "There were 93 complaints, of which 71 were statutory complaints at Stage 1, 16 were corporate.",
            ["complaints 93", "complaints 71 regime=statutory stage=1", "complaints 16 regime=corporate"],
        ),
        (
            "How many complaints came from children themselves? 23, up from 15.",
            ["complaints 23 complainant=child", "complaints 15 in 2013/14 complainant=child"],
        ),
        ("The budget of the team is £23,000, up from £15,000.", []),
        (
            "A reply is due within ten working days, or twenty where it is complicated. Fifty-four of the 71 replies met that (76.1%).",
            [
                "responses_on_time 54 stage=1",
                "complaints 71 stage=1",
                "responses_on_time percent_of 76.1 stage=1",
            ],
        ),
        ("The L.G.O. determined 6 cases: 1 upheld, 5 not upheld.",
            ["ombudsman_cases 6", "ombudsman_cases 1 outcome=upheld", "ombudsman_cases 5 outcome=not_upheld"]),
    ],
)  # fmt: skip
def test_numbers_in_passing(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "We paid £2,300 by way of compensation, shared between seven families.",
            ["payments amount 2300", "payments 7"],
        ),
        ("£3,300 of redress went to 3 families.", ["payments amount 3300", "payments 3"]),
        ("We paid £4,700 in redress; £2,000 went to one family.", ["payments amount 4700", "payments amount 2000"]),
        ("We paid for 3 advocates, who went to 3 families.", []),
        ("The report went to 3 schools.", []),
        ("We paid £1,975 to three families as the Ombudsman recommended.", ["payments amount 1975", "payments 3"]),
        ("£1,850 of redress was paid across five cases.", ["payments amount 1850", "payments 5"]),
        ("Two payments totalling £650 had been made.", ["payments 2", "payments amount 650"]),
        ("Two payments are in dispute.", []),
        ("Payments recommended by the Ombudsman amounted to £4,200.", ["payments amount 4200"]),
        ("The salaries of the team amounted to £94,200.", []),
        ("Remedies cost £8,900, compared with £5,200.", ["payments amount 8900", "payments amount 5200 in 2013/14"]),
        ("The leaflets cost £8,900, compared with £5,200.", []),
        (
            "The Council paid £4,750 (£2,900 in 2012/13) as a result of complaints.",
            ["payments amount 4750", "payments amount 2900 in 2012/13"],
        ),
        ("Investigators were paid £7,450.", []),
        ("Payments came to £7,650. No single payment was above £1,500.", ["payments amount 7650"]),
    ],
)
def test_among_whom_redress_was_shared(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "310 niggles and queries were sorted out within three days and so never became complaints.",
            ["initial_feedback 310"],
        ),
        (
            "12 concerns were put right within a day or two and did not enter the formal procedure.",
            ["initial_feedback 12"],
        ),
        (
            "347 contacts were logged as complaints, 268 were dealt with informally as concerns.",
            ["complaints 347", "initial_feedback 268"],
        ),
        ("The team answered 310 queries about school places.", []),
        ("We dealt with 12 complaints informally.", ["complaints 12"]),
    ],
)
def test_concerns_that_never_became_complaints(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Fault had been found in four.", ["ombudsman_cases 4 outcome=upheld"]),
        (
            "He had decided seven cases, finding fault in two.",
            ["ombudsman_cases 7", "ombudsman_cases 2 outcome=upheld"],
        ),
        (
            "The Ombudsman looked into five, upholding three and not upholding two.",
            ["ombudsman_cases 5", "ombudsman_cases 3 outcome=upheld", "ombudsman_cases 2 outcome=not_upheld"],
        ),
        (
            "He closed 14 after initial enquiries and referred four back.",
            ["ombudsman_cases 14 event=closed_after_enquiries", "ombudsman_cases 4 event=premature"],
        ),
        (
            "Three cases were considered, none of which was upheld.",
            ["ombudsman_cases 3", "ombudsman_cases 0 outcome=upheld"],
        ),
        ("Three cases were considered, none of which is of interest here.", ["ombudsman_cases 3"]),
        ("He wrote back within 20 days.", []),
        ("Four officers came back from leave.", []),
    ],
)
def test_what_the_ombudsman_did(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="ombudsman_cases")) == figures


def test_enquiries_that_members_make_are_none_of_the_ombudsman() -> None:
    assert stated("MPs made 14 enquiries.") == ["enquiries 14 source=mp"]


@pytest.mark.parametrize(
    "text",
    [
        "A survey of 120 parents was run at 2 family hubs. 48% knew that they could complain.",
        "31 people (26%) said they would not know whom to ask; 11 said they would rather speak to somebody.",
        "She signs every reply that is likely to take longer than 20.",
    ],
)
def test_what_people_said_is_no_figure(text: str) -> None:
    assert stated(text) == []


def test_what_those_who_complained_did_is_one() -> None:
    assert stated("12 people complained; 11 complaints came from parents.") == [
        "complaints 12",
        "complaints 11 complainant=parent",
    ]
