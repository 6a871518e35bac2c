"""Things named beside their numbers: enumerations, places, ways of complaining; and quarters told by their order."""

import pytest

from extractors.figures.drafts import Topic
from tests.extractors.figures.stating import stated

COMPLAINTS = Topic(measure="complaints", counted=(("complaints", {}),))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Communication had 34% of complaints, delay 21% and contact arrangements 12%.",
            [
                "complaints percent_of 34 category=communication",
                "complaints percent_of 21 category=delay",
                "complaints percent_of 12 category=contact arrangements",
            ],
        ),
        (
            "Email was used for 67 of the complaints, the web form for 32 and letters for 6.",
            ["complaints 67 channel=email", "complaints 32 channel=web form", "complaints 6 channel=letter"],
        ),
        (
            "There were 95 compliments: Early Help 44, Fostering 36 and Youth Justice 15.",
            [
                "compliments 95",
                "compliments 44 category=early help",
                "compliments 36 category=fostering",
                "compliments 15 category=youth justice",
            ],
        ),
        (
            "The complaints concerned Assessment (49), the Disabled Children's Team (11) and Pathway (7).",
            [
                "complaints 49 category=assessment",
                "complaints 11 category=disabled children's team",
                "complaints 7 category=pathway",
            ],
        ),
        (
            "Communication was the subject of 51 complaints (32%), the quality of an assessment of 38 (24%) and staff conduct of 29 (18%).",
            [
                "complaints 51 category=communication",
                "complaints percent_of 32 category=communication",
                "complaints 38 category=quality of an assessment",
                "complaints percent_of 24 category=quality of an assessment",
                "complaints 29 category=staff conduct",
                "complaints percent_of 18 category=staff conduct",
            ],
        ),
        # who complained is the vocabulary's to say
        (
            "The complaints were from parents (12), carers (5) and advocates (3).",
            ["complaints 12 complainant=parent", "complaints 5 complainant=carer", "complaints 3 complainant=advocate"],
        ),
        # several measures one after the other are no breakdown
        (
            "The team recorded complaints 12, compliments 9 and comments 4.",
            ["complaints 12", "compliments 9", "comments 4"],
        ),
        # votes, and other things that are counted by name
        ("The parties had Labour 9, Liberal 4 and Green 2 votes.", []),
        ("Of the complaints, 30 came from Harehills and 12 from Chapel Allerton.",
         ["complaints 30 category=harehills", "complaints 12 category=chapel allerton"]),
        ("There were 12 complaints from people who had never written before.", ["complaints 12"]),
        (
            "14 of the complaints (19.7%) were taken down over the telephone and four arrived by letter.",
            ["complaints 14 channel=telephone", "complaints percent_of 19.7 channel=telephone", "complaints 4 channel=letter"],
        ),
    ],
)  # fmt: skip
def test_things_named_before_their_numbers(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


def test_an_enumeration_of_nothing_counted_so_far_gives_no_figures() -> None:
    assert stated("First aid had 14, safeguarding 20 and restorative practice 9.") == []


def test_an_enumeration_leans_on_what_was_counted_before_it() -> None:
    found = stated("Delay had 14, communication 20 and money 9.", topic=COMPLAINTS)
    assert found == [
        "complaints 14 category=delay",
        "complaints 20 category=communication",
        "complaints 9 category=money",
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "44 complaints came in the first quarter, 31 in the second, 29 in the third and 16 in the fourth.",
            [
                "complaints 44 in 2014/15 Q1",
                "complaints 31 in 2014/15 Q2",
                "complaints 29 in 2014/15 Q3",
                "complaints 16 in 2014/15 Q4",
            ],
        ),
        # no quarter is spoken of
        ("44 complaints were in the first group and 31 complaints in the second.", ["complaints 44", "complaints 31"]),
        (
            "We had 93 complaints, 21 fewer than in 2013/14, when there had been 114.",
            ["complaints 93", "complaints change -21", "complaints 114 in 2013/14"],
        ),
        (
            "Sixty complaints (74%) were answered in time, an improvement on 70% in 2013/14.",
            ["responses_on_time 60", "responses_on_time percent_of 74", "responses_on_time percent_of 70 in 2013/14"],
        ),
        (
            "On time were 79% of complaints, an improvement of four percentage points on 75%.",
            [
                "responses_on_time percent_of 79",
                "responses_on_time change 4 points",
                "responses_on_time percent_of 75 in 2013/14",
            ],
        ),
        ("So there were fifteen more complaints.", ["complaints change 15"]),
        ("There were fifteen more complaints than in 2013/14.", ["complaints change 15"]),
        ("More than fifteen complaints were received.", ["complaints 15 (at_least)"]),
    ],
)  # fmt: skip
def test_quarters_and_changes(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "The borough has about 50,000 children.",
        "About 50,000 children live here.",
        "It was scored 6 out of 10.",
        "Fathers are entered on the record from day one.",
        '"You rang every Friday," wrote one mother.',
        "One father had left 16 messages.",
        "If that went on the total would exceed 100.",
        "The priorities are to answer 80% of Stage 1 complaints in time.",
        "The Committee considered report PAF/22/24.",
        "The youngest of whom was 9.",
    ],
)
def test_numbers_that_count_no_complaints(text: str) -> None:
    assert stated(text, topic=COMPLAINTS) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Five young people of the borough complained.", ["complaints 5 complainant=child"]),
        ("One father complained.", ["complaints 1 complainant=parent"]),
        (
            "There were 41 enquiries from councillors and 36 from MPs.",
            ["enquiries 41 source=member", "enquiries 36 source=mp"],
        ),
        ("There were 77 enquiries from MPs and councillors together.", ["enquiries 77"]),
        (
            "Two complaints were upheld, five partly upheld and one not.",
            ["complaints 2 outcome=upheld", "complaints 5 outcome=partly_upheld", "complaints 1 outcome=not_upheld"],
        ),
    ],
)
def test_who_and_what_became_of_it(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


def test_complaints_closed_after_enquiries_are_the_ombudsmans_where_the_text_is_about_him() -> None:
    text = "Five complaints were upheld, three were not and eight were closed after initial enquiries."
    assert stated(text, topic=Topic(measure="ombudsman_cases")) == [
        "ombudsman_cases 5 outcome=upheld",
        "ombudsman_cases 3 outcome=not_upheld",
        "ombudsman_cases 8 event=closed_after_enquiries",
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The complaints were split North 84, Central 106 and East 111.",
            ["complaints 84 category=North", "complaints 106 category=Central", "complaints 111 category=East"],
        ),
        (
            "By email 31; by telephone 20; by letter or form 12; in person 5.",
            [
                "complaints 31 channel=email",
                "complaints 20 channel=telephone",
                "complaints 12 channel=letter or form",
                "complaints 5 channel=in person",
            ],
        ),
        ("Complaints went up by 14.3% and compliments by twelve.", ["complaints percent_change 14.3", "compliments change 12"]),
        (
            "On average a Stage 1 complaint was answered in 17 working days, three days quicker than in the year before.",
            ["response_time mean 17 working days stage=1", "response_time change -3 working days stage=1"],
        ),
        ("Of 71 actions agreed, 66 had been carried out.", []),
        ("Of the 71 complaints, 66 had been answered in time.", ["complaints 71", "responses_on_time 66"]),
        ("No one under 9 had complained.", []),
        ("The vacancy rate had been cut from 22% to 14%.", []),
    ],
)  # fmt: skip
def test_lists_without_a_verb_and_what_is_told_of_something_else(text: str, figures: list[str]) -> None:
    assert stated(text, topic=COMPLAINTS) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Fifty-nine replies were sent within ten or twenty working days.", ["responses_on_time 59 stage=1"]),
        ("Three replies were sent within the 65 working days allowed.", ["responses_on_time 3 stage=2"]),
        # one limit alone may be the council's own
        ("Fifty-nine replies were sent within 20 working days.", ["responses_on_time 59"]),
        ("Fifty-nine corporate replies were sent within ten or twenty working days.", ["responses_on_time 59 regime=corporate"]),
        ("The limit is 10 days for ten or twenty pages.", []),
    ],
)  # fmt: skip
def test_time_limits_in_law_tell_the_stage(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Conduct of worker - 12 (36%)",
            ["complaints 12 category=conduct of worker", "complaints percent_of 36 category=conduct of worker"],
        ),
        (
            "Of the six at Stage 2, four had been escalated from Stage 1.",
            ["complaints 6 stage=2", "complaints 4 stage=2"],
        ),
        (
            "71 were statutory complaints at Stage 1 and 16 were corporate.",
            ["complaints 71 regime=statutory stage=1", "complaints 16 regime=corporate"],
        ),
        ("Timeliness at Stage 1 stood at 72%.", ["responses_on_time percent_of 72 stage=1"]),
        # timeliness only mentioned
        (
            "Timeliness matters, and 72% of complaints came from parents.",
            ["complaints percent_of 72 complainant=parent"],
        ),
        # parts of a law, those present, what is no total, and limits
        ("Complaints may be made under Parts 3, 4 and 5 of the Children Act.", []),
        ("Present: five Councillors and 3 young people.", []),
        ("Percentages of complaints may not total 100.", []),
        ("A manager has 10 working days to reply to a complaint and in no case later than 20.", []),
    ],
)
def test_groups_left_and_numbers_of_order(text: str, figures: list[str]) -> None:
    assert stated(text, topic=COMPLAINTS) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At Stage 1 the limit was 10 working days, which could be taken to 20.", []),
        ("The town has 28,500 children under 18.", []),
        ("She had read 10 of them with the names taken out.", []),
        ("During the quarter 1,240 complaints came in.", ["complaints 1240"]),
        ("In quarter 1 there were 40 complaints.", ["complaints 40 in 2014/15 Q1"]),
    ],
)
def test_limits_populations_and_quarters(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15% of complaints at Stage 1 had been upheld, or five of 33. The proportion in 2013/14 was 28%.", "complaints percent_of 28 in 2013/14 outcome=upheld stage=1"),
        ("In all 15% of complaints were upheld. In 2013/14 it had been 28%.", "complaints percent_of 28 in 2013/14 outcome=upheld"),
        ("Thirty-seven of the 100 complaints were to do with missed appointments (30%).", "complaints percent_of 30 category=missed appointments"),
        ("The Ombudsman had contacted the Council about 5 cases.", "ombudsman_cases 5"),
        ("From 122 the year before, complaints at Stage 1 had grown to 124;", "complaints 124 stage=1"),
        ("There were 155 complaints at Stage 1 and 10 at Stage 2. In 2013/14 they had been 140 and 12 in the same order.", "complaints 12 in 2013/14 stage=2"),
    ],
)  # fmt: skip
def test_the_last_number_of_a_text(text: str, expected: str):
    assert stated(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("15% of complaints were upheld. In 2013/14 it had been 28% of parents who wrote in.", "28"),
        ("15% of complaints were upheld. The proportion of schools inspected in 2013/14 was 28%.", "28"),
        ("There were 33 complaints. From 22 councillors in 2013/14 to 20 now, the Council is smaller.", "22"),
    ],
)
def test_what_only_looks_like_the_same_of_another_year(text: str, unread: str):
    assert not [line for line in stated(text) if f" {unread} in 2013/14" in line and "outcome" in line]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Crewe had had 28 complaints, Macclesfield 21, Congleton 13 and the Cared for Children Service 12.",
            [
                "complaints 28 team=Crewe", "complaints 21 team=Macclesfield", "complaints 13 team=Congleton",
                "complaints 12 team=Cared for Children Service",
            ],
        ),
        (
            "The complaints came from every part of the county: Allerdale 23; Barrow 27; Carlisle 29.",
            ["complaints 23 team=allerdale", "complaints 27 team=barrow", "complaints 29 team=carlisle"],
        ),
        (
            "The complaints were about: attitude of worker 23; contact 27; poor reports 29.",
            ["complaints 23 category=attitude of worker", "complaints 27 category=contact", "complaints 29 category=poor reports"],
        ),
    ],
)  # fmt: skip
def test_a_list_of_which_something_tells_that_it_is_of_teams(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Eight complaints were made by children in care.", ["complaints 8 cohort=looked_after complainant=child"]),
        ("12 complaints came from care leavers.", ["complaints 12 cohort=care_leaver complainant=child"]),
        (
            "Eight complaints were about looked after children.",
            ["complaints 8 category=looked after children cohort=looked_after"],
        ),
        ("27 complaints were made by or on behalf of children in care.", ["complaints 27 cohort=looked_after"]),
        ("There were 300 children in care.", []),
    ],
)
def test_who_makes_a_complaint_and_whom_it_is_about(text: str, figures: list[str]) -> None:
    assert stated(text) == figures
