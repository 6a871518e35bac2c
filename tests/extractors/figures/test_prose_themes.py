"""The theme or team that a number is about, told before it, behind it or in quotes."""

import pytest

from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The largest number of Stage 1 complaints, 98 (40%), had concerned service quality.",
            [
                "complaints 98 category=service quality stage=1",
                "complaints percent_of 40 category=service quality stage=1",
            ],
        ),
        (
            "The largest number of complaints at Stage 1, 2 (26%), had concerned staff conduct.",
            ["complaints 2 category=staff conduct stage=1", "complaints percent_of 26 category=staff conduct stage=1"],
        ),
        (
            "More Stage 1 complaints were about delay than about anything else: 28 of the 66.",
            ["complaints 28 category=delay stage=1", "complaints 66 stage=1"],
        ),
        (
            "Stage 1 complaints concerning delay in reply accounted for 23% of all Stage 1 complaints (18).",
            [
                "complaints percent_of 23 category=delay in reply stage=1",
                "complaints 18 category=delay in reply stage=1",
            ],
        ),
        (
            "The largest number of complaints, seven, was for the Contact Team, followed by the Court Team with six.",
            ["complaints 7 team=Contact Team", "complaints 6 team=Court Team"],
        ),
        (
            "There were three complaints about service quality concerning the Reviewing Team (20%).",
            [
                "complaints 3 category=service quality team=Reviewing Team",
                "complaints percent_of 20 category=service quality team=Reviewing Team",
            ],
        ),
        (
            "The largest number of complaints concerning the Duty Service, 3 (33%), concerned delay.",
            [
                "complaints 3 category=delay team=Duty Service",
                "complaints percent_of 33 category=delay team=Duty Service",
            ],
        ),
        (
            "Six complaints relating to the Duty Service (29%) were partly upheld.",
            [
                "complaints 6 outcome=partly_upheld team=Duty Service",
                "complaints percent_of 29 outcome=partly_upheld team=Duty Service",
            ],
        ),
        (
            "31% of complaints had concerned the Multi-Agency Safeguarding Hub Team, or 19 of 62.",
            [
                "complaints percent_of 31 team=Multi-Agency Safeguarding Hub Team",
                "complaints 19 team=Multi-Agency Safeguarding Hub Team",
                "complaints 62",
            ],
        ),
        (
            "Complaints were about the Access Team (47%, 26) and the Connected Carers Team (25%, 14).",
            [
                "complaints percent_of 47 team=Access Team",
                "complaints 26 team=Access Team",
                "complaints percent_of 25 team=Connected Carers Team",
                "complaints 14 team=Connected Carers Team",
            ],
        ),
        (
            "Poor communication, quality of service and delays had had 99, 55 and 49 complaints respectively.",
            [
                "complaints 99 category=Poor communication",
                "complaints 55 category=quality of service",
                "complaints 49 category=delays",
            ],
        ),
    ],
)
def test_what_a_number_is_about(text: str, figures: list[str]):
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("There were 98 Stage 1 complaints, and staff had concerns.", ["complaints 98 stage=1"]),
        ("More complaints were received than in any other year: 66.", ["complaints 66"]),
        ("Complaints accounted for 23% of all contacts.", ["complaints percent_of 23"]),
        ("The Contact Team had seven complaints at Stage 1, 2 and 3.", ["complaints 7 stage=1 team=Contact Team"]),
        ("Twelve complaints came from carers.", ["complaints 12 complainant=carer"]),
    ],
)
def test_words_that_name_no_theme(text: str, figures: list[str]):
    assert [figure for figure in stated(text) if "category" in figure] == []
    assert set(figures) <= set(stated(text)) or not figures


def test_a_name_in_quotes_is_not_who_complained():
    found = stated("Of 41 complaints ten were recorded as “Letter”, three as “Through an advocate” and two as “Form”.")
    assert not any("complainant" in figure for figure in found)
    assert stated("Three complaints came from advocates.") == ["complaints 3 complainant=advocate"]


@pytest.mark.parametrize(
    "text",
    [
        "4,284 children had been offered a place at a primary school.",
        "Those who had 99, and those who had 12, were asked.",
    ],
)
def test_people_who_were_offered_something_complain_of_nothing(text: str):
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("From 73 in the preceding year, complaints dropped to 66.", ["complaints 73 in 2013/14", "complaints 66"]),
        (
            "13% of complaints were upheld (4 of 31). The proportion in 2013/14 was 15% (4).",
            [
                "complaints percent_of 13 outcome=upheld",
                "complaints 4 outcome=upheld",
                "complaints 31",
                "complaints percent_of 15 in 2013/14 outcome=upheld",
                "complaints 4 in 2013/14 outcome=upheld",
            ],
        ),
        (
            "64 complaints were upheld, 23.9% of the 268 received.",
            ["complaints 64 outcome=upheld", "complaints percent_of 23.9 outcome=upheld", "complaints 268"],
        ),
        ("In one case the timescale was not met.", ["complaints 1 event=late"]),
        (
            "There were 48 subject access requests. The Council answered 43 of the 48 requests.",
            ["subject_access_requests 48", "subject_access_requests 43 event=completed", "subject_access_requests 48"],
        ),
    ],
)
def test_what_the_words_around_lead_to(text: str, figures: list[str]):
    assert stated(text) == figures
