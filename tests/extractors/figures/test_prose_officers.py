"""Turns of phrase of council officers and committee clerks, each beside what looks like it (written as in stating.py)."""

import pytest

from extractors.figures.drafts import Topic
from tests.extractors.figures.stating import stated

ABOUT_COMPLAINTS = Topic(measure="complaints")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Complaints by district: North 84 (91) Central 119 (108) East 131 (142)",
            [
                "complaints 84 team=North", "complaints 91 team=North", "complaints 119 team=Central", "complaints 108 team=Central",
                "complaints 131 team=East", "complaints 142 team=East",
            ],
        ),
        (
            "Complaints by service: First Contact and Locality 33 Looked After Through Care 15 Disability 6",
            [
                "complaints 33 service=First Contact and Locality", "complaints 15 service=Looked After Through Care",
                "complaints 6 service=Disability",
            ],
        ),
        ("Complaints were discussed in Room 4 and at Minute 12.", []),
        (
            "The commonest were: (a) communication, 52; (b) contact with the child, 25; (c) support for carers, 23.",
            [
                "complaints 52 category=communication", "complaints 25 category=contact with the child",
                "complaints 23 category=support for carers",
            ],
        ),
        (
            "Complaints came from: (a) parents, 52; (b) carers, 25; (c) advocates, 23.",
            ["complaints 52 complainant=parent", "complaints 25 complainant=carer", "complaints 23 complainant=advocate"],
        ),
        (
            "54% of complaints came by email and 27% through the online form.",
            ["complaints percent_of 54 channel=email", "complaints percent_of 27 channel=online form"],
        ),
        (
            "18 complaints came from young people. Of these, twelve were from children who are looked after, five from care leavers and one from a disabled child.",
            [
                "complaints 18 complainant=child", "complaints 12 cohort=looked_after complainant=child",
                "complaints 5 cohort=care_leaver complainant=child", "complaints 1 cohort=disabled complainant=child",
            ],
        ),
        (
            "At Stage 1 18 complaints (25.7%) were upheld, 21 (30%) were upheld in part and 31 (44.3%) were not.",
            [
                "complaints 18 outcome=upheld stage=1", "complaints percent_of 25.7 outcome=upheld stage=1",
                "complaints 21 outcome=partly_upheld stage=1", "complaints percent_of 30 outcome=partly_upheld stage=1",
                "complaints 31 outcome=not_upheld stage=1", "complaints percent_of 44.3 outcome=not_upheld stage=1",
            ],
        ),
        (
            "Nine Stage 2 investigations were completed, one of which upheld the complaint and two of which did not uphold it.",
            ["complaints 9 event=completed stage=2", "complaints 1 outcome=upheld stage=2", "complaints 2 outcome=not_upheld stage=2"],
        ),
        ("Five complaints were still being looked into.", ["complaints 5 event=ongoing"]),
        ("Three Stage 2 complaints were upheld and two are not finished.", ["complaints 3 outcome=upheld stage=2", "complaints 2 event=ongoing stage=2"]),
        ("84 complaints were statutory and 34 were handled corporately.", ["complaints 84 regime=statutory", "complaints 34 regime=corporate"]),
        (
            "74 of the compliments were for fostering and adoption, 51 for family support and 43 for residential care.",
            [
                "compliments 74 category=fostering and adoption", "compliments 51 category=family support",
                "compliments 43 category=residential care",
            ],
        ),
        (
            "Of the Stage 2 investigations two were fully upheld, six partially and two not at all.",
            ["complaints 2 outcome=upheld stage=2", "complaints 6 outcome=partly_upheld stage=2", "complaints 2 outcome=not_upheld stage=2"],
        ),
        ("Two were upheld and six partially sighted people wrote.", ["complaints 2 outcome=upheld"]),
        (
            "Complaints had gone up by 18, from 241 to 263, and that the growth was entirely at the first stage was noted.",
            ["complaints change 18", "complaints 241 in 2013/14", "complaints 263"],
        ),
        ("203 complaints were made at Stage 1 or above.", ["complaints 203"]),
        (
            "Eight complaints came from children in care, of whom there were 183 at 31 March 2015.",
            ["complaints 8 cohort=looked_after complainant=child", "children_supported 183 in 2015-03-31 cohort=looked_after"],
        ),
        (
            "212 subject access requests were received; 64% were answered within a month and 38 were late.",
            [
                "subject_access_requests 212", "responses_on_time percent_of 64 category=subject access requests",
                "subject_access_requests 38 event=late",
            ],
        ),
        ("12 subject access requests were received within a month.", ["subject_access_requests 12"]),
        ("Seven complaints were mediated.", ["adr_cases 7"]),
        ("There were 14 complaints at Stage 2, and 3 reached a panel.", ["complaints 14 stage=2", "complaints 3 stage=3"]),
        ("There were 14 complaints at Stage 2. 3 officers spoke to the panel.", ["complaints 14 stage=2"]),
        ("The Ombudsman made 15 decisions about the Trust.", ["ombudsman_cases 15"]),
        ("Complaints were under-recorded. There were 54, as against 61.", ["complaints 54", "complaints 61 in 2013/14"]),
    ],
)  # fmt: skip
def test_lists_and_groups(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A total of £16,350 had been paid in ten cases.", ["payments amount 16350", "payments 10"]),
        ("A payment was recommended in six cases. These came to £6,350.", ["payments 6", "payments amount 6350"]),
        ("The fault was put right with an apology and £200.", ["payments amount 200"]),
        (
            "£4,400 had been paid in compensation, £2,500 of it in one case.",
            ["payments amount 4400", "payments amount 2500"],
        ),
        ("Independent investigators and panel members were paid £14,360 during the year.", []),
        ("Compensation of £625 was paid to complainants.", ["payments amount 625"]),
        ("The service cost £9,870 in fees.", []),
        ("Nobody had been paid more than £1,000.", []),
        (
            "The cases cost the Council £13,900 in remedies, compared with £6,250 in 2013/14. The average for county councils was £9,480.",
            ["payments amount 13900", "payments amount 6250 in 2013/14"],
        ),
        ("£1,400 was paid; annual provision £10,000.", ["payments amount 1400"]),
        ("Savings of £1.8m had to be found.", []),
        (
            "What has been paid in compensation? At stage two, £3,200 in six cases.",
            ["payments amount 3200", "payments 6"],
        ),
        ("What does it cost? At stage two, £3,200 in six cases.", []),
    ],
)
def test_what_was_paid_and_to_whom(text: str, figures: list[str]) -> None:
    assert stated(text, topic=ABOUT_COMPLAINTS) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Just four Stage 2 investigations had kept to 65 working days.", ["responses_on_time 4 stage=2"]),
        (
            "Members had made 112 enquiries and MPs 59; 9 in 10 were answered in the 10 days allowed.",
            ["enquiries 112 source=member", "enquiries 59 source=mp"],
        ),
        (
            "The six at Stage 2 had taken 101 working days on average (the shortest 58).",
            ["complaints 6 stage=2", "response_time mean 101 working days stage=2"],
        ),
        (
            "On timeliness, members were told that 81 of 104 (78%) had been answered when they should be. In the previous year it had been 68%.",
            [
                "responses_on_time 81",
                "responses_on_time percent_of 78",
                "responses_on_time percent_of 68 in 2013/14",
            ],
        ),
        (
            "There were 48 corporate complaints, 217 Members' enquiries (of which 88% were answered on time) and 12 comments.",
            [
                "complaints 48 regime=corporate",
                "enquiries 217 source=member",
                "responses_on_time percent_of 88 source=member",
                "comments 12",
            ],
        ),
        (
            "The average at Stage 1 was 13.5 working days, two days better than in 2013/14 (15.4).",
            [
                "response_time mean 13.5 working days stage=1",
                "response_time change -2 working days stage=1",
                "response_time mean 15.4 working days in 2013/14 stage=1",
            ],
        ),
        ("71 enquiries had come from the five local MPs.", ["enquiries 71"]),
        ("71 enquiries had come from five local MPs.", ["enquiries 71", "enquiries 5 source=mp"]),
        ("It was noted that Members had themselves raised 93 enquiries.", ["enquiries 93 source=member"]),
    ],
)
def test_times_and_enquiries(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "It is common for more than one matter to be raised in a single complaint.",
        "Anybody who makes use of a service, or who is refused one, can complain.",
        "The team has three priorities: to visit 14 offices, to train 60 managers, and to bring the response rate up to 80%.",
        "Twelve were discussed at the practice forum.",
        "The advocate had 41 young people on her books.",
        "There were 320 children in care.",
        "The programme was in year 2 of 4.",
        "A survey in which 412 families took part had shown that 71% knew how to complain.",
        "94% had rated it good or better.",
        "The population aged 0 to 17 had grown by 12.6% in 10 years, to 93,800.",
        "Councillor Smith (Vice-Chairman) and eight others were present.",
        "38 managers of 45 had been on the course.",
        "Every one of the complaints was answered.",
        "The leaflet cost 11p a copy and 20,000 had been printed.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert stated(text, topic=Topic(measure="enquiries")) == []


def test_names_in_a_row_count_what_the_sentence_before_counted() -> None:
    row = "North 84 (91) Central 119 (108) East 131 (142)"
    assert stated(row, topic=ABOUT_COMPLAINTS, bracketed=True) == [
        "complaints 84 category=North", "complaints 91 in 2013/14 category=North",
        "complaints 119 category=Central", "complaints 108 in 2013/14 category=Central",
        "complaints 131 category=East", "complaints 142 in 2013/14 category=East",
    ]  # fmt: skip
    assert stated("Present: Councillors Smith 2 Jones 3 Brown 4", topic=ABOUT_COMPLAINTS) == []
