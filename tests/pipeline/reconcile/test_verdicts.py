"""The verdict on each kind of relation."""

from fractions import Fraction

import pytest

from pipeline.reconcile.power import grim_power
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure, Statistic
from schemas.relations import RelationKind, Verdict
from tests.pipeline.reconcile.build import figure, relation

RESULT: dict[str, Statistic] = {"share": "percent_of", "percent_change": "percent_change", "change": "change"}


def verdict(kind: RelationKind, *printed: str | None) -> Verdict:
    """The verdict on a relation of three figures, the last of which follows from the others."""
    figures = [figure(f"f{i}", p) for i, p in enumerate(printed[:2])]
    figures.append(figure("f2", printed[2], RESULT[kind]))
    return judge(relation(kind, "f0", "f1", "f2"), {f.figure_id: f for f in figures})


def total(*printed: str, complete: bool = True, statistic: Statistic = "count") -> Verdict:
    figures = [figure(f"f{i}", p, statistic) for i, p in enumerate(printed)]
    return judge(relation("sum", *(f.figure_id for f in figures), complete=complete), {f.figure_id: f for f in figures})


@pytest.mark.parametrize(
    ("kind", "printed", "outcome", "expected"),
    [
        ("percent_change", ("117", "102", "15"), "holds", ""),
        ("percent_change", ("117", "102", "14.7"), "holds", ""),
        ("percent_change", ("117", "102", "7"), "fails", "14.7"),
        ("percent_change", ("4135", "4637", "-11"), "holds", ""),
        ("percent_change", ("4135", "4637", "-10"), "holds_truncated", "-10.8"),
        ("percent_change", ("75", "77", "-2.6"), "holds", ""),
        ("percent_change", ("187", "215", "-13.2"), "fails", "-13.0"),
        ("percent_change", ("26", "27", "3"), "fails", "-3.7"),
        ("percent_change", ("5", "0", "100"), "not_checkable", ""),
        ("percent_change", (None, "70", "6"), "not_checkable", ""),
        ("share", ("10", "74", "14"), "holds", ""),
        ("share", ("17", "75", "13.0"), "fails", "22.7"),
        ("share", ("58", "75", "87.0"), "fails", "77.3"),
        ("share", ("315", "599", "59"), "fails", "52.6"),
        ("share", ("38", "455", "8.3"), "holds_truncated", "8.4"),
        ("share", ("1", "8", "12"), "holds", ""),
        ("share", ("1", "8", "13"), "holds", ""),
        ("share", ("0", "0", "0"), "not_checkable", ""),
        ("change", ("75", "77", "-2"), "holds", ""),
        ("change", ("148", "117", "29"), "fails", "31"),
    ],
)
def test_equations(kind: RelationKind, printed: tuple[str, ...], outcome: str, expected: str) -> None:
    found = verdict(kind, *printed)
    assert (found.outcome, found.expected) == (outcome, expected)


@pytest.mark.parametrize(
    ("kind", "printed", "alternative"),
    [
        ("percent_change", ("211", "189", "10"), "base_swapped"),
        ("percent_change", ("27", "26", "-4"), "sign"),
        ("change", ("27", "26", "-1"), "sign"),
        ("share", ("20", "100", "25"), "of_the_rest"),
    ],
)
def test_alternatives_are_named(kind: RelationKind, printed: tuple[str, ...], alternative: str) -> None:
    found = verdict(kind, *printed)
    assert (found.outcome, found.alternative) == ("holds_alternative", alternative)


def test_a_change_of_shares_may_be_in_percentage_points() -> None:
    of = [figure("a", "50", "percent_of"), figure("b", "40", "percent_of"), figure("c", "10", "percent_change")]
    found = judge(relation("percent_change", "a", "b", "c"), {f.figure_id: f for f in of})
    assert found.alternative == "percentage_points"


def test_a_difference_of_rounded_shares_is_rounded_too() -> None:
    of = [
        figure("a", "50", "percent_of"),
        figure("b", "40", "percent_of"),
        figure("c", "11", "change", unit="percentage_points"),
    ]
    assert judge(relation("change", "a", "b", "c"), {f.figure_id: f for f in of}).outcome == "holds"


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [(("75", "17", "58"), "holds"), (("17", "7", "4", "5"), "fails"), (("211", "183", "21", "5"), "fails")],
)
def test_sums(printed: tuple[str, ...], outcome: str) -> None:
    assert total(*printed).outcome == outcome


