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


def stages(text: str) -> list[tuple[str, str | None]]:
    return [(value, dims.get("stage")) for value, dims in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "207 complaints had been made at Stage 1, 22 had been considered at Stage 2 and 1 had reached Stage 3.",
            [("207", "1"), ("22", "2"), ("1", "3")],
        ),
        ("Stages 1, 2 and 3 had 103, 14 and two complaints respectively.", [("103", "1"), ("14", "2"), ("2", "3")]),
        ("Complaints at Stages 2 and 3 had increased from 4 to 7.", [("4", "2"), ("7", "2")]),
    ],
)
def test_a_number_behind_a_stage_is_another_stage_only_where_nothing_is_said_of_it(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert stages(text) == expected


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Officers reported that quality of service had been what people most often complained about, with 9 complaints.", "quality of service"),
        ("Delay had been what people most often complained about, with 9 complaints.", "delay"),
        ("It was said that poor communication had been what people most often complained about, with 9 complaints.", "poor communication"),
    ],
)  # fmt: skip
def test_what_minutes_report_is_no_part_of_a_theme(text: str, theme: str) -> None:
    assert read(text) == [("9", {"category": theme})]


def test_what_a_clause_says_again_and_what_it_compares_with_have_its_breakdown() -> None:
    told = "Complaints from other relatives, of which there were 7, made up 12% of the total. This compares with 9% in 2009/10."
    assert read(told) == [(value, {"complainant": "relative"}) for value in ("7", "12", "9")]
    apart = "Complaints from other relatives, of which there were 7, came late. 12% of the total was upheld."
    assert ("12", {"complainant": "relative"}) not in read(apart)


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("25 complaints about the Contact Service were logged, of which four were upheld and nine not upheld.", "Contact Service"),
        ("25 complaints about the Contact Service were logged. Four complaints were upheld and nine not upheld.", None),
        ("25 complaints about the Contact Service were logged, and in all four were upheld and nine not upheld.", None),
    ],
)  # fmt: skip
def test_those_of_which_are_of_the_same_team(text: str, team: str | None) -> None:
    assert {dims.get("team") for value, dims in read(text) if value in ("4", "9")} == {team}


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("By team, the Leaving Care and Residential Care team had the most complaints, at 92.", "Leaving Care and Residential Care"),
        ("The team with the most complaints had been the Transitions team, with 33.", "Transitions"),
        ("The Contact Service had had the highest number of complaints (33).", "Contact Service"),
        ("Parents had the most complaints, at 33.", None),
        ("Stage 1 had the most complaints, at 33.", None),
        ("The year 2010/11 had the most complaints, at 33.", None),
    ],
)  # fmt: skip
def test_the_team_that_had_the_most(text: str, team: str | None) -> None:
    assert read(text)[0][1].get("team") == team
