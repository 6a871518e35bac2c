"""When two names are one, when they may be, and when they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reconcile.across.names import joined_names, plain_name, service_code, similar_names

ONE = [
    ("Fostering and Adoption", "Fostering & Adoption"),
    ("Fostering&Adoption", "fostering and adoption team"),
    ("Assessment Team", "Assessment"),
    ("Leaving Care Service", "leaving care"),
    ("LAC Team", "Looked After Children"),
    ("Children in Care", "CIC"),
    ("Referral & Assessment", "R&A Team"),
    ("Staff attitude", "attitude of staff"),
    ("Communication delay", "Delays, communication"),
    ("Children's Disability Team", "Childrens Disability"),
    ("Enquiries", "enquiry"),
]
TWO = [
    ("Team North", "Team South"),
    ("Fostering", "Adoption"),
    ("Attitude of staff to parents", "Attitude of parents to staff"),
    ("Assessment 1", "Assessment 2"),
    ("Children in Care", "Children in Need"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_spelt_otherwise_a_name_is_the_same(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_other_names_are_others(one: str, other: str) -> None:
    assert plain_name(one) != plain_name(other)


@given(st.permutations(["looked", "after", "fostering", "assessment"]), st.sampled_from(["", " Team", " services"]))
def test_neither_order_nor_case_nor_a_closing_team_matters(words: list[str], tail: str) -> None:
    assert plain_name(" ".join(words).upper() + tail) == "after assessment fostering looked"


def test_similar_names_are_told_but_for_numbers_and_points_of_the_compass() -> None:
    names = ["disabled child", "disabled childrn", "north locality", "south locality", "team 1", "team 2", "adoption"]
    assert list(similar_names(names)) == [("disabled child", "disabled childrn")]


def test_a_name_made_of_two_others_may_be_both() -> None:
    assert list(joined_names(["adoption", "adoption fostering", "fostering", "leaving care"])) == [
        ("adoption fostering", "adoption", "fostering")
    ]


@pytest.mark.parametrize(
    ("service", "code"),
    [
        ("Adult Social Care", "adults"),
        ("Children's and Adults' Services", ""),
        ("CHILDREN'S SERVICES", ""),
        ("Families and Adults", ""),
        ("", ""),
    ],
)
def test_only_a_paper_about_adults_alone_is_about_others(service: str, code: str) -> None:
    assert service_code(service) == code
