"""Turns of phrase that a number leans on, each beside what looks like it and says something else (written as in stating.py)."""

import pytest

from extractors.figures.drafts import Topic
from tests.extractors.figures.stating import stated

STAGE_1 = Topic(measure="complaints", dims={"stage": "1"})


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "49 Stage 1 complaints were concluded. Of these 12 (24%) were upheld and 37 (76%) were not upheld.",
            [
                "complaints 49 event=completed stage=1",
                "complaints 12 outcome=upheld stage=1",
                "complaints percent_of 24 outcome=upheld stage=1",
                "complaints 37 outcome=not_upheld stage=1",
                "complaints percent_of 76 outcome=not_upheld stage=1",
            ],
        ),
        (
            "There were 49 complaints. Of these 49, 12 (24%) were upheld.",
            [
                "complaints 49",
                "complaints 49",
                "complaints 12 outcome=upheld",
                "complaints percent_of 24 outcome=upheld",
            ],
        ),
    ],
)
def test_some_of_these_and_all_of_these(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "91% of Stage 1 complaints were answered within timescale. At Stage 2 it was 5 out of 8 (63%).",
            [
                "responses_on_time percent_of 91 stage=1",
                "responses_on_time 5 stage=2",
                "complaints 8 stage=2",
                "responses_on_time percent_of 63 stage=2",
            ],
        ),
        (
            "Timeliness at Stage 1 stood at 72%. It was 63% the previous year.",
            ["responses_on_time percent_of 72 stage=1", "responses_on_time percent_of 63 in 2013/14 stage=1"],
        ),
        (
            "Replies had been sent on time in 79% of cases. 13 complaints had reached Stage 2, where the year before it had been 16.",
            ["responses_on_time percent_of 79", "complaints 13 stage=2", "complaints 16 in 2013/14 stage=2"],
        ),
        ("One Stage 2 was completed, in 71 working days.", ["complaints 1 event=completed stage=2"]),
        (
            "The eight Stage 2 investigations took 69 working days on average. Three of them were finished inside the statutory maximum of 65 working days.",
            ["complaints 8 stage=2", "response_time mean 69 working days stage=2", "responses_on_time 3 stage=2"],
        ),
    ],
)
def test_it_is_what_the_sentence_before_spoke_of(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "5 complaints were considered by the Ombudsman. One was upheld and £650 was paid; 3 were not upheld and 1 was premature.",
            [
                "ombudsman_cases 5",
                "ombudsman_cases 1 outcome=upheld",
                "payments amount 650",
                "ombudsman_cases 3 outcome=not_upheld",
                "ombudsman_cases 1 event=premature",
            ],
        ),
        (
            "£500 was paid in one case and £300 in two others.",
            ["payments amount 500", "payments 1", "payments amount 300", "payments 2"],
        ),
        (
            "How many complaints reached the Ombudsman? Seven, of which three had been upheld.",
            ["ombudsman_cases 7", "ombudsman_cases 3 outcome=upheld"],
        ),
        (
            "How many complaints came from young people? Nine, of which three had been upheld.",
            ["complaints 9 complainant=child", "complaints 3 complainant=child outcome=upheld"],
        ),
        ("The Ombudsman took up 24 complaints, up from 19.", ["ombudsman_cases 24", "ombudsman_cases 19 in 2013/14"]),
        ("The Ombudsman concluded two matters relating to us.", ["ombudsman_cases 2"]),
    ],
)
def test_cases_of_the_ombudsman(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "86 of the contacts had been sorted out informally by the team manager, usually within three days.",
            ["initial_feedback 86"],
        ),
        ("86 contacts were received.", ["representations 86"]),
        ("12 of the complaints were resolved informally.", ["complaints 12 outcome=resolved"]),
        ("86 of the contacts had been logged.", ["representations 86"]),
    ],
)
def test_contacts_settled_informally_never_were_complaints(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "The average time was 8.7 working days against the 10 allowed.",
        "A reply is expected within 10 working days at Stage 1 and 20 at Stage 2.",
        "The Council was set the task of replying to 85% of complaints in time.",
        "Replies in time are still under our 90% standard.",
        "The average upheld rate for county councils had been 58%.",
        "The group, which had 15 regular members, looked at complaints.",
        "The leaflet on complaints was rewritten with the Council, 12 of whose members took part.",
        "30 young people at the annual event in October were asked whether they would know how to complain.",
        "The advocacy provider sees about 40 young people in a normal month.",
        "Of the complaint sessions, 5 had been held before April.",
        "Practice Managers sample 10 cases a quarter.",
        "The officer gave three instances: letters about complaints were checked, and so on.",
        "Questionnaires on complaints had been filled in by 118 children.",
        "The team means to cut the time a Stage 2 complaint takes to 45 working days, and to train 30 more managers.",
        "The island had about 22,900 children.",
        "The county has 141,000 or so children and young people.",
    ],
)
def test_limits_aims_and_other_things_are_no_figures(text: str) -> None:
    times = [figure for figure in stated(text) if not figure.startswith("response_time mean 8.7")]
    assert times == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("11 of whom were children.", ["complaints 11 complainant=child"]),
        ("30 young people at the start of the process made complaints.", ["complaints 30 complainant=child"]),
        ("Fifteen complainants asked for Stage 2.", ["complaints 15 stage=2"]),
        ("All but the first were upheld: 10 complaints.", ["complaints 10 outcome=upheld"]),
        ("5 complaints had been upheld.", ["complaints 5 outcome=upheld"]),
        (
            "We handled 58 enquiries from councillors together with 34 from the two Members of Parliament.",
            ["enquiries 58 source=member", "enquiries 34 source=mp"],
        ),
    ],
)
def test_what_looks_like_other_things_and_is_counted(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


def test_a_part_of_another_year_is_that_of_the_period_spoken_of() -> None:
    text = "For the half year (April to September) the total is 79, compared with 64 in the same six months of 2013/14."
    assert stated(text, heading=STAGE_1) == [
        "complaints 79 in 2014/15 H1 stage=1",
        "complaints 64 in 2013/14 H1 stage=1",
    ]


def test_a_year_that_cases_carried_on_into_is_not_theirs() -> None:
    assert stated("Two Stage 2 complaints carried on into 2015/16.") == ["complaints 2 stage=2"]
    assert stated("Two Stage 2 complaints were received in 2013/14.") == ["complaints 2 in 2013/14 stage=2"]


def test_a_rise_said_again_as_a_share() -> None:
    text = "Stage 1 complaints were up by three on 2013/14, which is 7.9%."
    assert stated(text) == ["complaints change 3 stage=1", "complaints percent_change 7.9 stage=1"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Reasons: delay or failure to provide a service, 31; staff, 19; information wrong or lacking, 12.",
            [
                "complaints 31 category=delay or failure to provide a service stage=1",
                "complaints 19 category=staff stage=1",
                "complaints 12 category=information wrong or lacking stage=1",
            ],
        ),
        (
            "By district the complaints were: Carlisle 47; Allerdale and Copeland 39; Barrow 35.",
            [
                "complaints 47 stage=1 team=carlisle",
                "complaints 39 stage=1 team=allerdale and copeland",
                "complaints 35 stage=1 team=barrow",
            ],
        ),
        (
            "The teams with the most complaints were Front Door (34) and Integrated Response (29).",
            ["complaints 34 stage=1 team=front door", "complaints 29 stage=1 team=integrated response"],
        ),
        (
            "134 of the 251 complaints came by email, 66 by web form, 37 by telephone and the remaining 14 by letter.",
            [
                "complaints 134 channel=email",
                "complaints 251",
                "complaints 66 channel=web form",
                "complaints 37 channel=telephone",
                "complaints 14 channel=letter",
            ],
        ),
    ],
)
def test_what_a_list_is_by(text: str, figures: list[str]) -> None:
    """Themes, unless the list says that it is of districts or teams, or its entries are ways to complain."""
    given = {} if "251" in text else {"heading": STAGE_1}
    assert stated(text, **given) == figures


