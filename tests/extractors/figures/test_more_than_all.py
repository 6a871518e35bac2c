"""Numbers of the next sentence that are more than the whole they are parts of, and shares of the one number that their group has."""

import pytest

from tests.extractors.figures.test_relate import related


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "72 enquiries came from elected representatives. 39 enquiries from councillors were answered and 92 enquiries from MPs.",
            "sum: 72 39 92",
        ),
        ("The number of complaints was 213. Stage 1: 225; stage 2: 23; stage 3: 6.", "sum: 213 225 23 6"),
        (
            "23 complaints were made to the Ombudsman. The numbers of complaints to the Ombudsman that were premature, "
            "closed after initial enquiries and investigated were 7, 14 and 8 respectively.",
            "sum: 23 7 14 8",
        ),
    ],
)
def test_parts_that_are_more_than_all(text: str, expected: str) -> None:
    assert expected in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "72 enquiries came from elected representatives. 39 enquiries from councillors were answered and 29 enquiries from MPs.",
        "The number of complaints was 231. Stage 1: 225; stage 2: 23; stage 3: 6.",  # those that went on are counted once in it
        "There were 20 complaints about delay. Eighteen came from parents and seven from children.",
        "There were 60 complaints. 40 of them were closed and 30 compliments were received.",
    ],
)
def test_parts_that_are_not(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum") and not r.endswith("?")] == []


def test_a_share_that_is_about_right_is_of_the_one_number_of_its_group() -> None:
    text = "There were 60 complaints at Stage 1. Delay was the most common theme, with 18 complaints at Stage 1 (32%)."
    assert "share: 18 60 32" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were 60 complaints at Stage 1. Delay was the most common theme, with 18 complaints at Stage 1 (75%).",  # far off
        "There were 60 complaints at Stage 1, 56 of them closed. 18 complaints at Stage 1 were upheld (32%).",
        "There were 60 complaints at Stage 1. Of these, some were about money. 18 of these were about delay (32%).",
    ],
)
def test_other_shares_are_of_something_else(text: str) -> None:
    assert [r for r in related(text) if r.startswith("share: 18 60")] == []


def test_a_list_that_is_cut_short_is_not_complete_where_all_its_shares_are_right() -> None:
    found = related(
        "The 22 complaints divide as follows:",
        "• five were upheld (22.7%)",
        "• six were upheld in part (27.3%)",
        "• five were not upheld (22.7%)",
    )
    assert "sum: 22 5 6 5 ?" in found