def test_rounded_shares_need_not_make_the_whole_exactly() -> None:
    assert total("100", "33", "33", "33", statistic="percent_of").outcome == "holds"
    assert total("100", "33", "33", "30", statistic="percent_of").outcome == "fails"


def test_shares_without_a_whole_make_a_hundred() -> None:
    of = {n: figure(n, p, "percent_of") for n, p in (("a", "89"), ("b", "11"), ("c", "13"))}
    assert judge(relation("sum", "a", "b", roles=("part", "part")), of).outcome == "holds"
    assert judge(relation("sum", "a", "c", roles=("part", "part")), of).outcome == "fails"


def test_parts_that_overlap_are_each_at_most_the_whole() -> None:
    assert total("20", "15", "12", complete=False).outcome == "holds"
    assert total("20", "15", "21", complete=False).outcome == "fails"


@pytest.mark.parametrize(
    ("percent", "whole", "outcome", "expected"),
    [
        ("13.2", "23", "fails", "13.0"),
        ("70.0", "27", "fails", "70.4"),
        ("35", "25", "fails", "36.0"),
        ("13.0", "77", "holds", "13.0"),
        ("36", "25", "holds", "36.0"),
        ("13.2", "0", "not_checkable", ""),
    ],
)
def test_a_share_without_its_part_must_be_possible(percent: str, whole: str, outcome: str, expected: str) -> None:
    of = {"p": figure("p", percent, "percent_of"), "w": figure("w", whole)}
    found = judge(relation("share", "w", "p", roles=("whole", "percent")), of)
    assert (found.outcome, found.expected) == (outcome, expected)


def test_a_hedged_whole_is_no_number_of_cases() -> None:
    of = {"p": figure("p", "13.2", "percent_of"), "w": figure("w", "23", qualifier="about")}
    assert judge(relation("share", "w", "p", roles=("whole", "percent")), of).outcome == "not_checkable"


def test_the_same_stated_twice() -> None:
    of = {
        "a": figure("a", "77"),
        "b": figure("b", "79"),
        "c": figure("c", "77"),
        "d": figure("d", "80", qualifier="about"),
    }
    assert judge(relation("equal", "a", "b"), of).outcome == "fails"
    assert judge(relation("equal", "a", "c"), of).outcome == "holds"
    assert judge(relation("equal", "a", "d", "c"), of).outcome == "holds"


@pytest.mark.parametrize(
    ("of", "outcome"),
    [
        (figure("a", "101", "percent_of"), "fails"),
        (figure("a", "100", "percent_of"), "holds"),
        (figure("a", "-3"), "fails"),
        (figure("a", "-3", "change"), "holds"),
        (figure("a", "-101", "percent_change"), "fails"),
        (figure("a", "509", "percent_change"), "holds"),
    ],
)
def test_bounds(of: Figure, outcome: str) -> None:
    assert judge(relation("bound", "a"), {"a": of}).outcome == outcome


def test_what_cannot_be_checked_says_why() -> None:
    of = {"a": figure("a", "1"), "b": figure("b", "2")}
    assert judge(relation("change", "a", "b", "gone"), of).reason == "one of its figures is not known"
    assert "no check" in judge(relation("ratio", "a", "b", roles=("current", "prior")), of).reason
    assert "against itself" in judge(relation("equal", "a", "a"), of).reason


def test_power_of_the_grim_test() -> None:
    assert grim_power(77, 1) == 1 - Fraction(77, 1000)
    assert grim_power(25, 0) == Fraction(3, 4)
    assert grim_power(500, 0) == 0


def test_what_would_hold_for_anything_has_no_power() -> None:
    assert min(verdict("share", "1", "2", "50").powers) < Fraction(4, 5)
    assert min(verdict("share", "0", "12", "0").powers) == 0
    assert min(verdict("percent_change", "117", "102", "15").powers) > Fraction(9, 10)
    assert min(total("0", "0", "0").powers) == 0


def test_power_against_counting() -> None:
    found = verdict("share", "10", "74", "14")
    parts = sum(verdict("share", str(n), "74", "14").outcome == "holds" for n in range(21))
    wholes = sum(verdict("share", "10", str(n), "14").outcome == "holds" for n in range(149))
    percents = sum(verdict("share", "10", "74", str(n)).outcome == "holds" for n in range(101))
    assert found.powers == (1 - Fraction(parts, 21), 1 - Fraction(wholes, 149), 1 - Fraction(percents, 101))
