"""Names of teams: what is one, which words within it mean nothing else, and which titles are about a team."""

import pytest

from extractors.language.teams import named_team
from extractors.language.terms import find_terms


@pytest.mark.parametrize(
    ("title", "team"),
    [
        ("Emergency Duty Team", "Emergency Duty Team"),
        ("4.2 The Children in Care 0-11 Team", "Children in Care 0-11 Team"),
        ("Stage 1 complaints concerning the Contact Team by source (2017-18)", "Contact Team"),
        ("Complaints about the Fostering and Kinship Care Service", "Fostering and Kinship Care Service"),
    ],
)
def test_a_title_that_is_about_a_team(title: str, team: str) -> None:
    assert named_team(title) == team


@pytest.mark.parametrize(
    "title",
    [
        "Complaints by team",
        "The Complaints Team",  # who handles complaints
        "Contact the Customer Relations Team",
        "Complaints about the Adoption Team and about the Fostering Team",  # of several
        "Adoption Service",  # a section on what the service does
        "the team with the most complaints",
    ],
)
def test_a_title_that_is_about_none(title: str) -> None:
    assert named_team(title) == ""


def codes(text: str) -> list[str]:
    return [t.code for t in find_terms(text) if t.name == "cohort" or t.code in ("assessments", "representations")]


@pytest.mark.parametrize(
    "text", ["about the Leaving Care Team", "the Contact and Assessment Service", "Child Protection Unit"]
)
def test_the_words_of_a_name_mean_nothing_else(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from children in care about the Fostering Team", ["looked_after"]),
        ("made by care leavers to the team", ["care_leaver"]),
        ("Looked After Children Team 1 2", ["looked_after"]),  # a number that is a part of the name, or counted by it
    ],
)
def test_outside_a_name_they_do(text: str, found: list[str]) -> None:
    assert codes(text) == found
