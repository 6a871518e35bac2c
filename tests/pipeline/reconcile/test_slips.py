"""Slips that the whole of a document shows, and what only looks like one."""

import pytest

from pipeline.reconcile.checks import check
from tests.pipeline.reconcile.build import figure, relation

STAGE_1, STAGE_2 = (("stage", "1"),), (("stage", "2"),)


def proved_45() -> list:
    return [figure("b", "45"), figure("p", "43", period="2012/13"), figure("d", "2", statistic="change")]


def test_a_digit_struck_twice_where_the_other_number_is_proved() -> None:
    found = check([figure("a", "455"), *proved_45()], [relation("change", "b", "p", "d")]).findings
    assert [f.kind for f in found] == ["conflicting_statement"]


def test_where_neither_is_proved_they_may_be_of_two_things() -> None:
    assert not check([figure("a", "455"), figure("b", "45")], []).findings


def test_a_number_of_one_digit_is_in_many_others_by_accident() -> None:
    assert not check([figure("a", "4"), *proved_45()], [relation("change", "b", "p", "d")]).findings


def test_a_number_with_other_digits_is_of_something_else() -> None:
    assert not check([figure("a", "478"), *proved_45()], [relation("change", "b", "p", "d")]).findings


def test_two_changes_from_two_numbers_are_of_two_things() -> None:
    figures = [
        figure("n", "438"), figure("p", "486", period="2012/13"), figure("d", "-48", statistic="change"),
        figure("n1", "397", dims=STAGE_1), figure("p1", "444", period="2012/13", dims=STAGE_1), figure("d1", "-47", statistic="change"),
    ]  # fmt: skip
    relations = [relation("change", "n", "p", "d"), relation("change", "n1", "p1", "d1")]
    assert not check(figures, relations).findings


def escalated(percent: str, words: str) -> list[str]:
    figures = [
        figure("w", "150", dims=STAGE_1), figure("a", "16", dims=STAGE_2, words="(16)", snippet=words),
        figure("s", percent, statistic="percent_of", unit="percent", dims=STAGE_2, words=f"{percent}%", snippet=words),
    ]  # fmt: skip
    return [f.kind for f in check(figures, []).findings]


def test_a_share_of_those_at_the_stage_before() -> None:
    assert escalated("6", "6% (16) of Stage 1 complaints progressed to Stage 2.") == ["share_mismatch"]
    assert escalated("11", "11% (16) of Stage 1 complaints progressed to Stage 2.") == []


def test_a_share_of_something_else_at_stage_2() -> None:
    assert escalated("6", "6% (16) of referrals led to Stage 2.") == []
    assert escalated("6", "6% (16) of Stage 2 complaints were late.") == []
    assert escalated("6", "6% of Stage 1 replies were late; (16) complaints went on to Stage 2.") == []


def test_a_number_with_two_digits_exchanged_conflicts_with_the_proved_one() -> None:
    found = check([figure("a", "54"), *proved_45()], [relation("change", "b", "p", "d")]).findings
    assert [f.kind for f in found] == ["conflicting_statement"]


@pytest.mark.parametrize("value", ["67", "95", "5"])
def test_a_number_that_no_exchange_of_digits_makes_need_not(value: str) -> None:
    assert not check([figure("a", value), *proved_45()], [relation("change", "b", "p", "d")]).findings


def test_the_number_of_the_year_before_in_a_sentence_explains_no_conflict() -> None:
    words = "There was a 12% decrease in compliments, from 92 last year to 81, eleven fewer."
    figures = [
        figure("table", "92", "count", measure="compliments"),
        figure("now", "81", "count", measure="compliments", snippet=words),
        figure("then", "92", "count", measure="compliments", period="2013/14", snippet=words),
    ]
    assert [f.kind for f in check(figures, []).findings] == ["conflicting_statement"]
    assert not check(figures[:2], []).findings


def enquiries(total: str, words: str = "") -> list[str]:
    about = {"measure": "enquiries", **({"snippet": words} if words else {})}
    parts = [figure(kind, value, dims=(("source", kind),), **about) for kind, value in (("member", "8"), ("mp", "4"))]
    return [f.message for f in check([figure("t", total, **about), *parts], []).findings]


def test_enquiries_of_all_are_no_fewer_than_those_of_some() -> None:
    words = "There had been 2 enquiries in the year. 8 councillor enquiries were dealt with and 4 MP enquiries"
    assert enquiries("2", words)
    assert not enquiries("2")
    assert not enquiries("12", words)
    assert not enquiries("9", words)
