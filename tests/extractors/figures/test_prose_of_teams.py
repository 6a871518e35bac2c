"""Lists and rankings of the complaints about one team: each of their numbers is of that team."""

import pytest

from extractors.figures.drafts import Context, Topic
from extractors.figures.prose import read_prose
from schemas.periods import Period


def read(text: str) -> list[tuple[str, dict[str, str]]]:
    context = Context(period=Period.parse("2010/11"), topic=Topic(measure="complaints"), default="complaints")
    return [(str(d.value), d.dims) for d in read_prose(text, context).drafts]


@pytest.mark.parametrize(
    ("text", "team", "themes"),
    [
        (
            "The largest number of complaints relating to the Youth Offending Service, 21 (44%), concerned decision making, next came delay in providing a service (17%, 8).",
            "Youth Offending Service",
            ["decision making", "decision making", "delay in providing a service", "delay in providing a service"],
        ),
        (
            "The most frequent theme was delay, with 13 complaints about the Contact Service, followed by unfair treatment (12) and policy (7).",
            "Contact Service",
            ["delay", "unfair treatment", "policy"],
        ),
    ],
)
def test_what_is_ranked_behind_a_team_s_complaints_is_of_that_team(text: str, team: str, themes: list[str]) -> None:
    assert [dims for _, dims in read(text)] == [{"team": team, "category": theme} for theme in themes]


@pytest.mark.parametrize(
    "text",
    [
        "There were 12 complaints about the Contact Service; the main theme was delay with 30, followed by policy (7).",
        "The main theme was delay with 30, followed by 12 complaints about the Contact Service.",
        "There were 12 complaints about the Contact Service while delay was the main theme, with 30, followed by policy (7).",
    ],
)
def test_what_another_clause_ranks_is_not_of_the_team(text: str) -> None:
    assert all("team" not in dims for value, dims in read(text) if value in ("30", "7"))


def test_a_team_s_complaints_that_are_broken_down_are_of_that_team() -> None:
    text = (
        "The 21 complaints about the Adoption Service can be divided as follows: upheld 4 (19%); not upheld 17 (81%)."
    )
    assert read(text) == [
        ("21", {"team": "Adoption Service"}),
        *((value, {"team": "Adoption Service", "outcome": "upheld"}) for value in ("4", "19")),
        *((value, {"team": "Adoption Service", "outcome": "not_upheld"}) for value in ("17", "81")),
    ]


@pytest.mark.parametrize("verb", ["break down", "broke down", "may be divided", "can be broken down"])
def test_what_a_list_divides_is_no_part_of_a_team_s_name(verb: str) -> None:
    assert read(f"The eleven complaints about the Contact Service {verb} as follows:") == [
        ("11", {"team": "Contact Service"})
    ]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The proportion of stage 1 complaints that related to delay was 17% (61 of 356).", "delay"),
        ("There were 19 complaints at Stage 1 about errors in a report.", "errors in a report"),
        ("There were 19 complaints at Stage 1 about delay in a year when staff left.", "delay"),
        ("There were 19 complaints at Stage 1 about staff in the spring.", "staff"),
        ("There were 19 complaints at Stage 1 about contact in small numbers.", "contact"),
    ],
)
def test_a_theme_ends_with_its_words(text: str, category: str) -> None:
    assert {dims.get("category") for value, dims in read(text) if value != "356"} == {category}


def test_what_is_said_of_one_team_s_number_is_not_said_of_the_next() -> None:
    found = read(
        "The Assessment Team had 96 of the complaints, Mid 101, South 88, West 79 and the countywide teams 48."
    )
    assert all("team" not in dims for value, dims in found if value != "96")


@pytest.mark.parametrize(
    ("opening", "team"),
    [
        ("The outcome for the seven complaints about the Disabled Children Service was:", "Disabled Children Service"),
        ("The outcome for the seven complaints about the Disabled Children Service was good.", None),
        ("Seven complaints about the Contact Service and four about the Adoption Service were upheld:", None),
        ("The outcome for the seven complaints was:", None),
    ],
)
def test_a_list_that_a_team_s_complaints_open_is_of_that_team(opening: str, team: str | None) -> None:
    context = Context(period=Period.parse("2010/11"), topic=Topic(measure="complaints"), default="complaints")
    assert read_prose(opening, context).topic.dims.get("team") == team
