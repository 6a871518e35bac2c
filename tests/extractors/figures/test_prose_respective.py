"""Numbers that are told in turn, and what they are told of."""

import pytest

from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Parents, children and young people and other relatives had accounted for 51, 13 and eight Stage 1 complaints respectively.",
            ["complaints 51 complainant=parent stage=1", "complaints 13 complainant=child stage=1",
             "complaints 8 complainant=relative stage=1"],
        ),
        (
            "The numbers of complaints that were upheld, partly upheld, not upheld and withdrawn had been 72, 108, 149 and 17 respectively.",
            ["complaints 72 outcome=upheld", "complaints 108 outcome=partly_upheld", "complaints 149 outcome=not_upheld",
             "complaints 17 event=withdrawn"],
        ),
        (
            "Delay, staff conduct and the Contact Team accounted for 24, 23 and 22 complaints at Stage 1 respectively.",
            ["complaints 24 category=Delay stage=1", "complaints 23 category=staff conduct stage=1",
             "complaints 22 category=Contact Team stage=1"],
        ),
    ],
)  # fmt: skip
def test_each_number_has_its_own_name_and_all_have_the_group_of_the_last(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # more names than numbers: which “and” parts two of them is not known
        (
            "Quality of service and support and delay and cost accounted for 24 and 23 complaints respectively.",
            ["complaints 23"],
        ),
        # no names
        ("In 2013/14 there had been 24 and 23 complaints respectively.", ["complaints 23 in 2013/14"]),
        # nothing is told in turn
        (
            "Parents accounted for 51 complaints, and 13 Stage 1 complaints were late.",
            ["complaints 51 complainant=parent", "complaints 13 event=late stage=1"],
        ),
    ],
)  # fmt: skip
def test_no_names_are_given_to_others(text: str, figures: list[str]) -> None:
    assert stated(text) == figures