@pytest.mark.parametrize(
    ("text", "breakdown"),
    [
        ("Complaints resolved by the team manager: delay 4; conduct 3; decisions 2.", "category"),
        ("Complaints received by March were about: delay 4; conduct 3; decisions 2.", "category"),
        ("Subjects of complaints: email from a worker 4; letters 3; telephone calls not returned 2.", "category"),
    ],
)
def test_a_list_of_themes_stays_one(text: str, breakdown: str) -> None:
    found = stated(text, heading=STAGE_1)
    assert found
    assert all("team=" not in figure for figure in found)
    assert any(f"{breakdown}=" in figure for figure in found)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "63% of statutory and 79% of corporate complaints were responded to in time.",
            ["responses_on_time percent_of 63 regime=statutory", "responses_on_time percent_of 79 regime=corporate"],
        ),
        (
            "63% of statutory complaints were upheld and 79% of corporate complaints were responded to in time.",
            [
                "complaints percent_of 63 outcome=upheld regime=statutory",
                "responses_on_time percent_of 79 regime=corporate",
            ],
        ),
        (
            "In Quarter 1 8 of 10 (80%) were answered in time and in Quarter 2 7 of 11 (64%).",
            [
                "responses_on_time 8 in 2014/15 Q1",
                "complaints 10 in 2014/15 Q1",
                "responses_on_time percent_of 80 in 2014/15 Q1",
                "responses_on_time 7 in 2014/15 Q2",
                "responses_on_time percent_of 64 in 2014/15 Q2",
            ],
        ),
        (
            "The share that went to Stage 2 is lower than in 2013/14, when 23 of 209 (11.0%) did.",
            [
                "complaints 23 in 2013/14 stage=2",
                "complaints 209 stage=2",
                "complaints percent_of 11.0 in 2013/14 stage=2",
            ],
        ),
        (
            "A further 133 concerns were put right within a day and were not registered as complaints (117 in 2013/14).",
            ["initial_feedback 133", "initial_feedback 117 in 2013/14"],
        ),
        (
            "£4,775 was paid in nine cases, an average of £531. A ceiling of £500 applies.",
            ["payments amount 4775", "payments 9", "payments mean 531"],
        ),
        (
            "Stage 1 complaints went up by 25, or 32%, and Stage 2 complaints doubled.",
            ["complaints change 25 stage=1", "complaints percent_change 32 stage=1"],
        ),
        ("There was an increase of 5 in Stage 1 complaints.", ["complaints change 5 stage=1"]),
        (
            "Of the 63 complaints, six were settled by alternative dispute resolution and the remaining 57 went to an investigation.",
            ["complaints 63", "adr_cases 6", "complaints 57 event=investigated"],
        ),
        (
            "It took 17 working days on average to answer Stage 1 and 84 to conclude Stage 2.",
            ["response_time mean 17 working days stage=1", "response_time mean 84 working days stage=2"],
        ),
    ],
)
def test_what_numbers_beside_each_other_share(text: str, figures: list[str]) -> None:
    assert stated(text) == figures
