"""What a sentence must be read for so that a misprint in it is seen; and sentences that look alike and say something else."""

import pytest

from tests.extractors.figures.stating import stated
from tests.extractors.figures.test_relate import related


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The team with the most Stage 1 complaints was the Transitions Team, with 17 (13.4%).",
            ["complaints 17 stage=1 team=Transitions Team", "complaints percent_of 13.4 stage=1 team=Transitions Team"],
        ),
        (
            "Of the 124 complaints, nine were for the Children in Care 0-11 team (5%).",
            [
                "complaints 124",
                "complaints 9 team=Children in Care 0-11",
                "complaints percent_of 5 team=Children in Care 0-11",
            ],
        ),
        (
            "The largest number of Stage 1 complaints, 447 (32%), concerned behaviour of a worker.",
            [
                "complaints 447 category=behaviour of a worker stage=1",
                "complaints percent_of 32 category=behaviour of a worker stage=1",
            ],
        ),
    ],
)
def test_what_a_share_is_of_a_team_or_a_theme(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The team with the most experience was the Transitions Team, and 17 complaints were received.",
        "The team with the largest number of staff was the Fostering Team, and 17 complaints were received.",
        "The team with the most complaints was praised, and 17 complaints were upheld.",
    ],
)
def test_a_team_that_leads_in_something_else_is_not_what_is_counted(text: str) -> None:
    assert not any("team=" in line for line in stated(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("With $% received, complaints were down by 13 on 2013 to 2014.", "complaints ?45"),
        ('Set against the "! Stage 1 complaints, two went to Stage 2 (10%).', "complaints ?21 stage=1"),
        (
            "At Stage 1 the mean was 13.0 working days and the median !!.).",
            "response_time median ?11.0 working days stage=1",
        ),
    ],
)
def test_numbers_typed_with_the_shift_key_held_down(text: str, expected: str) -> None:
    assert expected in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "What a year! Stage 1 complaints were fewer.",
        "A parent said “at last”! Complaints were answered.",
        "Replies were late **, which was noted.",
    ],
)
def test_signs_that_stand_for_themselves(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ten complaints were about the Contact Service, which is 13% of the 97.", ["share: 10 97 13"]),
        ("Eighteen complaints had been upheld, 20% of the 124.", ["share: 18 124 20"]),
        ("Four complaints reached Stage 2, or 16% of the number of Stage 1 complaints (48).", ["share: 4 48 16"]),
        (
            "Members noted that for the 116 Stage 1 complaints there were 14 at Stage 2, a rate of escalation of 10%.",
            ["share: 14 116 10"],
        ),
        ("113 complaints at Stage 1 out of 243 were upheld (74%).", ["share: 113 243 74"]),
    ],
)
def test_shares_of_a_whole_that_the_same_sentence_names(text: str, expected: list[str]) -> None:
    assert related(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Eighteen complaints had been upheld, 20% of the 124 came from parents.",
        "Ten complaints were about the Contact Service, which is in the north; 13% of the 97 were upheld.",
        "Four complaints reached Stage 2, and the number of Stage 1 complaints (48) fell.",
    ],
)
def test_shares_of_something_else(text: str) -> None:
    assert related(text) == []


def test_a_whole_before_a_colon_is_that_of_the_list_even_if_it_lost_a_digit() -> None:
    cases = "4 had been premature (22%), 5 closed after initial enquiries (28%) and 9 investigated (50%)"
    found = related(f"The Ombudsman was asked about 18 cases. 1 cases had been decided: {cases}.")
    assert "share: 4 1 22" in found


@pytest.mark.parametrize("middle", ["In all, 18 cases were heard, and 4", "18 cases were heard; 4"])
def test_without_a_colon_the_whole_is_the_one_that_fits(middle: str) -> None:
    cases = "had been premature (22%), 5 closed after initial enquiries (28%) and 9 investigated (50%)"
    found = related(f"The Ombudsman decided 2 cases on site. {middle} {cases}.")
    assert not any(line.startswith("share: 4 2") for line in found)


def test_outcomes_told_in_turn_are_all_of_the_whole() -> None:
    told = "upheld, partially upheld, not upheld, resolved, inconclusive and withdrawn"
    found = related(
        f"Of the 63 Stage 1 complaints, the numbers {told} had been four, 16, 18, four, two and one respectively."
    )
    assert found == ["sum: 63 4 16 18 4 2 1"]


def test_outcomes_without_those_withdrawn_need_not_be_all() -> None:
    assert related("25 complaints were closed: 5 upheld, 10 partly upheld, 6 not upheld and 3 resolved.") == [
        "sum: 25 5 10 6 3 ?"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Committee heard that compared with 61 in 2013/14, 65 enquiries from councillors had been received.",
        "The Committee heard that from 61 in 2013/14, enquiries from councillors had increased to 65.",
    ],
)
def test_what_a_number_is_compared_with_before_it_is_named(text: str) -> None:
    assert [line.split()[0] for line in stated(text)] == ["enquiries", "enquiries"]
